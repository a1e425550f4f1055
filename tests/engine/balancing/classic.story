# Classic Load Balancers: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/introduction.html

== made, checked, changed and deleted
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> elb CreateLoadBalancer {"LoadBalancerName":"old","Listeners":[{"Protocol":"HTTP","LoadBalancerPort":80,"InstancePort":80}]}
! ValidationError: Either AvailabilityZones or SubnetIds must be specified
> elb CreateLoadBalancer {"LoadBalancerName":"old","Listeners":[{"Protocol":"HTTP","LoadBalancerPort":80,"InstancePort":80}],"AvailabilityZones":["eu-west-1a"]}
! ValidationError
> elb CreateLoadBalancer {"LoadBalancerName":"old","Listeners":[{"Protocol":"HTTPS","LoadBalancerPort":443,"InstancePort":80}],"AvailabilityZones":["us-east-1a"]}
! CertificateNotFound
> elb CreateLoadBalancer {"LoadBalancerName":"old","Listeners":[{"Protocol":"HTTP","LoadBalancerPort":80,"InstanceProtocol":"TCP","InstancePort":80}],"AvailabilityZones":["us-east-1a"]}
! ValidationError
> elb CreateLoadBalancer {"LoadBalancerName":"old","Listeners":[{"Protocol":"HTTP","LoadBalancerPort":80,"InstancePort":80}],"AvailabilityZones":["us-east-1a"],"Tags":[{"Key":"stage","Value":"test"}]}
save name = DNSName
= DNSName: old-*.us-east-1.elb.amazonaws.com
> elb CreateLoadBalancer {"LoadBalancerName":"old","Listeners":[{"Protocol":"HTTP","LoadBalancerPort":80,"InstancePort":80}],"AvailabilityZones":["us-east-1a"]}
! DuplicateLoadBalancerName
> elb DescribeLoadBalancers {"LoadBalancerNames":["old"]}
= LoadBalancerDescriptions[0].Scheme: internet-facing
= LoadBalancerDescriptions[0].VPCId: $vpc
= LoadBalancerDescriptions[0].Subnets: ["$a"]
= LoadBalancerDescriptions[0].AvailabilityZones: ["us-east-1a"]
= LoadBalancerDescriptions[0].ListenerDescriptions[0].Listener.InstanceProtocol: HTTP
= LoadBalancerDescriptions[0].HealthCheck.Target: TCP:80
= LoadBalancerDescriptions[0].HealthCheck.HealthyThreshold: 10
= LoadBalancerDescriptions[0].CanonicalHostedZoneNameID: Z35SXDOTRQ7X7K
= LoadBalancerDescriptions[0].SourceSecurityGroup.GroupName: default
> elb DescribeLoadBalancers {"LoadBalancerNames":["none"]}
! LoadBalancerNotFound: There is no ACTIVE Load Balancer named 'none'
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"description","Values":["ELB old"]}]}
= NetworkInterfaces#: 1
= NetworkInterfaces[0].RequesterManaged: true
? $name A internet
= answers#: 1
base64 script = #!/bin/bash\napt-get install -y nginx\n
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$a","UserData":"$script"}
save web = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$b","UserData":"$script"}
save far = Instances[0].InstanceId
advance 120
> elb RegisterInstancesWithLoadBalancer {"LoadBalancerName":"old","Instances":[{"InstanceId":"i-00000000000000001"}]}
! InvalidInstance
> elb RegisterInstancesWithLoadBalancer {"LoadBalancerName":"old","Instances":[{"InstanceId":"$web"},{"InstanceId":"$far"}]}
= Instances#: 2
> elb ConfigureHealthCheck {"LoadBalancerName":"old","HealthCheck":{"Target":"HTTP:80","Interval":10,"Timeout":5,"UnhealthyThreshold":2,"HealthyThreshold":3}}
! ValidationError
> elb ConfigureHealthCheck {"LoadBalancerName":"old","HealthCheck":{"Target":"HTTP:80/","Interval":10,"Timeout":10,"UnhealthyThreshold":2,"HealthyThreshold":3}}
! ValidationError
> elb ConfigureHealthCheck {"LoadBalancerName":"old","HealthCheck":{"Target":"HTTP:80/","Interval":10,"Timeout":5,"UnhealthyThreshold":2,"HealthyThreshold":3}}
= HealthCheck.Target: HTTP:80/
> elb DescribeInstanceHealth {"LoadBalancerName":"old","Instances":[{"InstanceId":"$web"}]}
= InstanceStates[0].State: OutOfService
= InstanceStates[0].ReasonCode: ELB
= InstanceStates[0].Description: Instance registration is still in progress.
advance 30
> elb DescribeInstanceHealth {"LoadBalancerName":"old","Instances":[{"InstanceId":"$web"}]}
= InstanceStates[0].State: InService
= InstanceStates[0].ReasonCode: N/A
> elb DescribeInstanceHealth {"LoadBalancerName":"old","Instances":[{"InstanceId":"$far"}]}
= InstanceStates[0].ReasonCode: ELB
= InstanceStates[0].Description: *not configured to route traffic to.
> elb EnableAvailabilityZonesForLoadBalancer {"LoadBalancerName":"old","AvailabilityZones":["us-east-1b"]}
= AvailabilityZones: ["us-east-1a","us-east-1b"]
advance 30
> elb DescribeInstanceHealth {"LoadBalancerName":"old","Instances":[{"InstanceId":"$far"}]}
= InstanceStates[0].State: InService
> elb DetachLoadBalancerFromSubnets {"LoadBalancerName":"old","Subnets":["$b"]}
= Subnets: ["$a"]
> elb DetachLoadBalancerFromSubnets {"LoadBalancerName":"old","Subnets":["$a"]}
! InvalidConfigurationRequest
> stratus StopListener {"InstanceId":"$web","Protocol":"tcp","Port":80}
advance 20
> elb DescribeInstanceHealth {"LoadBalancerName":"old","Instances":[{"InstanceId":"$web"}]}
= InstanceStates[0].State: OutOfService
= InstanceStates[0].ReasonCode: Instance
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> elb DescribeInstanceHealth {"LoadBalancerName":"old","Instances":[{"InstanceId":"$web"}]}
= InstanceStates[0].Description: Instance is in stopped state.
> elb CreateLoadBalancerListeners {"LoadBalancerName":"old","Listeners":[{"Protocol":"TCP","LoadBalancerPort":80,"InstancePort":81}]}
! DuplicateListener
> elb CreateLoadBalancerListeners {"LoadBalancerName":"old","Listeners":[{"Protocol":"tcp","LoadBalancerPort":2222,"InstancePort":22}]}
> elb DeleteLoadBalancerListeners {"LoadBalancerName":"old","LoadBalancerPorts":[80]}
> elb DescribeLoadBalancers {}
= LoadBalancerDescriptions[0].ListenerDescriptions#: 1
= LoadBalancerDescriptions[0].ListenerDescriptions[0].Listener.Protocol: TCP
> elb DescribeLoadBalancerAttributes {"LoadBalancerName":"old"}
= LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled: false
= LoadBalancerAttributes.ConnectionSettings.IdleTimeout: 60
= LoadBalancerAttributes.ConnectionDraining.Enabled: false
> elb ModifyLoadBalancerAttributes {"LoadBalancerName":"old","LoadBalancerAttributes":{"CrossZoneLoadBalancing":{"Enabled":true},"ConnectionDraining":{"Enabled":true},"ConnectionSettings":{"IdleTimeout":30}}}
= LoadBalancerAttributes.CrossZoneLoadBalancing.Enabled: true
= LoadBalancerAttributes.ConnectionDraining.Timeout: 300
= LoadBalancerAttributes.ConnectionSettings.IdleTimeout: 30
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save group = GroupId
> elb ApplySecurityGroupsToLoadBalancer {"LoadBalancerName":"old","SecurityGroups":["$group"]}
= SecurityGroups: ["$group"]
> ec2 DeleteSecurityGroup {"GroupId":"$group"}
! DependencyViolation
> elb DescribeTags {"LoadBalancerNames":["old"]}
= TagDescriptions[0].Tags[0].Key: stage
> elb RemoveTags {"LoadBalancerNames":["old"],"Tags":[{"Key":"stage"}]}
> elb DescribeTags {"LoadBalancerNames":["old"]}
= TagDescriptions[0].Tags#: 0
> elb DeregisterInstancesFromLoadBalancer {"LoadBalancerName":"old","Instances":[{"InstanceId":"$web"}]}
= Instances#: 1
> elb DescribeAccountLimits {}
= Limits[0].Name: classic-load-balancers
= Limits[0].Max: 20
> elb DeleteLoadBalancer {"LoadBalancerName":"old"}
> elb DeleteLoadBalancer {"LoadBalancerName":"old"}
> elb DescribeLoadBalancers {}
= LoadBalancerDescriptions#: 0
> ec2 DeleteSecurityGroup {"GroupId":"$group"}
