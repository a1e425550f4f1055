# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html

== a launch without a subnet goes to EC2-Classic
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 RunInstances {"ImageId":"$pv","MinCount":1,"MaxCount":1,"InstanceType":"m1.small"}
save web = Instances[0].InstanceId
= Groups[0].GroupName: default
= Instances[0].VpcId: -
= Instances[0].SubnetId: -
= Instances[0].SourceDestCheck: -
= Instances[0].NetworkInterfaces#: 0
= Instances[0].PrivateIpAddress: 10.*
= Instances[0].PrivateDnsName: ip-10-*.eu-west-1.compute.internal
= Instances[0].SecurityGroups[0].GroupName: default
= Instances[0].Placement.Tenancy: default
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Groups[0].GroupName: default
save private = Reservations[0].Instances[0].PrivateIpAddress
save public = Reservations[0].Instances[0].PublicIpAddress
= Reservations[0].Instances[0].PublicDnsName: ec2-*.eu-west-1.compute.amazonaws.com
= Reservations[0].Instances[0].State.Name: running
> ec2 DescribeNetworkInterfaces {}
= NetworkInterfaces#: 0
# Filtering by VPC or subnet finds nothing of it, by group it does.
> ec2 DescribeInstances {"Filters":[{"Name":"vpc-id","Values":["*"]}]}
= Reservations#: 0
> ec2 DescribeInstances {"Filters":[{"Name":"instance.group-name","Values":["default"]},{"Name":"private-ip-address","Values":["$private"]},{"Name":"ip-address","Values":["$public"]}]}
= Reservations#: 1
# A stop takes both addresses, a start gives others.
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateIpAddress: -
= Reservations[0].Instances[0].PublicIpAddress: -
= Reservations[0].Instances[0].PrivateDnsName:
= Reservations[0].Instances[0].SecurityGroups[0].GroupName: default
event its private and its public address are gone
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateIpAddress: 10.*
save private2 = Reservations[0].Instances[0].PrivateIpAddress
save public2 = Reservations[0].Instances[0].PublicIpAddress
differ $private $private2
differ $public $public2
# A reboot changes neither.
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PrivateIpAddress: $private2
= Reservations[0].Instances[0].PublicIpAddress: $public2
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].State.Name: terminated
= Reservations[0].Instances[0].PrivateIpAddress: -
= Reservations[0].Instances[0].VpcId: -
> stratus SetEc2Classic {"Enabled":false}

== the zone that is asked for, and several at once
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":3,"MaxCount":3,"InstanceType":"m3.large","Placement":{"AvailabilityZone":"eu-west-1b"}}
= Instances#: 3
= Instances[2].Placement.AvailabilityZone: eu-west-1b
save a = Instances[0].PrivateIpAddress
save b = Instances[1].PrivateIpAddress
differ $a $b

== what a VPC alone has
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! VPCResourceNotSpecified: The specified instance type can only be used in a VPC. A subnet ID or network interface ID is required to carry out the request.
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","Placement":{"Tenancy":"dedicated"}}
! VPCResourceNotSpecified
# A Dedicated Host is one of a VPC, too, whatever is said of the tenancy.
> ec2 AllocateHosts {"AvailabilityZone":"eu-west-1a","InstanceType":"m3.large","Quantity":1}
save host = HostIds[0]
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","Placement":{"HostId":"$host"}}
! VPCResourceNotSpecified
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","Placement":{"HostId":"$host","Affinity":"host"}}
! VPCResourceNotSpecified
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","PrivateIpAddress":"10.2.3.4"}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","Ipv6AddressCount":1}
! InvalidParameterCombination
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save subnet = Subnet.SubnetId
save zone = Subnet.AvailabilityZone
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"web","Description":"of the VPC"}
save group = GroupId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","SecurityGroupIds":["$group"]}
! InvalidParameterCombination: VPC security groups may not be used for a non-VPC launch
# With a subnet a launch goes to the VPC.
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","SubnetId":"$subnet"}
= Instances[0].VpcId: $vpc
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","Placement":{"AvailabilityZone":"$zone"}}
save web = Instances[0].InstanceId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
advance 60
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":1}
! InvalidParameterCombination
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceType":{"Value":"m3.medium"}}
> ec2 ModifyInstanceAttribute {"InstanceId":"$web","InstanceType":{"Value":"t2.micro"}}
! VPCResourceNotSpecified
# No route leads to what has no interface.
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save table = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","InstanceId":"$web"}
! InvalidInstanceID
