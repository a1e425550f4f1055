# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
! DependencyViolation: The subnet '$subnet' has dependencies and cannot be deleted.
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
# Its associations with a route table and an ACL are no obstacle: they go with it.
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$rtb","SubnetId":"$subnet"}
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Associations#: 0
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
! InvalidSubnetID.NotFound: The subnet ID '$subnet' does not exist
> ec2 DeleteSubnet {"SubnetId":"subnet"}
! InvalidSubnetID.Malformed
