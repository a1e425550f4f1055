# Launch errors (facts/instances.md "Launch errors").
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

== the image
> ec2 RunInstances {"MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! MissingParameter: The request must contain the parameter ImageId
> ec2 RunInstances {"ImageId":"ami-00000000000000000","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.NotFound: ami-00000000000000000
> ec2 RunInstances {"ImageId":"ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.Malformed
# An image is Regional: this one is us-east-1's.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save here = Instances[0].ImageId
region eu-west-1
> ec2 RunInstances {"ImageId":"$here","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.NotFound

== the counts
> ec2 RunInstances {"ImageId":"$al2023","MinCount":0,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidParameterValue: Minimum instance count must be greater than zero
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":0,"InstanceType":"t3.micro"}
! InvalidParameterValue: Maximum instance count must be greater than zero
> ec2 RunInstances {"ImageId":"$al2023","MinCount":3,"MaxCount":2,"InstanceType":"t3.micro"}
! InvalidParameterValue
> ec2 RunInstances {"ImageId":"$al2023","MaxCount":2,"InstanceType":"t3.micro"}
! MissingParameter: MinCount

== the type
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t9.micro"}
! InvalidParameterValue: Invalid value 't9.micro' for InstanceType.
# Architecture, virtualization, drivers and root device must suit the image.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t4g.micro"}
! InvalidParameterValue: The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of the specified AMI.
> ec2 RunInstances {"ImageId":"$al2023-arm","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidParameterValue: The architecture 'x86_64' of the specified instance type does not match the architecture 'arm64' of the specified AMI.
> ec2 RunInstances {"ImageId":"$pv","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro"}
! InvalidParameterCombination: Virtualization type 'hvm' is required for instances of type 't2.micro'.
> ec2 RunInstances {"ImageId":"$instance-store","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro"}
! UnsupportedOperation: with an instance-store root device is not supported for the instance type 't2.micro'.
# Without a type it is m1.small, which can boot an old image.
> ec2 RunInstances {"ImageId":"$pv","MinCount":1,"MaxCount":1}
= Instances[0].InstanceType: m1.small
= Instances[0].VirtualizationType: paravirtual
= Instances[0].KernelId: aki-*

== drivers: Nitro types need an image with ENA
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/enhanced-networking-ena.html
> ec2 DescribeImages {"Filters":[{"Name":"name","Values":["amzn-ami-hvm-2014.09.2.x86_64-ebs"]}],"IncludeDeprecated":true}
save old = Images[0].ImageId
> ec2 RunInstances {"ImageId":"$old","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidParameterCombination: Enhanced networking with the Elastic Network Adapter (ENA) is required for the 't3.micro' instance type.
> ec2 RunInstances {"ImageId":"$old","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro"}
= Instances[0].EnaSupport: false

== the key pair
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"mine"}
! InvalidKeyPair.NotFound: The key pair 'mine' does not exist
> ec2 CreateKeyPair {"KeyName":"mine","KeyType":"ed25519"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"mine"}
= Instances[0].KeyName: mine
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html: no ED25519 for Windows.
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","KeyName":"mine"}
! InvalidParameterCombination: ED25519 key pairs are not supported with Windows AMIs

== the security groups
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["sg-00000000000000000"]}
! InvalidGroup.NotFound: The security group 'sg-00000000000000000' does not exist
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroups":["web"]}
! InvalidGroup.NotFound: The security group 'web' does not exist in VPC
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["web"]}
! InvalidGroupId.Malformed
# A group belongs to one VPC.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"of another network","VpcId":"$vpc"}
save sg = GroupId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["$sg"]}
! InvalidParameter: different networks

== the subnet
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"subnet-00000000000000000"}
! InvalidSubnetID.NotFound: The subnet ID 'subnet-00000000000000000' does not exist
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save subnet = Subnets[0].SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","SecurityGroups":["default"]}
! InvalidParameterCombination: The parameter groupName cannot be used with the parameter subnet
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","Placement":{"AvailabilityZone":"us-east-1b"}}
! InvalidParameterCombination: us-east-1b
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-west-1z"}}
! InvalidParameterValue: us-west-1z

== no default VPC: VPCIdNotSpecified
> ec2 DescribeSubnets {}
save one = Subnets[0].SubnetId
save two = Subnets[1].SubnetId
save three = Subnets[2].SubnetId
save four = Subnets[3].SubnetId
save five = Subnets[4].SubnetId
save six = Subnets[5].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DeleteSubnet {"SubnetId":"$one"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
! MissingInput: No default subnet for availability zone: 'us-east-1a'.
> ec2 DeleteSubnet {"SubnetId":"$two"}
> ec2 DeleteSubnet {"SubnetId":"$three"}
> ec2 DeleteSubnet {"SubnetId":"$four"}
> ec2 DeleteSubnet {"SubnetId":"$five"}
> ec2 DeleteSubnet {"SubnetId":"$six"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! MissingInput: No subnets found for the default VPC '$vpc'. Please specify a subnet.
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! VPCIdNotSpecified: No default VPC for this user

== the zone: an old one has no Nitro hosts (which one, ours)
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1e"}}
! Unsupported: Your requested instance type (t3.micro) is not supported in your requested Availability Zone (us-east-1e). Please retry your request by not specifying an Availability Zone or choosing us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro","Placement":{"AvailabilityZone":"us-east-1e"}}
= Instances[0].Placement.AvailabilityZone: us-east-1e

== addresses: InsufficientFreeAddressesInSubnet
# A /28 has 16 addresses, 5 of them AWS's own.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/24"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/28"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":12,"MaxCount":12,"InstanceType":"t3.micro","SubnetId":"$subnet"}
! InsufficientFreeAddressesInSubnet: '$subnet'
# As many as there is room for, as long as it is not less than the least.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":20,"InstanceType":"t3.micro","SubnetId":"$subnet"}
= Instances#: 11
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
! InsufficientFreeAddressesInSubnet

== an address of one's own choice
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/24"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/28"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","PrivateIpAddress":"10.0.0.10"}
= Instances[0].PrivateIpAddress: 10.0.0.10
= Instances[0].PrivateDnsName: ip-10-0-0-10.ec2.internal
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","PrivateIpAddress":"10.0.0.10"}
! InvalidIPAddress.InUse
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","PrivateIpAddress":"10.0.0.2"}
! InvalidParameterValue: reserved
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet","PrivateIpAddress":"10.9.0.2"}
! InvalidParameterValue: does not fall within the subnet's address range
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","SubnetId":"$subnet","PrivateIpAddress":"10.0.0.11"}
! InvalidParameterCombination

== quotas count vCPUs by group of families: VcpuLimitExceeded
# How many the account has is ours; AWS's word is in https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
> ec2 RunInstances {"ImageId":"$al2023-arm","MinCount":6,"MaxCount":6,"InstanceType":"x2gd.16xlarge"}
= Instances#: 6
> ec2 RunInstances {"ImageId":"$al2023-arm","MinCount":3,"MaxCount":3,"InstanceType":"x2gd.16xlarge"}
! VcpuLimitExceeded: You have requested more vCPU capacity than your current vCPU limit of 512 allows for the instance bucket that the specified instance type belongs to.
# The largest number that the quota allows, if that is not less than MinCount.
> ec2 RunInstances {"ImageId":"$al2023-arm","MinCount":1,"MaxCount":9,"InstanceType":"x2gd.16xlarge"}
= Instances#: 2
save a = Instances[0].InstanceId
# Other families have a quota of their own.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m5.large"}
= Instances#: 1
# So have other Regions.
region eu-west-1
> ec2 RunInstances {"ImageId":"$al2023-arm","MinCount":8,"MaxCount":8,"InstanceType":"x2gd.16xlarge"}
= Instances#: 8
# A stopped instance does not count, and its start does again.
region us-east-1
advance 60
> ec2 StopInstances {"InstanceIds":["$a"]}
> ec2 RunInstances {"ImageId":"$al2023-arm","MinCount":1,"MaxCount":1,"InstanceType":"x2gd.16xlarge"}
advance 60
> ec2 StartInstances {"InstanceIds":["$a"]}
! VcpuLimitExceeded

== dry runs
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","DryRun":true}
! DryRunOperation: Request would have succeeded, but DryRun flag is set.
> ec2 DescribeInstances {}
= Reservations: []

== a dry run says what would stand in the way
# "Checks whether you have the required permissions for the action, without actually making the request, and provides an
# error response": what cannot be is refused as if it had been meant.
> ec2 RunInstances {"ImageId":"ami-00000000000000000","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","DryRun":true}
! InvalidAMIID.NotFound
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"subnet-00000000000000000","DryRun":true}
! InvalidSubnetID.NotFound
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["sg-00000000000000000"],"DryRun":true}
! InvalidGroup.NotFound
> ec2 RunInstances {"ImageId":"$al2023-arm","MinCount":9,"MaxCount":9,"InstanceType":"x2gd.16xlarge","DryRun":true}
! VcpuLimitExceeded
> ec2 TerminateInstances {"InstanceIds":["i-00000000000000000"],"DryRun":true}
! InvalidInstanceID.NotFound
> ec2 CreateSubnet {"VpcId":"vpc-00000000000000000","CidrBlock":"10.0.0.0/24","DryRun":true}
! InvalidVpcID.NotFound
> ec2 DescribeInstances {"InstanceIds":["i-00000000000000000"],"DryRun":true}
! InvalidInstanceID.NotFound
# Nothing that was tried is there, and what was tried may still be done.
> ec2 CreateVpc {"CidrBlock":"10.9.0.0/16","DryRun":true}
! DryRunOperation
> ec2 DescribeVpcs {"Filters":[{"Name":"cidr","Values":["10.9.0.0/16"]}]}
= Vpcs: []

== what an account does not have
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateName":"web"},"MinCount":1,"MaxCount":1}
! InvalidLaunchTemplateName.NotFoundException
> ec2 RunInstances {"LaunchTemplate":{"LaunchTemplateId":"lt-00000000000000000"},"MinCount":1,"MaxCount":1}
! InvalidLaunchTemplateId.NotFound
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"GroupName":"near"}}
! InvalidPlacementGroup.Unknown: The Placement Group 'near' is unknown.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"Tenancy":"host"}}
! IncompatibleHostRequirements

== a parameter that does not exist, or is of the wrong kind
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceInitiatedShutdownBehavior":"sleep"}
! InvalidParameterValue: instanceInitiatedShutdownBehavior

== user data
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","UserData":"#!/bin/sh"}
! InvalidUserData.Malformed: Invalid BASE64 encoding of user data.

== hibernation has conditions
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","HibernationOptions":{"Configured":true}}
! UnsupportedHibernationConfiguration: encrypted
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"r5.large","HibernationOptions":{"Configured":true},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true}}]}
! UnsupportedHibernationConfiguration: no room
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 StopInstances {"InstanceIds":["$web"],"Hibernate":true}
! UnsupportedHibernationConfiguration: The instance can't be hibernated because it was not configured at launch for hibernation: $web
