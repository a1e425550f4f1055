# A route whose target is gone stays as a black hole (facts/network.md, "Routes").
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.state","Values":["blackhole"]}]}
= RouteTables#: 1
= RouteTables[0].Routes[1].State: blackhole
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].State: active
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 DeleteInternetGateway {"InternetGatewayId":"$igw"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].GatewayId: $igw
= RouteTables[0].Routes[1].State: blackhole
# The same for an interface that is deleted.
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"192.168.0.0/16","NetworkInterfaceId":"$eni"}
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[2].NetworkInterfaceId: $eni
= RouteTables[0].Routes[2].State: blackhole
