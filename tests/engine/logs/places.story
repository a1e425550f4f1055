# Where else traffic is seen: at transit gateways and their interfaces, across peering, at what VPC Block Public Access stops, and
# on instances that are not on the Nitro system.

== a transit gateway's own flow log, and the interfaces of its attachments in the VPC's
# https://docs.aws.amazon.com/vpc/latest/tgw/tgw-flow-logs.html
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.2.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$one","CidrBlock":"10.1.1.0/24","AvailabilityZone":"us-east-1a"}
save here = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$two","CidrBlock":"10.2.1.0/24","AvailabilityZone":"us-east-1a"}
save there = Subnet.SubnetId
> ec2 CreateTransitGateway {}
save hub = TransitGateway.TransitGatewayId
advance 300
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$hub","VpcId":"$one","SubnetIds":["$here"]}
save near = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$hub","VpcId":"$two","SubnetIds":["$there"]}
save far = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
advance 120
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$one"]}]}
save from_table = RouteTables[0].RouteTableId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$two"]}]}
save to_table = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$from_table","DestinationCidrBlock":"10.0.0.0/8","TransitGatewayId":"$hub"}
> ec2 CreateRoute {"RouteTableId":"$to_table","DestinationCidrBlock":"10.0.0.0/8","TransitGatewayId":"$hub"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$here"}
save app = Instances[0].InstanceId
save from = Instances[0].PrivateIpAddress
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$there"}
save to = Instances[0].PrivateIpAddress
save sg = Instances[0].SecurityGroups[0].GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"10.1.0.0/16"}
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"TransitGateway","ResourceIds":["$hub"],"TrafficType":"ALL","LogGroupName":"hub","DeliverLogsPermissionArn":"$role"}
! InvalidParameter
> ec2 CreateFlowLogs {"ResourceType":"TransitGateway","ResourceIds":["$hub"],"LogGroupName":"hub","DeliverLogsPermissionArn":"$role","MaxAggregationInterval":600}
! InvalidParameter
> ec2 CreateFlowLogs {"ResourceType":"TransitGateway","ResourceIds":["$hub"],"LogGroupName":"hub","DeliverLogsPermissionArn":"$role","LogFormat":"${tgw-id} ${tgw-attachment-id} ${tgw-pair-attachment-id} ${tgw-src-vpc-id} ${tgw-dst-vpc-id} ${srcaddr} ${dstaddr} ${dstport} ${flow-direction} ${packets-lost-no-route} ${packets-lost-blackhole}"}
save log = FlowLogIds[0]
> ec2 DescribeFlowLogs {}
= FlowLogs[0].TrafficType: -
= FlowLogs[0].MaxAggregationInterval: 60
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$one"],"TrafficType":"ALL","LogGroupName":"vpc","DeliverLogsPermissionArn":"$role","LogFormat":"${interface-id} ${srcaddr} ${pkt-srcaddr} ${dstaddr} ${pkt-dstaddr} ${flow-direction} ${traffic-path}"}
save vpc_log = FlowLogIds[0]
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"interface-type","Values":["transit_gateway"]},{"Name":"vpc-id","Values":["$one"]}]}
save door = NetworkInterfaces[0].NetworkInterfaceId
save own = NetworkInterfaces[0].PrivateIpAddress
> stratus OpenConnection {"Source":"$app","Destination":"$to","Protocol":"tcp","Port":22}
= State: established
# Nothing leads there from the gateway.
> stratus OpenConnection {"Source":"$app","Destination":"10.9.0.1","Protocol":"tcp","Port":22}
= State: timed-out
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$near"}
= Records[0].Message: $hub $near $far $one $two $from $to 22 ingress 0 0
= Records[1].Message: $hub $near $far $two $one $to $from 40514 egress 0 0
= Records[2].Message: $hub $near - $one - $from 10.9.0.1 22 ingress 1 0
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$far"}
= Records[0].Message: $hub $far $near $one $two $from $to 22 egress 0 0
= Records[1].Message: $hub $far $near $two $one $to $from 40514 ingress 0 0
> stratus DescribeFlowLogRecords {"FlowLogId":"$vpc_log","LogStreamName":"$door-all"}
= Records[0].Message: $door $from $from $own $to ingress -
= Records[1].Message: $door $own $to $from $from egress 1

== the default format of a transit gateway's log has all of its fields
> ec2 CreateTransitGateway {}
save hub = TransitGateway.TransitGatewayId
advance 300
> ec2 CreateFlowLogs {"ResourceType":"TransitGateway","ResourceIds":["$hub"],"LogGroupName":"hub","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/flows"}
> ec2 DescribeFlowLogs {}
= FlowLogs[0].LogFormat: ${version} ${resource-type} ${account-id} ${tgw-id} ${tgw-attachment-id} ${tgw-src-vpc-account-id} *${packets-lost-ttl-expired} ${tcp-flags} ${region} ${flow-direction} ${pkt-src-aws-service} ${pkt-dst-aws-service}

== what VPC Block Public Access stops is rejected, and says why
# https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save ip = Instances[0].PrivateIpAddress
save sg = Instances[0].SecurityGroups[0].GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"-1","CidrIp":"0.0.0.0/0"}
> ec2 ModifyVpcBlockPublicAccessOptions {"InternetGatewayBlockMode":"block-bidirectional"}
advance 300
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"bpa","DeliverLogsPermissionArn":"$role","LogFormat":"${version} ${srcaddr} ${dstaddr} ${action} ${reject-reason} ${flow-direction}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: timed-out
> stratus OpenConnection {"Source":"$web","Destination":"198.51.100.7","Protocol":"tcp","Port":443}
= State: timed-out
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: 8 203.0.113.25 $ip REJECT BPA ingress
= Records[1].Message: 8 $ip 198.51.100.7 REJECT BPA egress

== outside the Nitro system a capture window is as long as the flow log says; the way to the Internet has another number
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro"}
save app = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 240
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"slow","DeliverLogsPermissionArn":"$role","LogFormat":"${start} ${end} ${packets} ${traffic-path} ${log-status} ${az-id} ${region} ${pkt-dst-aws-service} ${ecs-task-id} ${encryption-status}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"icmp"}
advance 120
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"icmp"}
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: 1740992640 1740992760 2 2 OK use1-az* us-east-1 - - -
= Records[1].Message: 1740992640 1740992760 2 - OK use1-az* us-east-1 - - -
= Records#: 2

== across a peering connection
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.2.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$one","CidrBlock":"10.1.1.0/24"}
save here = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$two","CidrBlock":"10.2.1.0/24"}
save there = Subnet.SubnetId
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$two"}
save peering = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$peering"}
advance 60
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$one"]}]}
save from_table = RouteTables[0].RouteTableId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$two"]}]}
save to_table = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$from_table","DestinationCidrBlock":"10.2.0.0/16","VpcPeeringConnectionId":"$peering"}
> ec2 CreateRoute {"RouteTableId":"$to_table","DestinationCidrBlock":"10.1.0.0/16","VpcPeeringConnectionId":"$peering"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$here"}
save app = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$there"}
save to = Instances[0].PrivateIpAddress
save sg = Instances[0].SecurityGroups[0].GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"10.1.0.0/16"}
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"peer","DeliverLogsPermissionArn":"$role","LogFormat":"${dstaddr} ${traffic-path}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$app","Destination":"$to","Protocol":"tcp","Port":22}
= State: established
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: $to 4

== a connection that a revoked rule cuts: what is sent on it is rejected; one that a NAT gateway forgot is reset
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
# Open to all, so it is not tracked.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"cut","DeliverLogsPermissionArn":"$role","LogFormat":"${srcport} ${dstport} ${packets} ${tcp-flags} ${action}"}
save log = FlowLogIds[0]
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: dropped
# It has been given up: closing it sends nothing more.
> stratus CloseConnection {"ConnectionId":"conn-1"}
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: 51514 22 1 0 REJECT
= Records[1].Message: - - - - -

== to a secondary address: the records show the interface's own, and the packet's in fields of their own
# https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
save app = Instances[0].InstanceId
save from = Instances[0].PrivateIpAddress
save web = Instances[1].InstanceId
save eni = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
save own = Instances[1].PrivateIpAddress
advance 120
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$eni","SecondaryPrivateIpAddressCount":1}
save second = AssignedPrivateIpAddresses[0].PrivateIpAddress
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"second","DeliverLogsPermissionArn":"$role","LogFormat":"${version} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$app","Destination":"$second","Protocol":"tcp","Port":22}
= State: established
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: 3 $from $own $from $second
= Records[1].Message: 3 $own $from $second $from

== over IPv6
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.1.1.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","SubnetId":"$subnet","Ipv6AddressCount":1}
save app = Instances[0].InstanceId
save from = Instances[0].NetworkInterfaces[0].Ipv6Addresses[0].Ipv6Address
save to = Instances[1].NetworkInterfaces[0].Ipv6Addresses[0].Ipv6Address
save eni = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"six","DeliverLogsPermissionArn":"$role","LogFormat":"${srcaddr} ${dstaddr} ${protocol} ${bytes} ${type}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$app","Destination":"$to","Protocol":"icmp"}
= State: established
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: $from $to 58 104 IPv6
= Records[1].Message: $to $from 58 104 IPv6

== what comes unasked to a NAT gateway is accepted by the ACL, which is all that filters there; the gateway drops it
> ec2 DescribeSubnets {}
save public = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 AllocateAddress {}
save eip = AllocationId
save address = PublicIp
> ec2 CreateNatGateway {"SubnetId":"$public","AllocationId":"$eip"}
advance 300
> ec2 DescribeNatGateways {}
save door = NatGateways[0].NatGatewayAddresses[0].NetworkInterfaceId
save inside = NatGateways[0].NatGatewayAddresses[0].PrivateIp
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$door"],"TrafficType":"ALL","LogGroupName":"nat","DeliverLogsPermissionArn":"$role"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"internet","Destination":"$address","Protocol":"tcp","Port":22}
= State: timed-out
advance 1500
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: 2 123456789012 $door 203.0.113.25 $inside 51514 22 6 1 60 * ACCEPT OK

== what a NAT gateway has forgotten it keeps, and answers with a reset
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
> ec2 DescribeNatGateways {}
save door = NatGateways[0].NatGatewayAddresses[0].NetworkInterfaceId
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$private"}
save app = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> stratus OpenConnection {"Source":"$app","Destination":"198.51.100.7","Protocol":"tcp","Port":443}
advance 400
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogGroupName":"nat","DeliverLogsPermissionArn":"$role","LogFormat":"${interface-id} ${pkt-dstaddr} ${tcp-flags} ${flow-direction} ${action}"}
save log = FlowLogIds[0]
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: dropped
advance 1500
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$eni-all"}
= Records[0].Message: $eni 198.51.100.7 0 egress ACCEPT
= Records[1].Message: $eni 172.31.200.* 4 ingress ACCEPT
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$door-all"}
= Records[0].Message: $door 198.51.100.7 0 ingress ACCEPT
= Records[1].Message: $door 172.31.200.* 4 egress ACCEPT
