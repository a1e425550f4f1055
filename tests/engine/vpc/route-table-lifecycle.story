# https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateRouteTable {"VpcId":"$vpc","TagSpecifications":[{"ResourceType":"route-table","Tags":[{"Key":"Name","Value":"public"}]}]}
= RouteTable.VpcId: $vpc
= RouteTable.Associations#: 0
= RouteTable.PropagatingVgws#: 0
= RouteTable.Routes: [{"DestinationCidrBlock":"10.0.0.0/16","GatewayId":"local","Origin":"CreateRouteTable","State":"active"}]
= RouteTable.Tags[0].Value: public
save rtb = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$rtb","SubnetId":"$subnet"}
= AssociationId: rtbassoc-0*
= AssociationState.State: associated
save association = AssociationId
> ec2 DescribeRouteTables {"Filters":[{"Name":"association.subnet-id","Values":["$subnet"]}]}
= RouteTables#: 1
= RouteTables[0].Associations[0].SubnetId: $subnet
= RouteTables[0].Associations[0].Main: false
= RouteTables[0].Associations[0].RouteTableAssociationId: $association
> ec2 DeleteRouteTable {"RouteTableId":"$rtb"}
! DependencyViolation: The routeTable '$rtb' has dependencies and cannot be deleted.
> ec2 DisassociateRouteTable {"AssociationId":"$association"}
> ec2 DisassociateRouteTable {"AssociationId":"$association"}
! InvalidAssociationID.NotFound: The association ID '$association' does not exist
> ec2 DeleteRouteTable {"RouteTableId":"$rtb"}
> ec2 DeleteRouteTable {"RouteTableId":"$rtb"}
! InvalidRouteTableID.NotFound: The routeTable ID '$rtb' does not exist
> ec2 CreateRouteTable {"VpcId":"vpc-00000000000000000"}
! InvalidVpcID.NotFound
