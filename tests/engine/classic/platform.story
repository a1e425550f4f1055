# Whether an account supports EC2-Classic is said a Region at a time; an account of today supports VPCs alone.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html#ec2-supported-platforms

== an account without EC2-Classic
> ec2 DescribeAccountAttributes {"AttributeNames":["supported-platforms"]}
= AccountAttributes[0].AttributeValues#: 1
= AccountAttributes[0].AttributeValues[0].AttributeValue: VPC
> ec2 AllocateAddress {"Domain":"standard"}
! UnsupportedOperation
> ec2 DescribeVpcClassicLink {}
! UnsupportedOperation: The functionality you requested is not available in this region.
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 EnableVpcClassicLink {"VpcId":"$vpc"}
! UnsupportedOperation
> ec2 DescribeClassicLinkInstances {}
! UnsupportedOperation
> ec2 EnableVpcClassicLinkDnsSupport {"VpcId":"$vpc"}
! UnsupportedOperation
> ec2 AttachClassicLinkVpc {"InstanceId":"i-00000000000000001","VpcId":"$vpc","Groups":["sg-00000000000000001"]}
! UnsupportedOperation

== an account with EC2-Classic has no default VPC, and cannot have one
> stratus SetEc2Classic {"Enabled":true}
> ec2 DescribeAccountAttributes {"AttributeNames":["supported-platforms","default-vpc"]}
= AccountAttributes[0].AttributeValues[0].AttributeValue: EC2
= AccountAttributes[0].AttributeValues[1].AttributeValue: VPC
= AccountAttributes[1].AttributeValues[0].AttributeValue: none
> ec2 DescribeVpcs {}
= Vpcs#: 0
> ec2 DescribeSubnets {}
= Subnets#: 0
> ec2 DescribeInternetGateways {}
= InternetGateways#: 0
> ec2 CreateDefaultVpc {}
! OperationNotPermitted
# Twice is as once.
> stratus SetEc2Classic {"Enabled":true}
# Other Regions are their own, and the newer ones never had it.
region eu-central-1
> stratus SetEc2Classic {"Enabled":true}
! UnsupportedOperation
region eu-west-1
> ec2 DescribeAccountAttributes {"AttributeNames":["supported-platforms"]}
= AccountAttributes[0].AttributeValues#: 1
region us-east-1
# Back again, once nothing of it is in use.
> ec2 AllocateAddress {}
= Domain: standard
save address = PublicIp
> stratus SetEc2Classic {"Enabled":false}
! DependencyViolation
> ec2 ReleaseAddress {"PublicIp":"$address"}
> stratus SetEc2Classic {"Enabled":false}
> ec2 DescribeSecurityGroups {}
= SecurityGroups#: 0
> ec2 CreateDefaultVpc {}
= Vpc.IsDefault: true

== a default VPC that is in use is not taken away
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> stratus SetEc2Classic {"Enabled":true}
! DependencyViolation

== what has moved to the VPC platform stays when EC2-Classic goes
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 AllocateAddress {}
save address = PublicIp
advance 86400
> ec2 MoveAddressToVpc {"PublicIp":"$address"}
save eip = AllocationId
> stratus SetEc2Classic {"Enabled":false}
! DependencyViolation
advance 300
> ec2 RestoreAddressToClassic {"PublicIp":"$address"}
> stratus SetEc2Classic {"Enabled":false}
! DependencyViolation
advance 300
> ec2 MoveAddressToVpc {"PublicIp":"$address"}
advance 300
> stratus SetEc2Classic {"Enabled":false}
> ec2 DescribeAddresses {"AllocationIds":["$eip"]}
= Addresses[0].Domain: vpc
> ec2 RestoreAddressToClassic {"PublicIp":"$address"}
! UnsupportedOperation: it is retired
> ec2 ReleaseAddress {"AllocationId":"$eip"}
