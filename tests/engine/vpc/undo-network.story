# Undo, redo and a branch leave the indexes true: the runner checks the world after each line.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.10"}
undo
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].AvailableIpAddressCount: 251
redo
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].AvailableIpAddressCount: 250
undo
undo
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
! InvalidSubnetID.NotFound
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/25"}
= Subnet.AvailableIpAddressCount: 123
