# What CreateLoadBalancer and its neighbours refuse, in AWS's codes.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html

== load balancers
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a"]}
! ValidationError: At least two subnets in two different Availability Zones must be specified
> elbv2 CreateLoadBalancer {"Name":"one"}
! ValidationError
> elbv2 CreateLoadBalancer {"Subnets":["$a","$b"]}
! ValidationError
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","subnet-00000000000000001"]}
! SubnetNotFound
> elbv2 CreateLoadBalancer {"Name":"internal-one","Subnets":["$a","$b"]}
! ValidationError: cannot begin with 'internal-'
> elbv2 CreateLoadBalancer {"Name":"a-name-that-is-longer-than-32-characters","Subnets":["$a","$b"]}
! ValidationError: cannot be longer than '32' characters
> elbv2 CreateLoadBalancer {"Name":"-one","Subnets":["$a","$b"]}
! ValidationError
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"],"SecurityGroups":["sg-00000000000000001"]}
! InvalidSecurityGroup
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"],"Scheme":"sideways"}
! ValidationError
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"],"Type":"gateway","SecurityGroups":["sg-00000000000000001"]}
! InvalidConfigurationRequest
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"],"Tags":[{"Key":"k","Value":"1"},{"Key":"k","Value":"2"}]}
! DuplicateTagKeys
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"],"IpAddressType":"dualstack"}
! InvalidConfigurationRequest
# The same call again answers the same load balancer, another of its name is refused.
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$b","$a"]}
= LoadBalancers[0].LoadBalancerArn: $lb
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"],"Scheme":"internal"}
! DuplicateLoadBalancerName: A load balancer with the same name 'one' exists, but with different settings
> elbv2 DescribeLoadBalancers {"LoadBalancerArns":["nonsense"]}
! ValidationError: 'nonsense' is not a valid load balancer ARN
> elbv2 DescribeLoadBalancers {"Names":["two"]}
! LoadBalancerNotFound
> elbv2 ModifyLoadBalancerAttributes {"LoadBalancerArn":"$lb","Attributes":[{"Key":"deletion_protection.enabled","Value":"true"}]}
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$lb"}
! OperationNotPermitted: deletion protection is enabled
> elbv2 ModifyLoadBalancerAttributes {"LoadBalancerArn":"$lb","Attributes":[{"Key":"idle_timeout.timeout_seconds","Value":"5000"}]}
! ValidationError
> elbv2 ModifyLoadBalancerAttributes {"LoadBalancerArn":"$lb","Attributes":[{"Key":"no.such","Value":"1"}]}
! ValidationError
> elbv2 ModifyLoadBalancerAttributes {"LoadBalancerArn":"$lb","Attributes":[{"Key":"deletion_protection.enabled","Value":"false"}]}
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$lb"}

== a VPC without a gateway, subnets of one zone
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"}
save a = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.0/24","AvailabilityZone":"us-east-1a"}
save same = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.3.0/28","AvailabilityZone":"us-east-1b"}
save b = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.4.0/28","AvailabilityZone":"us-east-1c"}
save c = Subnet.SubnetId
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$same"]}
! InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"]}
! InvalidSubnet: VPC $vpc has no internet gateway
> elbv2 CreateLoadBalancer {"Name":"one","Subnets":["$a","$b"],"Scheme":"internal"}
= LoadBalancers[0].DNSName: internal-one-*.us-east-1.elb.amazonaws.com
save lb = LoadBalancers[0].LoadBalancerArn
# Eight addresses must be free.
> ec2 CreateNetworkInterface {"SubnetId":"$c","SecondaryPrivateIpAddressCount":3}
> elbv2 SetSubnets {"LoadBalancerArn":"$lb","Subnets":["$a","$c"]}
! InvalidSubnet: Not enough IP space available in $c
> elbv2 SetSubnets {"LoadBalancerArn":"$lb","Subnets":["$same","$b"]}
= AvailabilityZones[0].SubnetId: $same
> ec2 DeleteSubnet {"SubnetId":"$a"}

== listeners, rules and target groups
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a","us-east-1b"]}]}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
save vpc = Subnets[0].VpcId
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80}
! ValidationError: A VPC ID must be specified
> elbv2 CreateTargetGroup {"Name":"webs","Port":80,"VpcId":"$vpc"}
! ValidationError: A protocol must be specified
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"vpc-00000000000000001"}
! ValidationError
> elbv2 CreateTargetGroup {"Name":"code","TargetType":"lambda"}
! NotImplemented
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"$vpc","HealthCheckPath":"index.html"}
! ValidationError
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"$vpc","HealthCheckIntervalSeconds":5,"HealthCheckTimeoutSeconds":5}
! ValidationError
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":81,"VpcId":"$vpc"}
! DuplicateTargetGroupName
> elbv2 CreateTargetGroup {"Name":"plain","Protocol":"TCP","Port":80,"VpcId":"$vpc"}
save tcp = TargetGroups[0].TargetGroupArn
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"i-00000000000000001"}]}
! InvalidTarget
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"10.0.0.1"}]}
! ValidationError: Instance ID '10.0.0.1' is not valid
> elbv2 CreateLoadBalancer {"Name":"front","Subnets":["$a","$b"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"TCP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tcp"}]}
! ValidationError: Protocol 'TCP' must be one of 'HTTP, HTTPS'
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tcp"}]}
! IncompatibleProtocols
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTPS","Port":443,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! ValidationError: A certificate must be specified for HTTPS listeners
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTPS","Port":443,"Certificates":[{"CertificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/1"}],"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! CertificateNotFound
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"authenticate-oidc"}]}
! NotImplemented
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"redirect","RedirectConfig":{"StatusCode":"HTTP_301"}}]}
! InvalidLoadBalancerAction
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
save listener = Listeners[0].ListenerArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! DuplicateListener: A listener already exists on this port for this load balancer
> elbv2 CreateLoadBalancer {"Name":"other","Subnets":["$a","$b"]}
save other = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateListener {"LoadBalancerArn":"$other","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! TargetGroupAssociationLimit
> elbv2 CreateRule {"ListenerArn":"$listener","Priority":10,"Conditions":[{"Field":"path","Values":["/a"]}],"Actions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! ValidationError
> elbv2 CreateRule {"ListenerArn":"$listener","Priority":10,"Conditions":[{"Field":"source-ip","SourceIpConfig":{"Values":["nowhere"]}}],"Actions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! ValidationError
> elbv2 CreateRule {"ListenerArn":"$listener","Priority":60000,"Conditions":[{"Field":"path-pattern","Values":["/a"]}],"Actions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! ValidationError
> elbv2 CreateRule {"ListenerArn":"$listener","Priority":10,"Conditions":[{"Field":"path-pattern","Values":["/a/*"]}],"Actions":[{"Type":"fixed-response","FixedResponseConfig":{"StatusCode":"404","ContentType":"text/plain","MessageBody":"none"}}]}
save rule = Rules[0].RuleArn
> elbv2 CreateRule {"ListenerArn":"$listener","Priority":10,"Conditions":[{"Field":"path-pattern","Values":["/b"]}],"Actions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! PriorityInUse: Priority '10' is currently in use
> elbv2 AddListenerCertificates {"ListenerArn":"$listener","Certificates":[]}
! InvalidConfigurationRequest: A certificate cannot be specified for HTTP listeners
