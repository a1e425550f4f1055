> ec2 DescribeRouteTables {}
save rtb = RouteTables[0].RouteTableId
save igw = RouteTables[0].Routes[1].GatewayId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8"}
! MissingParameter
> ec2 CreateRoute {"RouteTableId":"$rtb","GatewayId":"$igw"}
! MissingParameter
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","DestinationIpv6CidrBlock":"::/0","GatewayId":"$igw"}
! InvalidParameterCombination
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","GatewayId":"$igw","NatGatewayId":"nat-0123456789abcdef0"}
! InvalidParameterCombination
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0","GatewayId":"$igw"}
! InvalidParameterValue: Value (10.0.0.0) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"::/0","GatewayId":"$igw"}
! InvalidParameterValue
> ec2 CreateRoute {"RouteTableId":"rtb-00000000000000000","DestinationCidrBlock":"10.0.0.0/8","GatewayId":"$igw"}
! InvalidRouteTableID.NotFound
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","GatewayId":"igw-00000000000000000"}
! InvalidInternetGatewayID.NotFound
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","NetworkInterfaceId":"eni-00000000000000000"}
! InvalidNetworkInterfaceID.NotFound
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","InstanceId":"i-00000000000000000"}
! InvalidInstanceID.NotFound
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationPrefixListId":"pl-00000000000000000","GatewayId":"$igw"}
! InvalidPrefixListID.NotFound
# Targets that do not exist.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","NatGatewayId":"nat-0123456789abcdef0"}
! InvalidNatGatewayID.NotFound: The natGateway ID 'nat-0123456789abcdef0' does not exist
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","TransitGatewayId":"tgw-0123456789abcdef0"}
! InvalidTransitGatewayID.NotFound
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","VpcPeeringConnectionId":"pcx-0123456789abcdef0"}
! InvalidVpcPeeringConnectionID.NotFound
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"::/0","EgressOnlyInternetGatewayId":"eigw-0123456789abcdef0"}
! InvalidEgressOnlyInternetGatewayId.NotFound
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","GatewayId":"vgw-0123456789abcdef0"}
! InvalidVpnGatewayID.NotFound
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.0.0.0/8","NatGatewayId":"igw-0123456789abcdef0"}
! InvalidParameterValue: expecting "nat-..."
# "You can't add routes to IPv4 addresses that are an exact match or a subset of" 169.254.168.0/22, nor of fd00:ec2::/32:
# https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html. What is wider may be routed.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"169.254.169.254/32","GatewayId":"$igw"}
! InvalidParameterValue: The destination CIDR block 169.254.169.254/32 lies in 169.254.168.0/22, which is reserved for AWS services.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"169.254.168.0/22","GatewayId":"$igw"}
! InvalidParameterValue
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"fd00:ec2::254/128","GatewayId":"$igw"}
! InvalidParameterValue
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"169.254.0.0/16","GatewayId":"$igw"}
