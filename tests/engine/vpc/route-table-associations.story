# A subnet has one table; another takes its place with ReplaceRouteTableAssociation.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save one = RouteTable.RouteTableId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save two = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$one","SubnetId":"$subnet"}
save association = AssociationId
> ec2 AssociateRouteTable {"RouteTableId":"$two","SubnetId":"$subnet"}
! Resource.AlreadyAssociated: the specified association for route table $two conflicts with an existing association
> ec2 ReplaceRouteTableAssociation {"AssociationId":"$association","RouteTableId":"$two"}
= NewAssociationId: rtbassoc-0*
= AssociationState.State: associated
save fresh = NewAssociationId
> ec2 DescribeRouteTables {"RouteTableIds":["$one"]}
= RouteTables[0].Associations#: 0
> ec2 DescribeRouteTables {"RouteTableIds":["$two"]}
= RouteTables[0].Associations[0].RouteTableAssociationId: $fresh
> ec2 ReplaceRouteTableAssociation {"AssociationId":"$association","RouteTableId":"$one"}
! InvalidAssociationID.NotFound
# Nothing crosses VPCs.
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save other = Vpc.VpcId
> ec2 CreateRouteTable {"VpcId":"$other"}
save foreign = RouteTable.RouteTableId
> ec2 ReplaceRouteTableAssociation {"AssociationId":"$fresh","RouteTableId":"$foreign"}
! InvalidParameterValue: belong to different networks
> ec2 CreateSubnet {"VpcId":"$other","CidrBlock":"10.1.0.0/24"}
save there = Subnet.SubnetId
> ec2 AssociateRouteTable {"RouteTableId":"$one","SubnetId":"$there"}
! InvalidParameterValue: route table $one and subnet $there belong to different networks
> ec2 AssociateRouteTable {"RouteTableId":"$one"}
! MissingParameter
> ec2 AssociateRouteTable {"RouteTableId":"$one","SubnetId":"subnet-00000000000000000"}
! InvalidSubnetID.NotFound
