# How many connections a NAT gateway has at once. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html

== 55,000 to one destination for each address; a second address, an end and 350 idle seconds make room
> ec2 DescribeSubnets {}
save public = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 AllocateAddress {}
save eip = AllocationId
save first = PublicIp
> ec2 CreateNatGateway {"SubnetId":"$public","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"172.31.200.0/24"}
save private = Subnet.SubnetId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save table = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$table","SubnetId":"$private"}
advance 300
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$private"}
save app = Instances[0].InstanceId
advance 120
# Many alike are one row.
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":50000}
= State: established
= ConnectionId: conn-1
= Count: 50000
# So many as there are ports left; the others are dropped, of which CloudWatch's ErrorPortAllocation tells.
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":10000}
= State: timed-out
= ConnectionId: conn-2
= Count: 5000
= Packets#: 1
= Reason: *$nat* has 55,000 connections to TCP port 443 of 198.51.100.7 open, all that its one address can have to one destination (55,000): it drops this one. CloudWatch, which is not simulated, would count it as ErrorPortAllocation. Give the gateway another address, or share the work among several gateways.
event ErrorPortAllocation
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443}
= State: timed-out
= ConnectionId: -
= Count: -
% $app nc -zv -w 2 198.51.100.7 443
| nc: connect to 198.51.100.7 port 443 (tcp) failed: Connection timed out
# Another destination has ports of its own.
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.8","Protocol":"tcp","Port":443,"Count":55000}
= State: established
= ConnectionId: conn-3
= Count: 55000
> stratus DescribeConnections {}
= Connections#: 3
= Connections[0].Count: 50000
= Connections[1].Count: 5000
= Connections[1].State: allowed
# A secondary address: connections are shared among both.
> ec2 AllocateAddress {}
save more = AllocationId
> ec2 AssociateNatGatewayAddress {"NatGatewayId":"$nat","AllocationIds":["$more"]}
advance 120
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":60000}
= State: timed-out
= Count: 55000
= Reason: *has 110,000 connections to*all that its 2 addresses can have to one destination (55,000 each)*
# What has ended leaves its ports to others.
> stratus CloseConnection {"ConnectionId":"conn-1"}
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":2}
= State: established
= Count: 2
> stratus SendOnConnection {"ConnectionId":"conn-4"}
= State: allowed
= Count: 55000
# The gateway forgets what has been idle for 350 seconds. conn-2 had its last packet before the others.
advance 229
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":49999}
= State: timed-out
= Count: 49998
advance 1
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":5000}
= State: established
= Count: 5000
# The address goes once its connections have had their time; what still has it is lost.
> ec2 DescribeNatGateways {"NatGatewayIds":["$nat"]}
save second = NatGateways[0].NatGatewayAddresses[1].AssociationId
> ec2 DisassociateNatGatewayAddress {"NatGatewayId":"$nat","AssociationIds":["$second"],"MaxDrainDurationSeconds":60}
> stratus SendOnConnection {"ConnectionId":"conn-4"}
= State: allowed
advance 61
> stratus SendOnConnection {"ConnectionId":"conn-4"}
= State: dropped
= Reason: It would arrive from $first now, and the other end knows a connection from *

== what all of them send costs; the gateway's processing is by the byte
# https://aws.amazon.com/vpc/pricing/
> ec2 DescribeSubnets {}
save public = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$public","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"172.31.200.0/24"}
save private = Subnet.SubnetId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save table = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$table","SubnetId":"$private"}
advance 300
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$private"}
save app = Instances[0].InstanceId
advance 120
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":1000}
= Count: 1000
meter $nat Data: 172000 × nat 0s ended

== a gateway of another Region, behind a peering of transit gateways, has its limit as well, whoever's Region the connections are of
# https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html
> ec2 CreateTransitGateway {}
save near = TransitGateway.TransitGatewayId
save near_rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.1.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save app = Instances[0].InstanceId
region eu-west-1
> ec2 CreateTransitGateway {}
save far = TransitGateway.TransitGatewayId
save far_rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateVpc {"CidrBlock":"10.2.0.0/16"}
save far_vpc = Vpc.VpcId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$far_vpc"}
> ec2 CreateSubnet {"VpcId":"$far_vpc","CidrBlock":"10.2.1.0/24"}
save landing = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$far_vpc","CidrBlock":"10.2.2.0/24"}
save public = Subnet.SubnetId
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$public","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
advance 300
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$far","VpcId":"$far_vpc","SubnetIds":["$landing"]}
save far_att = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
region us-east-1
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$near","VpcId":"$vpc","SubnetIds":["$subnet"]}
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$near","PeerTransitGatewayId":"$far","PeerAccountId":"123456789012","PeerRegion":"eu-west-1"}
save peering = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
advance 120
region eu-west-1
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$peering"}
advance 120
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$far_rtb","DestinationCidrBlock":"10.1.0.0/16","TransitGatewayAttachmentId":"$peering"}
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$far_rtb","DestinationCidrBlock":"0.0.0.0/0","TransitGatewayAttachmentId":"$far_att"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$far_vpc"]}]}
save main = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$main","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 CreateRouteTable {"VpcId":"$far_vpc"}
save table = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$table","SubnetId":"$public"}
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"10.1.0.0/16","TransitGatewayId":"$far"}
region us-east-1
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$near_rtb","DestinationCidrBlock":"0.0.0.0/0","TransitGatewayAttachmentId":"$peering"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save own = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$own","DestinationCidrBlock":"0.0.0.0/0","TransitGatewayId":"$near"}
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":50000}
= State: established
= Count: 50000
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443,"Count":10000}
= State: timed-out
= Count: 5000
= Reason: *$nat* has 55,000 connections to TCP port 443 of 198.51.100.7 open, *
# Those of the gateway's own Region count with them.
region eu-west-1
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$landing"}
save near_it = Instances[0].InstanceId
advance 120
> stratus OpenConnection {"Source":"$near_it","Destination":"198.51.100.7","Protocol":"tcp","Port":443}
= State: timed-out
= Reason: *$nat* has 55,000 connections to *
