> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.10"}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.10"}
! InvalidIPAddress.InUse: Address 10.0.0.10 is in use.
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.1.10"}
! InvalidParameterValue: does not fall within the subnet's address range
# The first four and the last address are AWS's: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.3"}
! InvalidParameterValue: is in subnet's reserved address range
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.255"}
! InvalidParameterValue
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.4"}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0"}
! InvalidParameterValue
> ec2 CreateNetworkInterface {"SubnetId":"subnet-00000000000000000"}
! InvalidSubnetID.NotFound
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Groups":["sg-00000000000000000"]}
! InvalidGroup.NotFound
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"vpc-id","Values":["vpc-*"]}]}
save foreign = SecurityGroups[0].GroupId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Groups":["$foreign"]}
! InvalidGroup.NotFound: belong to different networks
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv6AddressCount":1}
! InvalidParameterValue: has no IPv6 CIDR block
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","SecondaryPrivateIpAddressCount":1,"PrivateIpAddresses":[{"PrivateIpAddress":"10.0.0.30"}]}
! InvalidParameterCombination
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv4PrefixCount":1,"Ipv4Prefixes":[{"Ipv4Prefix":"10.0.0.32/28"}]}
! InvalidParameterCombination
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","InterfaceType":"branch"}
! UnsupportedOperation
