# The smallest subnet has room for eleven.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/28"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/28"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","SecondaryPrivateIpAddressCount":9}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].AvailableIpAddressCount: 1
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","SecondaryPrivateIpAddressCount":1}
! InsufficientFreeAddressesInSubnet
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
! InsufficientFreeAddressesInSubnet
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].AvailableIpAddressCount: 10
