# What a Region has before anybody made anything: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
# A default VPC 172.31.0.0/16 with host names, tenancy default.
> ec2 DescribeVpcs {}
= Vpcs#: 1
= Vpcs[0].CidrBlock: 172.31.0.0/16
= Vpcs[0].IsDefault: true
= Vpcs[0].State: available
= Vpcs[0].InstanceTenancy: default
= Vpcs[0].OwnerId: 123456789012
= Vpcs[0].CidrBlockAssociationSet#: 1
= Vpcs[0].CidrBlockAssociationSet[0].CidrBlockState.State: associated
= Vpcs[0].Ipv6CidrBlockAssociationSet#: 0
= Vpcs[0].VpcId: vpc-0*
= Vpcs[0].DhcpOptionsId: dopt-0*
save vpc = Vpcs[0].VpcId
> ec2 DescribeVpcAttribute {"VpcId":"$vpc","Attribute":"enableDnsSupport"}
= EnableDnsSupport.Value: true
> ec2 DescribeVpcAttribute {"VpcId":"$vpc","Attribute":"enableDnsHostnames"}
= EnableDnsHostnames.Value: true
# A /20 in each zone (us-east-1 has six), default for its zone, giving out public addresses; 4,096 less the five reserved.
> ec2 DescribeSubnets {}
= Subnets#: 6
= Subnets[0].CidrBlock: 172.31.0.0/20
= Subnets[0].AvailabilityZone: us-east-1a
= Subnets[0].AvailabilityZoneId: use1-az1
= Subnets[0].DefaultForAz: true
= Subnets[0].MapPublicIpOnLaunch: true
= Subnets[0].AssignIpv6AddressOnCreation: false
= Subnets[0].AvailableIpAddressCount: 4091
= Subnets[0].PrivateDnsNameOptionsOnLaunch.HostnameType: ip-name
= Subnets[5].CidrBlock: 172.31.80.0/20
= Subnets[5].AvailabilityZone: us-east-1f
= Subnets[0].SubnetArn: arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0*
# An internet gateway, and a main route table that sends everything else to it.
> ec2 DescribeInternetGateways {}
= InternetGateways#: 1
= InternetGateways[0].Attachments[0].State: available
= InternetGateways[0].Attachments[0].VpcId: $vpc
save igw = InternetGateways[0].InternetGatewayId
> ec2 DescribeRouteTables {}
= RouteTables#: 1
= RouteTables[0].VpcId: $vpc
= RouteTables[0].Associations#: 1
= RouteTables[0].Associations[0].Main: true
= RouteTables[0].Associations[0].SubnetId: -
= RouteTables[0].Routes#: 2
= RouteTables[0].Routes[0].DestinationCidrBlock: 172.31.0.0/16
= RouteTables[0].Routes[0].GatewayId: local
= RouteTables[0].Routes[0].Origin: CreateRouteTable
= RouteTables[0].Routes[1].DestinationCidrBlock: 0.0.0.0/0
= RouteTables[0].Routes[1].GatewayId: $igw
= RouteTables[0].Routes[1].State: active
= RouteTables[0].Routes[1].Origin: CreateRoute
