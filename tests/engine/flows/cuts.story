# What cuts a connection at once, tracked or not: an ACL, a lost route, an end that goes, a NAT gateway that forgets.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
# https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html

== an ACL that denies cuts a tracked connection; without it the connection goes on
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> ec2 DescribeNetworkAcls {}
save acl = NetworkAcls[0].NetworkAclId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"203.0.113.0/24"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: established
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"203.0.113.0/24"}
> stratus DescribeConnections {}
= Connections[0].State: tracked
# Of the answers alone: that is enough.
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":50,"Protocol":"6","RuleAction":"deny","Egress":true,"CidrBlock":"203.0.113.0/24","PortRange":{"From":1024,"To":65535}}
> stratus DescribeConnections {}
= Connections[0].State: dropped
# Nothing was sent meanwhile, so nobody has noticed.
> ec2 DeleteNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":50,"Egress":true}
> stratus DescribeConnections {}
= Connections[0].State: tracked
# Who sends into the cut gives up.
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":50,"Protocol":"6","RuleAction":"deny","Egress":false,"CidrBlock":"203.0.113.0/24","PortRange":{"From":22,"To":22}}
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: dropped
> ec2 DeleteNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":50,"Egress":false}
> stratus DescribeConnections {}
= Connections[0].State: dropped

== a route that is gone cuts; a reboot forgets
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> ec2 DescribeRouteTables {}
save table = RouteTables[0].RouteTableId
save igw = RouteTables[0].Routes[1].GatewayId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"203.0.113.0/24"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: established
> ec2 DeleteRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0"}
> stratus DescribeConnections {}
= Connections[0].State: dropped
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> stratus DescribeConnections {}
= Connections[0].State: allowed
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 120
> stratus DescribeConnections {}
= Connections[0].State: dropped
= Connections[0].Reason: The guest of $web went down, and with it all of its connections.
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= ConnectionId: conn-2
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> stratus DescribeConnections {"ConnectionId":"conn-2"}
= Connections[0].State: dropped

== a NAT gateway forgets what is idle for 350 seconds
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
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443}
= State: established
# What goes through a NAT gateway is always tracked.
> stratus DescribeConnections {}
= Connections[0].NetworkInterfaces[0].Tracked: true
= Connections[0].State: allowed
advance 349
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: allowed
advance 349
> stratus DescribeConnections {}
= Connections[0].State: allowed
advance 1
> stratus DescribeConnections {}
= Connections[0].State: dropped
= Connections[0].Reason: The NAT gateway $nat forgot the connection after 350 seconds without a packet, and answers whoever goes on behind it with RST.
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: dropped

== an address that moves takes no connection with it
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save app = Instances[0].InstanceId
advance 120
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443}
= State: established
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$app"}
> stratus DescribeConnections {}
= Connections[0].State: dropped
= Connections[0].Reason: It would arrive from * now, and the other end knows a connection from *.
