# Connections and what security groups track of them:
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html

== a narrow rule's connection is tracked and outlives the rule; the default outbound rule alone does not make it untracked
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: timed-out
= ConnectionId: -
= Packets#: 1
= Packets[0].Flags: SYN
> stratus DescribeConnections {}
= Connections#: 0
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"203.0.113.0/24"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: established
= ConnectionId: conn-1
= Packets#: 3
= Packets[0].Flags: SYN
= Packets[0].SourceAddress: 203.0.113.25
= Packets[1].Flags: SYN-ACK
= Packets[1].DestinationAddress: 203.0.113.25
= Packets[1].SourcePort: 22
= Packets[2].Flags: ACK
> stratus DescribeConnections {}
= Connections#: 1
= Connections[0].State: allowed
= Connections[0].NetworkInterfaces[0].NetworkInterfaceId: $eni
= Connections[0].NetworkInterfaces[0].Tracked: true
= Connections[0].NetworkInterfaces[0].IdleTimeout: 432000
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"203.0.113.0/24"}
> stratus DescribeConnections {"ConnectionId":"conn-1"}
= Connections[0].State: tracked
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: timed-out
# Idle for less than five days: it goes on, and each packet starts the five days anew.
advance 431999
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: tracked
advance 431999
> stratus DescribeConnections {}
= Connections[0].State: tracked
advance 1
> stratus DescribeConnections {}
= Connections[0].State: dropped
= Connections[0].Reason: *not tracked any more: it was idle for 432000 s or longer.
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: dropped
> stratus CloseConnection {"ConnectionId":"conn-1"}
> stratus DescribeConnections {}
= Connections#: 0
> stratus CloseConnection {"ConnectionId":"conn-1"}
! InvalidConnectionID.NotFound
> stratus SendOnConnection {"ConnectionId":"1"}
! InvalidParameterValue

== a connection that rules open to all let pass in both directions is not tracked and drops with its rule
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save sg = Instances[0].SecurityGroups[0].GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
advance 120
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: established
> stratus DescribeConnections {}
= Connections[0].State: allowed
= Connections[0].NetworkInterfaces[0].Tracked: false
= Connections[0].NetworkInterfaces[0].IdleTimeout: -
= Connections[0].ExpirationTime: -
# Nothing is tracked, so nothing runs out.
advance 864000
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: allowed
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
> stratus DescribeConnections {}
= Connections[0].State: dropped

== a port that nobody listens on refuses; an echo request has a reply and is tracked whatever the rules
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save sg = Instances[0].SecurityGroups[0].GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"-1","CidrIp":"0.0.0.0/0"}
advance 120
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":8443}
= State: refused
= Packets[1].Flags: RST-ACK
= ConnectionId: -
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"icmp"}
= State: established
= Packets[0].Flags: echo request
= Packets[1].Flags: echo reply
= Packets#: 2
> stratus DescribeConnections {}
= Connections[0].Protocol: icmp
= Connections[0].NetworkInterfaces[0].Tracked: true
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"-1","CidrIp":"0.0.0.0/0"}
> stratus DescribeConnections {}
= Connections[0].State: tracked
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp"}
! InvalidParameterValue
> stratus OpenConnection {"Source":"somewhere","Destination":"$web","Protocol":"tcp","Port":22}
! InvalidParameterValue

== datagrams are forgotten sooner: 30 seconds after one exchange, 180 as a stream
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> stratus StartListener {"InstanceId":"$web","Protocol":"udp","Port":53,"Program":"dnsmasq"}
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"udp","FromPort":53,"ToPort":53,"CidrIp":"203.0.113.0/24"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"udp","Port":53}
= State: established
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"udp","Port":53}
= ConnectionId: conn-2
> stratus SendOnConnection {"ConnectionId":"conn-2"}
= NetworkInterfaces[0].IdleTimeout: 180
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"udp","FromPort":53,"ToPort":53,"CidrIp":"203.0.113.0/24"}
advance 29
> stratus DescribeConnections {}
= Connections[0].State: tracked
= Connections[1].State: tracked
advance 1
> stratus DescribeConnections {}
= Connections[0].State: dropped
= Connections[1].State: tracked
advance 149
> stratus DescribeConnections {}
= Connections[1].State: tracked
advance 1
> stratus DescribeConnections {}
= Connections[1].State: dropped

== an interface's own timeout is used where it was set
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","ConnectionTrackingSpecification":{"TcpEstablishedTimeout":60}}
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"203.0.113.0/24"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"203.0.113.0/24"}
advance 59
> stratus DescribeConnections {}
= Connections[0].State: tracked
advance 1
> stratus DescribeConnections {}
= Connections[0].State: dropped
