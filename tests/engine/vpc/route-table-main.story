# The main table: it cannot be deleted or disassociated, but another can take its place:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]},{"Name":"association.main","Values":["true"]}]}
= RouteTables#: 1
save old = RouteTables[0].RouteTableId
save main = RouteTables[0].Associations[0].RouteTableAssociationId
> ec2 DeleteRouteTable {"RouteTableId":"$old"}
! DependencyViolation
> ec2 DisassociateRouteTable {"AssociationId":"$main"}
! InvalidParameterValue: cannot disassociate the main route table association $main
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save new = RouteTable.RouteTableId
> ec2 ReplaceRouteTableAssociation {"AssociationId":"$main","RouteTableId":"$new"}
event now the main route table
> ec2 DescribeRouteTables {"RouteTableIds":["$new"]}
= RouteTables[0].Associations[0].Main: true
> ec2 DeleteRouteTable {"RouteTableId":"$old"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
