# What a connection leaves in a flow log: both directions, the flags of a capture window joined, one record a window.
# https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
# https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html

== a connection from opening to closing, at both of its ends
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
save app = Instances[0].InstanceId
save web = Instances[1].InstanceId
save near = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save far = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
save from = Instances[0].PrivateIpAddress
save to = Instances[1].PrivateIpAddress
save subnet = Instances[0].SubnetId
save vpc = Instances[0].VpcId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"Subnet","ResourceIds":["$subnet"],"TrafficType":"ALL","LogGroupName":"flows","DeliverLogsPermissionArn":"$role","LogFormat":"${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${packets} ${bytes} ${tcp-flags} ${flow-direction} ${traffic-path} ${action} ${type}"}
save log = FlowLogIds[0]
> ec2 DescribeFlowLogs {"FlowLogIds":["$log"]}
= FlowLogs[0].LogFormat: ${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${packets} ${bytes} ${tcp-flags} ${flow-direction} ${traffic-path} ${action} ${type}
> stratus OpenConnection {"Source":"$app","Destination":"$to","Protocol":"tcp","Port":22}
= State: established
# SYN 60 and ACK 52 there, SYN-ACK 60 back.
advance 61
> stratus SendOnConnection {"ConnectionId":"conn-1","Bytes":3000,"AnswerBytes":100}
# Two full segments, one of 104 bytes of data, and the acknowledgement; one segment back.
> stratus CloseConnection {"ConnectionId":"conn-1"}
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$near-all"}
= Records[0].Message: $near $from $to 22 2 112 2 egress 1 ACCEPT IPv4
= Records[1].Message: $near $to $from 40514 1 60 18 ingress - ACCEPT IPv4
= Records[2].Message: $near $from $to 22 6 3312 1 egress 1 ACCEPT IPv4
= Records[3].Message: $near $to $from 40514 2 204 1 ingress - ACCEPT IPv4
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$far-all"}
= Records[0].Message: $far $from $to 22 2 112 2 ingress - ACCEPT IPv4
= Records[1].Message: $far $to $from 40514 1 60 18 egress 1 ACCEPT IPv4
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","MaxResults":3}
= Records#: 3
save more = NextToken
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","MaxResults":3,"NextToken":"$more"}
= Records#: 3

== short enough, it is one record each way, with the flags of all of its packets; nobody listening is a reset
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":0,"ToPort":65535,"CidrIp":"0.0.0.0/0"}
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ACCEPT","LogGroupName":"flows","DeliverLogsPermissionArn":"$role","LogFormat":"${srcport} ${dstport} ${packets} ${bytes} ${tcp-flags} ${action} ${traffic-path}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
> stratus CloseConnection {"ConnectionId":"conn-1"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":8443}
= State: refused
# A datagram to a port that nobody has is answered by ICMP; the group does not let it in at all here.
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"udp","Port":53}
= State: timed-out
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$eni-accept"}
# SYN and FIN: 3. SYN-ACK and FIN: 19. A Nitro instance's way through an internet gateway: 8.
= Records[0].Message: 51514 22 4 216 3 ACCEPT -
= Records[1].Message: 22 51514 2 112 19 ACCEPT 8
= Records[2].Message: 51514 8443 1 60 2 ACCEPT -
= Records[3].Message: 8443 51514 1 40 4 ACCEPT 8
= Records[4].Message: - - - - - - -

== what Amazon's resolver, the metadata service and the time service are asked is not logged
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save vpc = Instances[0].VpcId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogGroupName":"flows","DeliverLogsPermissionArn":"$role"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$web","Destination":"172.31.0.2","Protocol":"udp","Port":53}
= State: established
> stratus OpenConnection {"Source":"$web","Destination":"169.254.169.254","Protocol":"tcp","Port":80}
= State: established
> stratus OpenConnection {"Source":"$web","Destination":"169.254.169.123","Protocol":"udp","Port":123}
= State: established
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records#: 0
> stratus DescribeFlowLogRecords {"LogGroupName":"flows"}
! ResourceNotFoundException
# Another resolver's traffic is.
> stratus OpenConnection {"Source":"$web","Destination":"198.51.100.53","Protocol":"udp","Port":53}
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: * 53 17 1 60 * ACCEPT OK

== through a NAT gateway: what the packet has, and what the interfaces show
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
save inside = NatGateways[0].NatGatewayAddresses[0].PrivateIp
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$private"}
save app = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save ip = Instances[0].PrivateIpAddress
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogGroupName":"nat","DeliverLogsPermissionArn":"$role","LogFormat":"${instance-id} ${interface-id} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$app","Destination":"203.0.113.5","Protocol":"tcp","Port":443}
= State: established
advance 1500
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$eni-all"}
= Records[0].Message: $app $eni $ip 203.0.113.5 $ip 203.0.113.5
= Records[1].Message: $app $eni 203.0.113.5 $ip 203.0.113.5 $ip
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$door-all"}
= Records[0].Message: - $door $ip $inside $ip 203.0.113.5
= Records[1].Message: - $door $inside 203.0.113.5 $inside 203.0.113.5
= Records[2].Message: - $door 203.0.113.5 $inside 203.0.113.5 $inside
= Records[3].Message: - $door $inside $ip 203.0.113.5 $ip

== what the other end does not take for its connection has no answer
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save app = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"flows","DeliverLogsPermissionArn":"$role","LogFormat":"${packets} ${flow-direction} ${log-status}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$app","Destination":"internet","Protocol":"tcp","Port":443}
= State: established
advance 61
# From here on it comes from another address.
> ec2 AllocateAddress {}
save elastic = AllocationId
> ec2 AssociateAddress {"InstanceId":"$app","AllocationId":"$elastic"}
> stratus SendOnConnection {"ConnectionId":"conn-1"}
= State: dropped
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: 2 egress OK
= Records[1].Message: 1 ingress OK
= Records[2].Message: 1 egress OK
= Records[3].Message: - - NODATA
= Records#: 4

== a flow log that goes says nothing of the minutes to come
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save app = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"flows","DeliverLogsPermissionArn":"$role","LogFormat":"${packets} ${flow-direction} ${log-status}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$app","Destination":"internet","Protocol":"tcp","Port":443}
> ec2 DeleteFlowLogs {"FlowLogIds":["$log"]}
> stratus DescribeFlowLogRecords {"LogGroupName":"flows"}
= Records#: 2
= Records[0].Message: 2 egress OK
= Records[1].Message: 1 ingress OK
