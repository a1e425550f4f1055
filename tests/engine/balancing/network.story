# Network and Gateway Load Balancers.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html

== a Network Load Balancer with Elastic IPs, its attributes, and addresses as targets
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 AllocateAddress {"Domain":"vpc"}
save eip = AllocationId
save public = PublicIp
> elbv2 CreateLoadBalancer {"Name":"fast","Type":"network","SubnetMappings":[{"SubnetId":"$a","AllocationId":"eipalloc-00000000000000001"}]}
! AllocationIdNotFound
> elbv2 CreateLoadBalancer {"Name":"fast","Type":"network","Scheme":"internal","SubnetMappings":[{"SubnetId":"$a","AllocationId":"$eip"}]}
! ValidationError
> elbv2 CreateLoadBalancer {"Name":"fast","Type":"application","SubnetMappings":[{"SubnetId":"$a","AllocationId":"$eip"},{"SubnetId":"$b"}]}
! ValidationError
> elbv2 CreateLoadBalancer {"Name":"fast","Type":"network","SubnetMappings":[{"SubnetId":"$a","AllocationId":"$eip"}]}
save lb = LoadBalancers[0].LoadBalancerArn
save name = LoadBalancers[0].DNSName
= LoadBalancers[0].LoadBalancerArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/fast/*
= LoadBalancers[0].DNSName: fast-*.elb.us-east-1.amazonaws.com
= LoadBalancers[0].CanonicalHostedZoneId: Z26RNL4JYFTOTI
= LoadBalancers[0].AvailabilityZones[0].LoadBalancerAddresses[0].IpAddress: $public
= LoadBalancers[0].AvailabilityZones[0].LoadBalancerAddresses[0].AllocationId: $eip
= LoadBalancers[0].SecurityGroups: -
> elbv2 CreateLoadBalancer {"Name":"again","Type":"network","SubnetMappings":[{"SubnetId":"$a","AllocationId":"$eip"}]}
! ResourceInUse
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"description","Values":["ELB net/fast/*"]}]}
= NetworkInterfaces[0].InterfaceType: network_load_balancer
= NetworkInterfaces[0].Groups#: 0
save node = NetworkInterfaces[0].PrivateIpAddress
advance 180
? $name A internet
= answers[0].value: $public
? us-east-1a.$name A internet
= answers[0].value: $public
> elbv2 SetSecurityGroups {"LoadBalancerArn":"$lb","SecurityGroups":["sg-00000000000000001"]}
! InvalidSecurityGroup
> elbv2 DescribeLoadBalancerAttributes {"LoadBalancerArn":"$lb"}
= Attributes[0].Key: access_logs.s3.bucket
= Attributes[6].Key: load_balancing.cross_zone.enabled
= Attributes[6].Value: false
> elbv2 ModifyLoadBalancerAttributes {"LoadBalancerArn":"$lb","Attributes":[{"Key":"load_balancing.cross_zone.enabled","Value":"true"}]}
= Attributes[6].Value: true
> elbv2 ModifyLoadBalancerAttributes {"LoadBalancerArn":"$lb","Attributes":[{"Key":"access_logs.s3.enabled","Value":"true"}]}
! ValidationError
> elbv2 CreateTargetGroup {"Name":"addresses","Protocol":"TCP","Port":22,"VpcId":"$vpc","TargetType":"ip","HealthCheckIntervalSeconds":10}
save tg = TargetGroups[0].TargetGroupArn
= TargetGroups[0].HealthCheckProtocol: TCP
= TargetGroups[0].HealthCheckTimeoutSeconds: 10
= TargetGroups[0].HealthCheckPath: -
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"TCP","Port":2222,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"TCP","Port":2223,"DefaultActions":[{"Type":"fixed-response","FixedResponseConfig":{"StatusCode":"200"}}]}
! InvalidLoadBalancerAction
> ec2 CreateSecurityGroup {"GroupName":"nodes","Description":"nodes only"}
save group = GroupId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$a","SecurityGroupIds":["$group"]}
save shell = Instances[0].PrivateIpAddress
advance 120
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"8.8.8.8"}]}
! ValidationError
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"192.168.7.7"}]}
! ValidationError
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$shell"}]}
advance 20
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].Target.AvailabilityZone: us-east-1a
= TargetHealthDescriptions[0].TargetHealth.State: unhealthy
= TargetHealthDescriptions[0].TargetHealth.Reason: Target.Timeout
# The health check comes from the node, whoever the clients are.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"$node/32"}
advance 50
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: healthy
# The bill: a whole hour of the load balancer.
bill services: EC2 instances *Load balancers $0.02250
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$lb"}
> ec2 DescribeAddresses {"AllocationIds":["$eip"]}
= Addresses[0].AssociationId: -

== a group of UDP always keeps clients' addresses, and one of addresses of TCP does not unless it is told to
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> elbv2 CreateTargetGroup {"Name":"udp","Protocol":"UDP","Port":53,"VpcId":"$vpc","TargetType":"ip"}
save udp = TargetGroups[0].TargetGroupArn
> elbv2 ModifyTargetGroupAttributes {"TargetGroupArn":"$udp","Attributes":[{"Key":"preserve_client_ip.enabled","Value":"false"}]}
! InvalidConfigurationRequest
> elbv2 CreateTargetGroup {"Name":"tcp","Protocol":"TCP","Port":53,"VpcId":"$vpc","TargetType":"ip"}
save tcp = TargetGroups[0].TargetGroupArn
> elbv2 DescribeTargetGroupAttributes {"TargetGroupArn":"$tcp"}
= Attributes[3].Key: preserve_client_ip.enabled
= Attributes[3].Value: false
> elbv2 CreateTargetGroup {"Name":"instances","Protocol":"TCP","Port":53,"VpcId":"$vpc"}
save instances = TargetGroups[0].TargetGroupArn
> elbv2 DescribeTargetGroupAttributes {"TargetGroupArn":"$instances"}
= Attributes[3].Value: true

== a Gateway Load Balancer
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> elbv2 CreateLoadBalancer {"Name":"gate","Type":"gateway","Subnets":["$a"]}
save lb = LoadBalancers[0].LoadBalancerArn
= LoadBalancers[0].LoadBalancerArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/gwy/gate/*
= LoadBalancers[0].DNSName: -
= LoadBalancers[0].Scheme: -
> elbv2 CreateTargetGroup {"Name":"appliances","Protocol":"GENEVE","Port":80,"VpcId":"$vpc"}
! ValidationError
> elbv2 CreateTargetGroup {"Name":"appliances","Protocol":"GENEVE","Port":6081,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
= TargetGroups[0].HealthCheckProtocol: TCP
= TargetGroups[0].HealthCheckPort: 80
= TargetGroups[0].HealthCheckIntervalSeconds: 10
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"TCP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! ValidationError
> elbv2 CreateListener {"LoadBalancerArn":"$lb","DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
= Listeners[0].Port: -
> elbv2 CreateListener {"LoadBalancerArn":"$lb","DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! DuplicateListener
# An endpoint service of it keeps it.
> ec2 CreateVpcEndpointServiceConfiguration {"GatewayLoadBalancerArns":["$lb"],"AcceptanceRequired":false}
save service = ServiceConfiguration.ServiceId
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$lb"}
! ResourceInUse
> ec2 DeleteVpcEndpointServiceConfigurations {"ServiceIds":["$service"]}
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$lb"}

== an Application Load Balancer as the target of a Network Load Balancer
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a","us-east-1b"]}]}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
save vpc = Subnets[0].VpcId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"172.31.0.0/16"}
> elbv2 CreateLoadBalancer {"Name":"front","Subnets":["$a","$b"],"Scheme":"internal","SecurityGroups":["$group"]}
save alb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateTargetGroup {"Name":"albs","Protocol":"TCP","Port":80,"VpcId":"$vpc","TargetType":"alb"}
save tg = TargetGroups[0].TargetGroupArn
= TargetGroups[0].HealthCheckProtocol: HTTP
= TargetGroups[0].Matcher.HttpCode: 200-399
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$alb"}]}
! InvalidTarget: has no listener on port 80
> elbv2 CreateListener {"LoadBalancerArn":"$alb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"fixed-response","FixedResponseConfig":{"StatusCode":"200"}}]}
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$alb"}]}
> elbv2 CreateLoadBalancer {"Name":"fixed","Type":"network","Subnets":["$a"],"Scheme":"internal"}
save nlb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateListener {"LoadBalancerArn":"$nlb","Protocol":"TCP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
advance 400
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].Target.Id: $alb
= TargetHealthDescriptions[0].TargetHealth.State: healthy
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$alb"}
! ResourceInUse
