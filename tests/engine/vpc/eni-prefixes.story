# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/26","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
= Subnet.AvailableIpAddressCount: 59
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.4","Ipv4Prefixes":[{"Ipv4Prefix":"10.0.0.16/28"}]}
save one = NetworkInterface.NetworkInterfaceId
= NetworkInterface.Ipv4Prefixes: [{"Ipv4Prefix":"10.0.0.16/28"}]
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].AvailableIpAddressCount: 42
# What is in a prefix is nobody else's.
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.20"}
! InvalidIPAddress.InUse
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4Prefixes":["10.0.0.16/28"]}
! InvalidIPAddress.InUse
# The first and the last sixteen hold addresses that AWS keeps.
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4Prefixes":["10.0.0.48/28"]}
! InvalidIPAddress.InUse
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4Prefixes":["10.0.0.16/27"]}
! InvalidParameterValue
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4Prefixes":["10.0.1.16/28"]}
! InvalidParameterValue: does not fall within
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4Prefixes":["10.0.0.32/28"],"Ipv4PrefixCount":1}
! InvalidParameterCombination
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4PrefixCount":1}
= AssignedIpv4Prefixes: [{"Ipv4Prefix":"10.0.0.32/28"}]
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4PrefixCount":1}
! InsufficientCidrBlocks: The specified subnet does not have enough free cidr blocks to satisfy the request.
> ec2 UnassignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4Prefixes":["10.0.0.16/28"]}
> ec2 UnassignPrivateIpAddresses {"NetworkInterfaceId":"$one","Ipv4Prefixes":["10.0.0.16/28"]}
! InvalidParameterValue: not assigned
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.20"}
# IPv6: 80 bits.
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$one","Ipv6PrefixCount":2}
= AssignedIpv6Addresses#: 0
= AssignedIpv6Prefixes#: 2
save prefix = AssignedIpv6Prefixes[0]
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$one","Ipv6Prefixes":["$prefix"]}
! InvalidIPAddress.InUse
> ec2 UnassignIpv6Addresses {"NetworkInterfaceId":"$one","Ipv6Prefixes":["$prefix"]}
= UnassignedIpv6Prefixes: ["$prefix"]
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$one"]}
= NetworkInterfaces[0].Ipv6Prefixes#: 1
= NetworkInterfaces[0].Ipv4Prefixes: [{"Ipv4Prefix":"10.0.0.32/28"}]
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$one"}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv4Prefixes":[{"Ipv4Prefix":"10.0.0.32/28"}]}
