# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
! InvalidParameterValue: route table $rtb and network gateway $igw belong to different networks
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
= Return: true
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
! RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"::/0","GatewayId":"$igw"}
# The destination's host bits are cleared.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"198.51.100.77/24","GatewayId":"$igw"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes#: 4
= RouteTables[0].Routes[1].DestinationCidrBlock: 0.0.0.0/0
= RouteTables[0].Routes[1].GatewayId: $igw
= RouteTables[0].Routes[1].Origin: CreateRoute
= RouteTables[0].Routes[2].DestinationCidrBlock: 198.51.100.0/24
= RouteTables[0].Routes[3].DestinationIpv6CidrBlock: ::/0
> ec2 DeleteRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"::/0"}
> ec2 DeleteRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"::/0"}
! InvalidRoute.NotFound: no route with destination-cidr-block ::/0 in route table $rtb
> ec2 DeleteRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/16"}
! InvalidParameterValue: cannot remove local route 10.0.0.0/16 in route table $rtb
