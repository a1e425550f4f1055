# https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save main = RouteTables[0].RouteTableId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 DescribePrefixLists {"Filters":[{"Name":"prefix-list-name","Values":["com.amazonaws.us-east-1.s3"]}]}
save pl = PrefixLists[0].PrefixListId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$rtb"],"ClientToken":"abc"}
= VpcEndpoint.VpcEndpointId: vpce-0*
= VpcEndpoint.VpcEndpointType: Gateway
= VpcEndpoint.State: available
= VpcEndpoint.RouteTableIds: ["$rtb"]
= VpcEndpoint.PolicyDocument: {"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}
= VpcEndpoint.NetworkInterfaceIds#: 0
save vpce = VpcEndpoint.VpcEndpointId
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$rtb"],"ClientToken":"abc"}
= VpcEndpoint.VpcEndpointId: $vpce
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].DestinationPrefixListId: $pl
= RouteTables[0].Routes[1].GatewayId: $vpce
= RouteTables[0].Routes[1].State: active
# The route is the endpoint's.
> ec2 DeleteRoute {"RouteTableId":"$rtb","DestinationPrefixListId":"$pl"}
! InvalidParameterValue: cannot remove VPC endpoint route
> ec2 CreateRoute {"RouteTableId":"$main","DestinationCidrBlock":"192.168.0.0/16","VpcEndpointId":"$vpce"}
! InvalidParameterValue
# A table has one route of a list.
> ec2 CreateVpcEndpoint {"VpcId":"$vpc","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$rtb"]}
! RouteAlreadyExists: already has a route with destination-prefix-list-id
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$vpce","AddRouteTableIds":["$main"],"PolicyDocument":"{\"Statement\":[]}"}
= Return: true
> ec2 DescribeVpcEndpoints {"Filters":[{"Name":"vpc-endpoint-type","Values":["Gateway"]},{"Name":"service-name","Values":["*s3"]}]}
= VpcEndpoints[0].RouteTableIds#: 2
= VpcEndpoints[0].PolicyDocument: {"Statement":[]}
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$vpce","RemoveRouteTableIds":["$main"],"ResetPolicy":true}
> ec2 DescribeRouteTables {"RouteTableIds":["$main"]}
= RouteTables[0].Routes#: 1
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$vpce","PolicyDocument":"{"}
! InvalidPolicyDocument
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$vpce","AddSubnetIds":["subnet-0123456789abcdef0"]}
! InvalidParameter
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
# A table that goes takes its route along.
> ec2 DeleteRouteTable {"RouteTableId":"$rtb"}
> ec2 DescribeVpcEndpoints {"VpcEndpointIds":["$vpce"]}
= VpcEndpoints[0].RouteTableIds#: 0
> ec2 ModifyVpcEndpoint {"VpcEndpointId":"$vpce","AddRouteTableIds":["$main"]}
> ec2 DeleteVpcEndpoints {"VpcEndpointIds":["$vpce","vpce-0123456789abcdef0"]}
= Unsuccessful: [{"Error":{"Code":"InvalidVpcEndpointId.NotFound","Message":"The Vpc Endpoint Id 'vpce-0123456789abcdef0' does not exist"},"ResourceId":"vpce-0123456789abcdef0"}]
> ec2 DescribeRouteTables {"RouteTableIds":["$main"]}
= RouteTables[0].Routes#: 1
> ec2 DescribeVpcEndpoints {"VpcEndpointIds":["$vpce"]}
= VpcEndpoints[0].State: deleted
advance 3600
> ec2 DescribeVpcEndpoints {}
= VpcEndpoints#: 0
bill total: $0.000000000
