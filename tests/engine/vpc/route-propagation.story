# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVgwRoutePropagation.html: gateways that do not exist
> ec2 DescribeRouteTables {}
save table = RouteTables[0].RouteTableId
> ec2 EnableVgwRoutePropagation {"GatewayId":"vgw-00000000000000000","RouteTableId":"$table"}
! InvalidVpnGatewayID.NotFound: The vpnGateway ID 'vgw-00000000000000000' does not exist
> ec2 DisableVgwRoutePropagation {"GatewayId":"igw-00000000000000000","RouteTableId":"$table"}
! InvalidVpnGatewayID.Malformed
> ec2 EnableVgwRoutePropagation {"GatewayId":"vgw-00000000000000000","RouteTableId":"rtb-00000000000000000"}
! InvalidRouteTableID.NotFound

== tenancy goes from dedicated to default only
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcTenancy.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","InstanceTenancy":"dedicated"}
save vpc = Vpc.VpcId
> ec2 ModifyVpcTenancy {"VpcId":"$vpc","InstanceTenancy":"default"}
= ReturnValue: true
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
= Vpcs[0].InstanceTenancy: default
