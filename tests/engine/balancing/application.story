# Application Load Balancers from their making to their end.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html

== made, active after a while, its interfaces and its name
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save group = GroupId
> elbv2 CreateLoadBalancer {"Name":"front","Subnets":["$a","$b"],"SecurityGroups":["$group"],"Tags":[{"Key":"stage","Value":"test"}]}
save lb = LoadBalancers[0].LoadBalancerArn
save name = LoadBalancers[0].DNSName
= LoadBalancers[0].LoadBalancerArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/front/*
= LoadBalancers[0].DNSName: front-*.us-east-1.elb.amazonaws.com
= LoadBalancers[0].CanonicalHostedZoneId: Z35SXDOTRQ7X7K
= LoadBalancers[0].Scheme: internet-facing
= LoadBalancers[0].Type: application
= LoadBalancers[0].VpcId: $vpc
= LoadBalancers[0].IpAddressType: ipv4
= LoadBalancers[0].State.Code: provisioning
= LoadBalancers[0].AvailabilityZones[0].ZoneName: us-east-1a
= LoadBalancers[0].AvailabilityZones[1].SubnetId: $b
= LoadBalancers[0].SecurityGroups: ["$group"]
advance 180
event provisioning → active
> elbv2 DescribeLoadBalancers {"Names":["front"]}
= LoadBalancers[0].State.Code: active
> elbv2 DescribeTags {"ResourceArns":["$lb"]}
= TagDescriptions[0].Tags[0].Value: test
# Requester-managed interfaces, one a subnet, that say whose they are.
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"requester-id","Values":["amazon-elb"]}]}
= NetworkInterfaces#: 2
= NetworkInterfaces[0].Description: ELB app/front/*
= NetworkInterfaces[0].RequesterManaged: true
= NetworkInterfaces[0].Status: in-use
= NetworkInterfaces[0].Groups[0].GroupId: $group
= NetworkInterfaces[0].Association.IpOwnerId: amazon-elb
save eni = NetworkInterfaces[0].NetworkInterfaceId
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
! InvalidParameterValue
? $name A internet
= rcode: NOERROR
= answers#: 2
= answers[0].ttl: 60
# It holds its subnets and its groups.
> ec2 DeleteSubnet {"SubnetId":"$a"}
! DependencyViolation
> ec2 DeleteSecurityGroup {"GroupId":"$group"}
! DependencyViolation
bill services: Public IPv4 addresses $0.00050; Load balancers $0.02250
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$lb"}
> elbv2 DescribeLoadBalancers {"LoadBalancerArns":["$lb"]}
! LoadBalancerNotFound
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$lb"}
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"requester-id","Values":["amazon-elb"]}]}
= NetworkInterfaces#: 0
> ec2 DeleteSecurityGroup {"GroupId":"$group"}

== a target becomes healthy by its checks, and unhealthy when a group refuses them
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 CreateSecurityGroup {"GroupName":"lb","Description":"lb"}
save front = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$front","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save back = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$back","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"UserIdGroupPairs":[{"GroupId":"$front"}]}]}
base64 script = #!/bin/bash\napt-get install -y nginx\n
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$a","SecurityGroupIds":["$back"],"UserData":"$script"}
save web = Instances[0].InstanceId
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
= TargetGroups[0].TargetGroupArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/webs/*
= TargetGroups[0].HealthCheckProtocol: HTTP
= TargetGroups[0].HealthCheckPort: traffic-port
= TargetGroups[0].HealthCheckPath: /
= TargetGroups[0].HealthCheckIntervalSeconds: 30
= TargetGroups[0].HealthCheckTimeoutSeconds: 5
= TargetGroups[0].HealthyThresholdCount: 5
= TargetGroups[0].UnhealthyThresholdCount: 2
= TargetGroups[0].Matcher.HttpCode: 200
= TargetGroups[0].TargetType: instance
= TargetGroups[0].ProtocolVersion: HTTP1
= TargetGroups[0].LoadBalancerArns#: 0
advance 120
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$web"}]}
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].Target.Id: $web
= TargetHealthDescriptions[0].Target.Port: 80
= TargetHealthDescriptions[0].HealthCheckPort: 80
= TargetHealthDescriptions[0].TargetHealth.State: unused
= TargetHealthDescriptions[0].TargetHealth.Reason: Target.NotInUse
> elbv2 CreateLoadBalancer {"Name":"front","Subnets":["$a","$b"],"SecurityGroups":["$front"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
save listener = Listeners[0].ListenerArn
= Listeners[0].ListenerArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/front/*
= Listeners[0].Port: 80
= Listeners[0].DefaultActions[0].Type: forward
= Listeners[0].DefaultActions[0].TargetGroupArn: $tg
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: initial
= TargetHealthDescriptions[0].TargetHealth.Reason: Elb.RegistrationInProgress
# "After your target is registered, it must pass one health check to be considered healthy."
advance 30
event :80 → healthy
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: healthy
= TargetHealthDescriptions[0].TargetHealth.Reason: -
> elbv2 DescribeTargetGroups {"LoadBalancerArn":"$lb"}
= TargetGroups[0].LoadBalancerArns: ["$lb"]
> elbv2 DeleteTargetGroup {"TargetGroupArn":"$tg"}
! ResourceInUse
# The group of the target no longer lets the nodes in: two checks fail, one interval after the other.
> ec2 RevokeSecurityGroupIngress {"GroupId":"$back","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"UserIdGroupPairs":[{"GroupId":"$front"}]}]}
advance 30
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: healthy
advance 30
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: unhealthy
= TargetHealthDescriptions[0].TargetHealth.Reason: Target.Timeout
= TargetHealthDescriptions[0].TargetHealth.Description: Request timed out
# Nothing listens: the target says no.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$back","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"172.31.0.0/16"}
> stratus StopListener {"InstanceId":"$web","Protocol":"tcp","Port":80}
advance 30
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: unhealthy
= TargetHealthDescriptions[0].TargetHealth.Reason: Target.FailedHealthChecks
# Five successes in a row make it healthy again.
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":80,"Program":"nginx"}
advance 120
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: unhealthy
advance 30
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: healthy
# A matcher that wants another code.
> elbv2 ModifyTargetGroup {"TargetGroupArn":"$tg","Matcher":{"HttpCode":"201-299"},"HealthCheckIntervalSeconds":10}
= TargetGroups[0].Matcher.HttpCode: 201-299
advance 30
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: unhealthy
= TargetHealthDescriptions[0].TargetHealth.Reason: Target.ResponseCodeMismatch
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: unused
= TargetHealthDescriptions[0].TargetHealth.Reason: Target.InvalidState
= TargetHealthDescriptions[0].TargetHealth.Description: Target is in the stopped state
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 60
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions#: 0
> elbv2 DeleteListener {"ListenerArn":"$listener"}
> elbv2 DeleteTargetGroup {"TargetGroupArn":"$tg"}
> elbv2 DescribeTargetGroups {"Names":["webs"]}
! TargetGroupNotFound

== a target that is deregistered drains for its delay
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a","us-east-1b"]}]}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
save vpc = Subnets[0].VpcId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$a"}
save web = Instances[0].InstanceId
advance 60
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 DescribeTargetGroupAttributes {"TargetGroupArn":"$tg"}
= Attributes[0].Key: deregistration_delay.timeout_seconds
= Attributes[0].Value: 300
> elbv2 ModifyTargetGroupAttributes {"TargetGroupArn":"$tg","Attributes":[{"Key":"deregistration_delay.timeout_seconds","Value":"60"}]}
> elbv2 ModifyTargetGroupAttributes {"TargetGroupArn":"$tg","Attributes":[{"Key":"deregistration_delay.timeout_seconds","Value":"4000"}]}
! ValidationError
> elbv2 ModifyTargetGroupAttributes {"TargetGroupArn":"$tg","Attributes":[{"Key":"preserve_client_ip.enabled","Value":"true"}]}
! ValidationError
> elbv2 CreateLoadBalancer {"Name":"front","Subnets":["$a","$b"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$web"},{"Id":"$web","Port":8080}]}
> elbv2 DeregisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$web","Port":8080}]}
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg","Targets":[{"Id":"$web","Port":8080}]}
= TargetHealthDescriptions[0].TargetHealth.State: draining
= TargetHealthDescriptions[0].TargetHealth.Reason: Target.DeregistrationInProgress
advance 59
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions#: 2
advance 1
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions#: 1
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg","Targets":[{"Id":"$web","Port":8080}]}
= TargetHealthDescriptions[0].TargetHealth.State: unused
= TargetHealthDescriptions[0].TargetHealth.Reason: Target.NotRegistered
> elbv2 DeregisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$web","Port":8080}]}
! InvalidTarget
