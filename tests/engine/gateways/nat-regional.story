# https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
== Automatic: it goes where there is work
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"}
save a = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.0/24","AvailabilityZone":"us-east-1b"}
save b = Subnet.SubnetId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save main = RouteTables[0].RouteTableId
# What is for the other kind.
> ec2 CreateNatGateway {"AvailabilityMode":"regional","VpcId":"$vpc","SubnetId":"$a"}
! InvalidParameterCombination
> ec2 CreateNatGateway {"AvailabilityMode":"regional","VpcId":"$vpc","ConnectivityType":"private"}
! InvalidParameterCombination
> ec2 CreateNatGateway {"AvailabilityMode":"regional"}
! MissingParameter
> ec2 CreateNatGateway {"SubnetId":"$a","VpcId":"$vpc","ConnectivityType":"private"}
! InvalidParameterCombination
# Without an internet gateway it fails.
> ec2 CreateNatGateway {"AvailabilityMode":"regional","VpcId":"$vpc"}
= NatGateway.State: pending
save failed = NatGateway.NatGatewayId
advance 120
> ec2 DescribeNatGateways {"NatGatewayIds":["$failed"]}
= NatGateways[0].FailureCode: Gateway.NotAttached
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$a"}
save one = Instances[0].InstanceId
> ec2 CreateNatGateway {"AvailabilityMode":"regional","VpcId":"$vpc","TagSpecifications":[{"ResourceType":"natgateway","Tags":[{"Key":"Name","Value":"out"}]}]}
= NatGateway.AvailabilityMode: regional
= NatGateway.AutoProvisionZones: enabled
= NatGateway.SubnetId: -
= NatGateway.RouteTableId: rtb-0*
save nat = NatGateway.NatGatewayId
save own = NatGateway.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$main","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
advance 120
> ec2 DescribeNatGateways {"Filter":[{"Name":"vpc-id","Values":["$vpc"]},{"Name":"state","Values":["available"]}]}
= NatGateways[0].NatGatewayAddresses#: 1
= NatGateways[0].NatGatewayAddresses[0].AvailabilityZone: us-east-1a
= NatGateways[0].NatGatewayAddresses[0].AvailabilityZoneId: use1-az*
= NatGateways[0].NatGatewayAddresses[0].NetworkInterfaceId: -
save eip = NatGateways[0].NatGatewayAddresses[0].AllocationId
save assoc = NatGateways[0].NatGatewayAddresses[0].AssociationId
> ec2 DescribeAddresses {"AllocationIds":["$eip"]}
= Addresses[0].ServiceManaged: rnat
= Addresses[0].AssociationId: $assoc
> ec2 ReleaseAddress {"AllocationId":"$eip"}
! InvalidIPAddress.InUse
> ec2 DisassociateAddress {"AssociationId":"$assoc"}
! InvalidAssociationID.NotFound
> ec2 AllocateAddress {"Domain":"vpc"}
save mine = AllocationId
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AvailabilityZone":"us-east-1a","AllocationIds":["$mine"]}
! InvalidParameterValue
> ec2 DescribeRouteTables {"RouteTableIds":["$own"]}
= RouteTables[0].Routes[1].GatewayId: $igw
> ec2 DeleteRouteTable {"RouteTableId":"$own"}
! DependencyViolation
# Out through it: 60 + 52 bytes there, 60 back, and each is processed.
> stratus OpenConnection {"Source":"$one","Destination":"internet","Protocol":"tcp","Port":443}
= State: established
meter $nat Data: 172 × nat 0s ended
# Work in a further zone: until the gateway is there, the other zone's address serves.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$b"}
save two = Instances[0].InstanceId
advance 120
> stratus OpenConnection {"Source":"$two","Destination":"internet","Protocol":"tcp","Port":443}
= State: established
advance 1200
event now in us-east-1b too
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].NatGatewayAddresses#: 2
= NatGateways[0].NatGatewayAddresses[1].AvailabilityZone: us-east-1b
# It goes with its table and its addresses.
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
advance 60
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].State: deleted
> ec2 DescribeAddresses {}
= Addresses#: 1
> ec2 DescribeRouteTables {"RouteTableIds":["$own"]}
! InvalidRouteTableID.NotFound
> ec2 DescribeRouteTables {"RouteTableIds":["$main"]}
= RouteTables[0].Routes[1].State: blackhole

== With addresses of one's own
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 AllocateAddress {"Domain":"vpc"}
save first = AllocationId
> ec2 AllocateAddress {"Domain":"vpc"}
save second = AllocationId
> ec2 CreateNatGateway {"AvailabilityMode":"regional","VpcId":"$vpc","AvailabilityZoneAddresses":[{"AvailabilityZone":"eu-west-1a","AllocationIds":["$first"]}]}
! InvalidParameterValue
> ec2 CreateNatGateway {"AvailabilityMode":"regional","VpcId":"$vpc","AvailabilityZoneAddresses":[{"AvailabilityZone":"us-east-1a","AllocationIds":["$first"]}]}
= NatGateway.AutoProvisionZones: disabled
save nat = NatGateway.NatGatewayId
advance 120
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AllocationIds":["$second"]}
! MissingParameter
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AvailabilityZone":"us-east-1b","AllocationIds":["$first"]}
! Resource.AlreadyAssociated
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AvailabilityZone":"us-east-1b","AllocationIds":["$second"]}
= NatGatewayAddresses[0].Status: associating
save assoc = NatGatewayAddresses[0].AssociationId
advance 60
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].NatGatewayAddresses[1].Status: succeeded
> ec2 DisassociateNatGatewayAddress {"NatGatewayId":"$nat","AssociationIds":["$assoc"]}
= NatGatewayAddresses[0].Status: disassociating
advance 360
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].NatGatewayAddresses#: 1
> ec2 ReleaseAddress {"AllocationId":"$second"}
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
advance 60
> ec2 ReleaseAddress {"AllocationId":"$first"}
