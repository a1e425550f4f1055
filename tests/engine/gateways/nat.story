# NAT gateways: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
== from pending to available, deleted, and out of sight
> stratus SetTiming {"Name":"nat-gateway.pending","MinimumMillis":90000,"MaximumMillis":90000}
> stratus SetTiming {"Name":"nat-gateway.deleting","MinimumMillis":40000,"MaximumMillis":40000}
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 AllocateAddress {}
save eip = AllocationId
save ip = PublicIp
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip","ClientToken":"once","TagSpecifications":[{"ResourceType":"natgateway","Tags":[{"Key":"Name","Value":"gate"}]}]}
save nat = NatGateway.NatGatewayId
= ClientToken: once
= NatGateway.State: pending
= NatGateway.ConnectivityType: public
= NatGateway.AvailabilityMode: zonal
= NatGateway.VpcId: $vpc
= NatGateway.SubnetId: $subnet
= NatGateway.CreateTime: 2025-03-03T09:00:00Z
= NatGateway.NatGatewayAddresses[0].AllocationId: $eip
= NatGateway.NatGatewayAddresses[0].PublicIp: -
= NatGateway.Tags[0].Value: gate
# The same token makes nothing new; with other parameters it is refused.
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip","ClientToken":"once","TagSpecifications":[{"ResourceType":"natgateway","Tags":[{"Key":"Name","Value":"gate"}]}]}
= NatGateway.NatGatewayId: $nat
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip","ClientToken":"once"}
! IdempotentParameterMismatch
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip","DryRun":true}
! DryRunOperation
# An address stands in front of one private address.
> ec2 AllocateAddress {}
save spare = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$spare","SecondaryAllocationIds":["$spare"]}
! InvalidParameterValue: more than once
advance 89
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].State: pending
advance 1
event pending → available
> ec2 DescribeNatGateways {"Filter":[{"Name":"state","Values":["available"]},{"Name":"vpc-id","Values":["$vpc"]},{"Name":"subnet-id","Values":["$subnet"]},{"Name":"tag:Name","Values":["ga*"]},{"Name":"nat-gateway-id","Values":["$nat"]}]}
= NatGateways#: 1
= NatGateways[0].NatGatewayAddresses[0].PublicIp: $ip
= NatGateways[0].NatGatewayAddresses[0].IsPrimary: true
= NatGateways[0].NatGatewayAddresses[0].Status: succeeded
= NatGateways[0].FailureCode: -
save eni = NatGateways[0].NatGatewayAddresses[0].NetworkInterfaceId
save private = NatGateways[0].NatGatewayAddresses[0].PrivateIp
save association = NatGateways[0].NatGatewayAddresses[0].AssociationId
> ec2 DescribeNatGateways {"Filter":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue: The filter 'colour' is invalid
# Its interface is AWS's to manage.
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].InterfaceType: natGateway
= NetworkInterfaces[0].Description: Interface for NAT Gateway $nat
= NetworkInterfaces[0].RequesterManaged: true
= NetworkInterfaces[0].Status: in-use
= NetworkInterfaces[0].SourceDestCheck: false
= NetworkInterfaces[0].Groups#: 0
= NetworkInterfaces[0].PrivateIpAddress: $private
= NetworkInterfaces[0].Association.PublicIp: $ip
= NetworkInterfaces[0].Attachment.InstanceOwnerId: amazon-aws
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
! InvalidParameterValue: Network interface '$eni' is currently in use.
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Description":{"Value":"mine"}}
! OperationNotPermitted
> ec2 DisassociateAddress {"AssociationId":"$association"}
! AuthFailure: You do not have permission to access the specified resource.
> ec2 ReleaseAddress {"AllocationId":"$eip"}
! InvalidIPAddress.InUse
# What it needs stays.
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
! DependencyViolation: Network $vpc has some mapped public address(es).
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
! DependencyViolation
# Deleted: the address stays with the account, and the gateway is shown for an hour.
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
= NatGatewayId: $nat
event available → deleting
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].State: deleting
= NatGateways[0].DeleteTime: -
advance 40
event deleting → deleted
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].State: deleted
= NatGateways[0].DeleteTime: 2025-03-03T09:02:10Z
= NatGateways[0].NatGatewayAddresses[0].PublicIp: $ip
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
! InvalidNetworkInterfaceID.NotFound
> ec2 ReleaseAddress {"AllocationId":"$eip"}
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
advance 3599
> ec2 DescribeNatGateways {}
= NatGateways#: 1
advance 1
event no longer shown
> ec2 DescribeNatGateways {}
= NatGateways#: 0
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
! NatGatewayNotFound: NAT gateway $nat was not found
> ec2 DeleteNatGateway {"NatGatewayId":"nat-00000000000000000"}
! NatGatewayNotFound
> ec2 DeleteNatGateway {"NatGatewayId":"gate"}
! NatGatewayMalformed

== what fails only in the making
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html: FailureCode and FailureMessage
> stratus SetTiming {"Name":"nat-gateway.pending","MinimumMillis":60000,"MaximumMillis":60000}
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/28"}
save subnet = Subnet.SubnetId
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip"}
save lost = NatGateway.NatGatewayId
= NatGateway.State: pending
= NatGateway.FailureCode: -
advance 60
> ec2 DescribeNatGateways {"NatGatewayIds":["$lost"]}
= NatGateways[0].State: failed
= NatGateways[0].FailureCode: Gateway.NotAttached
= NatGateways[0].FailureMessage: Network $vpc has no Internet gateway attached
= NatGateways[0].NatGatewayAddresses[0].AllocationId: $eip
# It holds nothing.
> ec2 DescribeAddresses {"AllocationIds":["$eip"]}
= Addresses[0].AssociationId: -
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip"}
save good = NatGateway.NatGatewayId
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip"}
save twice = NatGateway.NatGatewayId
# Eleven addresses of a /28 are free.
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private","SecondaryPrivateIpAddressCount":7}
save large = NatGateway.NatGatewayId
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private","SecondaryPrivateIpAddressCount":3}
save crowded = NatGateway.NatGatewayId
advance 60
> ec2 DescribeNatGateways {"NatGatewayIds":["$good","$twice","$large","$crowded"]}
= NatGateways[0].State: available
= NatGateways[1].State: failed
= NatGateways[1].FailureCode: Resource.AlreadyAssociated
= NatGateways[1].FailureMessage: Elastic IP address $eip is already associated
= NatGateways[2].State: available
= NatGateways[2].NatGatewayAddresses#: 8
= NatGateways[3].State: failed
= NatGateways[3].FailureCode: InsufficientFreeAddressesInSubnet
= NatGateways[3].FailureMessage: Subnet has insufficient free addresses to create this NAT gateway
advance 3600
> ec2 DescribeNatGateways {}
= NatGateways#: 2
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation

== what is refused at once
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$subnet"}
! MissingParameter
> ec2 CreateNatGateway {"AllocationId":"$eip"}
! MissingParameter
> ec2 CreateNatGateway {"SubnetId":"subnet-00000000000000000","AllocationId":"$eip"}
! InvalidSubnet: Subnet subnet-00000000000000000 was not found
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"eipalloc-00000000000000000"}
! InvalidElasticIpID.NotFound
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"192.0.2.1"}
! InvalidElasticIpID.Malformed
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip","ConnectivityType":"private"}
! InvalidParameterCombination
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private","PrivateIpAddress":"192.0.2.1"}
! InvalidParameterValue
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip","SecondaryPrivateIpAddressCount":1}
! InvalidParameterCombination
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private","SecondaryPrivateIpAddressCount":8}
! PrivateIpAddressLimitExceeded
> ec2 CreateNatGateway {"AllocationId":"$eip","AvailabilityMode":"regional"}
! MissingParameter
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private","TagSpecifications":[{"ResourceType":"vpc","Tags":[{"Key":"a","Value":"b"}]}]}
! InvalidParameterValue
# Five a zone.
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private"}
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private"}
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private"}
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private"}
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private"}
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private"}
! NatGatewayLimitExceeded: Performing this operation would exceed the limit of 5 NAT gateways
> ec2 DescribeNatGateways {"MaxResults":5}
= NatGateways#: 5
= NextToken: -
> ec2 DescribeSubnets {}
save other = Subnets[1].SubnetId
> ec2 CreateNatGateway {"SubnetId":"$other","ConnectivityType":"private"}
> ec2 DescribeNatGateways {"MaxResults":5}
save more = NextToken
> ec2 DescribeNatGateways {"MaxResults":5,"NextToken":"$more"}
= NatGateways#: 1

== secondary addresses
# https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html
> stratus SetTiming {"Name":"nat-gateway.pending","MinimumMillis":60000,"MaximumMillis":60000}
> stratus SetTiming {"Name":"nat-gateway.address","MinimumMillis":20000,"MaximumMillis":20000}
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 AllocateAddress {}
save one = AllocationId
> ec2 AllocateAddress {}
save two = AllocationId
> ec2 AllocateAddress {}
save three = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$one"}
save nat = NatGateway.NatGatewayId
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AllocationIds":["$two"]}
! IncorrectState
advance 60
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AllocationIds":["$one"]}
! Resource.AlreadyAssociated
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AllocationIds":["$two","$three"]}
! AddressLimitExceeded
> ec2 AssignPrivateNatGatewayAddress {"NatGatewayId":"$nat","PrivateIpAddressCount":1}
! InvalidParameterValue
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AllocationIds":["$two"]}
= NatGatewayId: $nat
= NatGatewayAddresses#: 1
= NatGatewayAddresses[0].Status: associating
= NatGatewayAddresses[0].IsPrimary: false
= NatGatewayAddresses[0].AllocationId: $two
save second = NatGatewayAddresses[0].AssociationId
advance 20
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].NatGatewayAddresses#: 2
= NatGateways[0].NatGatewayAddresses[1].Status: succeeded
save first = NatGateways[0].NatGatewayAddresses[0].AssociationId
> ec2 DisassociateNatGatewayAddress {"NatGatewayId":"$nat","AssociationIds":["$first"]}
! InvalidParameterValue
> ec2 DisassociateNatGatewayAddress {"NatGatewayId":"$nat","AssociationIds":["eipassoc-00000000000000000"]}
! InvalidAssociationID.NotFound
> ec2 DisassociateNatGatewayAddress {"NatGatewayId":"$nat","AssociationIds":["$second"],"MaxDrainDurationSeconds":30}
= NatGatewayAddresses[0].Status: disassociating
advance 30
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
= NatGateways[0].NatGatewayAddresses#: 1
> ec2 ReleaseAddress {"AllocationId":"$two"}
# Private ones.
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private"}
save inner = NatGateway.NatGatewayId
advance 60
> ec2 AssignPrivateNatGatewayAddress {"NatGatewayId":"$inner"}
! MissingParameter
> ec2 AssignPrivateNatGatewayAddress {"NatGatewayId":"$inner","PrivateIpAddressCount":2}
= NatGatewayAddresses#: 2
= NatGatewayAddresses[0].Status: assigning
save further = NatGatewayAddresses[0].PrivateIp
advance 20
> ec2 UnassignPrivateNatGatewayAddress {"NatGatewayId":"$inner","PrivateIpAddresses":["192.0.2.1"]}
! InvalidParameterValue
> ec2 UnassignPrivateNatGatewayAddress {"NatGatewayId":"$inner","PrivateIpAddresses":["$further"]}
= NatGatewayAddresses[0].Status: unassigning
advance 349
> ec2 DescribeNatGateways {"NatGatewayIds":["$inner"]}
= NatGateways[0].NatGatewayAddresses#: 3
advance 1
> ec2 DescribeNatGateways {"NatGatewayIds":["$inner"]}
= NatGateways[0].NatGatewayAddresses#: 2
> ec2 DeleteNatGateway {"NatGatewayId":"$inner"}
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
undo
redo
advance 3700
> ec2 DescribeNatGateways {}
= NatGateways#: 0

== routes to it
> stratus SetTiming {"Name":"nat-gateway.pending","MinimumMillis":60000,"MaximumMillis":60000}
> stratus SetTiming {"Name":"nat-gateway.deleting","MinimumMillis":40000,"MaximumMillis":40000}
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 CreateNatGateway {"SubnetId":"$subnet","ConnectivityType":"private"}
save nat = NatGateway.NatGatewayId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
= Return: true
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"64:ff9b::/96","NatGatewayId":"$nat"}
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"::/0","NatGatewayId":"$nat"}
! InvalidParameterValue
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.nat-gateway-id","Values":["$nat"]}]}
= RouteTables#: 1
= RouteTables[0].Routes[1].NatGatewayId: $nat
= RouteTables[0].Routes[1].State: active
= RouteTables[0].Routes[1].Origin: CreateRoute
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save elsewhere = Vpc.VpcId
> ec2 CreateRouteTable {"VpcId":"$elsewhere"}
save foreign = RouteTable.RouteTableId
> ec2 CreateRoute {"RouteTableId":"$foreign","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
! InvalidParameterValue: route table $foreign and network gateway $nat belong to different networks
advance 60
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"],"Filters":[{"Name":"route.state","Values":["blackhole"]}]}
= RouteTables[0].Routes[1].State: blackhole
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
! InvalidNatGatewayID.NotFound: The natGateway ID '$nat' does not exist
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 ReplaceRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 DeleteRoute {"RouteTableId":"$rtb","DestinationIpv6CidrBlock":"64:ff9b::/96"}

== a private instance installs its server through it, and nobody comes in
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24"}
save public = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.0/24"}
save private = Subnet.SubnetId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"VpcId":"$vpc","InternetGatewayId":"$igw"}
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save out = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$out","SubnetId":"$public"}
> ec2 CreateRoute {"RouteTableId":"$out","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$public","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]},{"Name":"association.main","Values":["true"]}]}
save main = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$main","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
advance 120
base64 script = #!/bin/sh\nyum install -y nginx\nsystemctl enable --now nginx
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$private","UserData":"$script"}
save app = Instances[0].InstanceId
= Instances[0].PublicIpAddress: -
advance 120
see listeners of $app: tcp 22, tcp 80
# Without the gateway it gets nothing.
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$private","UserData":"$script"}
save lost = Instances[0].InstanceId
advance 120
see listeners of $lost: tcp 22
