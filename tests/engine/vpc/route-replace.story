# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRoute.html
> ec2 DescribeRouteTables {}
save rtb = RouteTables[0].RouteTableId
save igw = RouteTables[0].Routes[1].GatewayId
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","NetworkInterfaceId":"$eni"}
> ec2 DescribeRouteTables {}
= RouteTables[0].Routes[1].NetworkInterfaceId: $eni
= RouteTables[0].Routes[1].GatewayId: -
# An interface that is attached to nothing takes nothing: a black hole.
= RouteTables[0].Routes[1].State: blackhole
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"192.0.2.0/24","GatewayId":"$igw"}
! InvalidParameterValue: There is no route defined for '192.0.2.0/24' in the route table. Use CreateRoute instead.
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 DescribeRouteTables {}
= RouteTables[0].Routes[1].State: active
