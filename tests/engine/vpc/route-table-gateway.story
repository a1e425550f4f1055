# Ingress routing: a table associated with the internet gateway may send to interfaces only:
# https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$rtb","GatewayId":"$igw"}
! InvalidParameterValue: belong to different networks
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 AssociateRouteTable {"RouteTableId":"$rtb","GatewayId":"$igw"}
save association = AssociationId
> ec2 DescribeRouteTables {"Filters":[{"Name":"association.gateway-id","Values":["$igw"]}]}
= RouteTables[0].Associations[0].GatewayId: $igw
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
! InvalidParameterValue: may send to interfaces only
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save other = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$vpc","PeerVpcId":"$other"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.1.0.0/16","VpcPeeringConnectionId":"$pcx"}
! InvalidParameterValue: may send to interfaces only
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
! DependencyViolation
> ec2 DisassociateRouteTable {"AssociationId":"$association"}
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 AssociateRouteTable {"RouteTableId":"$rtb","GatewayId":"$igw"}
! InvalidParameterValue
> ec2 AssociateRouteTable {"RouteTableId":"$rtb","GatewayId":"$igw","SubnetId":"subnet-00000000000000000"}
! InvalidParameterCombination
