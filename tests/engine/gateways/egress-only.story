# https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
== egress-only internet gateways
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 CreateEgressOnlyInternetGateway {"VpcId":"$vpc","ClientToken":"once","TagSpecifications":[{"ResourceType":"egress-only-internet-gateway","Tags":[{"Key":"Name","Value":"out"}]}]}
save out = EgressOnlyInternetGateway.EgressOnlyInternetGatewayId
= ClientToken: once
= EgressOnlyInternetGateway.Attachments[0].State: attached
= EgressOnlyInternetGateway.Attachments[0].VpcId: $vpc
> ec2 CreateEgressOnlyInternetGateway {"VpcId":"$vpc","ClientToken":"once","TagSpecifications":[{"ResourceType":"egress-only-internet-gateway","Tags":[{"Key":"Name","Value":"out"}]}]}
= EgressOnlyInternetGateway.EgressOnlyInternetGatewayId: $out
> ec2 CreateEgressOnlyInternetGateway {"VpcId":"$vpc"}
! InvalidParameterValue
> ec2 CreateEgressOnlyInternetGateway {"VpcId":"vpc-00000000000000000"}
! InvalidVpcID.NotFound
# A dry run says the same.
> ec2 CreateEgressOnlyInternetGateway {"VpcId":"$vpc","DryRun":true}
! InvalidParameterValue
> ec2 DescribeEgressOnlyInternetGateways {"EgressOnlyInternetGatewayIds":["$out"]}
= EgressOnlyInternetGateways[0].Tags[0].Value: out
> ec2 DescribeEgressOnlyInternetGateways {"Filters":[{"Name":"tag:Name","Values":["out"]}],"MaxResults":5}
= EgressOnlyInternetGateways#: 1
> ec2 DescribeEgressOnlyInternetGateways {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
! InvalidParameterValue
# Routes: IPv6 only.
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","EgressOnlyInternetGatewayId":"$out"}
! InvalidParameterValue
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"::/0","EgressOnlyInternetGatewayId":"$out"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.egress-only-internet-gateway-id","Values":["$out"]}]}
= RouteTables[0].Routes[2].EgressOnlyInternetGatewayId: $out
= RouteTables[0].Routes[2].State: active
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
> ec2 DeleteEgressOnlyInternetGateway {"EgressOnlyInternetGatewayId":"$out"}
= ReturnCode: true
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[2].State: blackhole
> ec2 DeleteEgressOnlyInternetGateway {"EgressOnlyInternetGatewayId":"$out"}
! InvalidGatewayID.NotFound
> ec2 DescribeEgressOnlyInternetGateways {}
= EgressOnlyInternetGateways#: 0

== carrier gateways
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 CreateCarrierGateway {"VpcId":"$vpc"}
save mobile = CarrierGateway.CarrierGatewayId
= CarrierGateway.State: pending
= CarrierGateway.OwnerId: 123456789012
> ec2 CreateCarrierGateway {"VpcId":"$vpc"}
! CarrierGatewayLimitExceeded
advance 30
event pending → available
> ec2 DescribeCarrierGateways {"Filters":[{"Name":"state","Values":["available"]},{"Name":"vpc-id","Values":["$vpc"]},{"Name":"owner-id","Values":["123456789012"]}]}
= CarrierGateways#: 1
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","CarrierGatewayId":"$mobile"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].CarrierGatewayId: $mobile
> ec2 DeleteCarrierGateway {"CarrierGatewayId":"$mobile"}
= CarrierGateway.State: deleting
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].State: blackhole
advance 30
event deleting → deleted
> ec2 DescribeCarrierGateways {}
= CarrierGateways#: 0
> ec2 DescribeCarrierGateways {"CarrierGatewayIds":["$mobile"]}
! InvalidCarrierGatewayID.NotFound
