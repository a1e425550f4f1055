# Inside the VPC only a whole subnet, or the whole block, can be sent elsewhere, and only to an interface:
# https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#route-table-routes
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/16","NetworkInterfaceId":"$eni"}
! RouteAlreadyExists: The route identified by 10.0.0.0/16 already exists.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.1.0/24","GatewayId":"$igw"}
! InvalidParameterValue: This route can target only an interface or an instance.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.1.0/25","NetworkInterfaceId":"$eni"}
! InvalidParameterValue: must be the whole CIDR block of a subnet
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.1.0/24","NetworkInterfaceId":"$eni"}
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/16","NetworkInterfaceId":"$eni"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes#: 2
= RouteTables[0].Routes[0].DestinationCidrBlock: 10.0.0.0/16
= RouteTables[0].Routes[0].NetworkInterfaceId: $eni
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/16","LocalTarget":true}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[0].GatewayId: local
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.1.0/24","LocalTarget":true}
! InvalidParameterValue
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/16","GatewayId":"$igw"}
! InvalidParameterValue
