# A new block may not be the same as or larger than the destination of a route in the VPC; a smaller one is fine.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"VpcId":"$vpc","InternetGatewayId":"$igw"}
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.9.0.0/20","GatewayId":"$igw"}
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.9.0.0/16"}
! InvalidVpc.Conflict: the destination 10.9.0.0/20
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.9.0.0/20"}
! InvalidVpc.Conflict
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.9.0.0/24"}
