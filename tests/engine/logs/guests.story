# What somebody types in a guest leaves the same records as any other traffic.
# https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html

== ping is ACCEPT by protocol number 1; curl is REJECT at the security group that does not let it in, by 6; nc and a datagram
> ec2 CreateSecurityGroup {"GroupName":"pings","Description":"pings"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"icmp","FromPort":-1,"ToPort":-1,"CidrIp":"172.31.0.0/16"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["$group"],"PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
save far = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateIpAddress":"172.31.0.11","Placement":{"AvailabilityZone":"us-east-1a"}}
save app = Instances[0].InstanceId
save near = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save subnet = Instances[0].SubnetId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"Subnet","ResourceIds":["$subnet"],"TrafficType":"ALL","LogGroupName":"guests","DeliverLogsPermissionArn":"$role","LogFormat":"${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${tcp-flags} ${flow-direction} ${action}"}
save log = FlowLogIds[0]
# Three echo requests of 84 bytes, and their replies.
% $app ping -c 3 172.31.0.10
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":80,"Program":"nginx"}
% $app curl -m 5 http://172.31.0.10/
| curl: (28) Failed to connect to 172.31.0.10 port 80 after 5001 ms: Timeout was reached
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$near-all"}
= Records[0].Message: 172.31.0.11 172.31.0.10 0 0 1 3 252 0 egress ACCEPT
= Records[1].Message: 172.31.0.10 172.31.0.11 0 0 1 3 252 0 ingress ACCEPT
= Records[2].Message: 172.31.0.11 172.31.0.10 40514 80 6 1 60 2 egress ACCEPT
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$far-all"}
= Records[0].Message: 172.31.0.11 172.31.0.10 0 0 1 3 252 0 ingress ACCEPT
= Records[1].Message: 172.31.0.10 172.31.0.11 0 0 1 3 252 0 egress ACCEPT
= Records[2].Message: 172.31.0.11 172.31.0.10 40514 80 6 1 60 2 ingress REJECT

== curl that is let in: opened, asked, answered and closed, in one record each way
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{"CidrIp":"172.31.0.0/16"}]},{"IpProtocol":"udp","FromPort":53,"ToPort":53,"IpRanges":[{"CidrIp":"172.31.0.0/16"}]}]}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SecurityGroupIds":["$group"],"PrivateIpAddress":"172.31.0.10","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
save far = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateIpAddress":"172.31.0.11","Placement":{"AvailabilityZone":"us-east-1a"}}
save app = Instances[0].InstanceId
advance 120
> stratus StartListener {"InstanceId":"$web","Protocol":"tcp","Port":80,"Program":"nginx"}
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$far"],"TrafficType":"ALL","LogGroupName":"guests","DeliverLogsPermissionArn":"$role","LogFormat":"${srcaddr} ${dstport} ${protocol} ${packets} ${bytes} ${tcp-flags} ${flow-direction} ${action}"}
save log = FlowLogIds[0]
# SYN 60, ACK 52, the 74 bytes of the request and 52, its answer's ACK 52, FIN and ACK 104. Back: SYN-ACK 60, 38 bytes and 52, FIN 52.
% $app curl -s http://172.31.0.10/
# Nobody listens on port 53, and the machine says so by ICMP: port unreachable.
% $app dig @172.31.0.10 example.com
# A group that lets in no ICMP keeps the longer one out in its two fragments: 9,001 bytes are what the sender's link carries.
% $app ping -c 1 -s 9000 172.31.0.10
# What the guest keeps in itself nobody sees: not even its own interface.
> stratus PutGuestFirewall {"InstanceId":"$app","OutboundRules":[{"Action":"deny","Protocol":"tcp","FromPort":81,"ToPort":81}]}
% $app nc -w 1 172.31.0.10 81
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$far-all"}
= Records[0].Message: 172.31.0.11 80 6 6 394 3 ingress ACCEPT
= Records[1].Message: 172.31.0.10 40514 6 3 202 19 egress ACCEPT
= Records[2].Message: 172.31.0.11 53 17 1 60 0 ingress ACCEPT
= Records[3].Message: 172.31.0.10 0 1 1 56 0 egress ACCEPT
= Records[4].Message: 172.31.0.11 0 1 2 9048 0 ingress REJECT
= Records[5].Message: - - - - - - - -

== what a router on the way drops, for its size or its time, is seen where it leaves
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save app = Instances[0].InstanceId
save near = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$near"],"TrafficType":"ALL","LogGroupName":"guests","DeliverLogsPermissionArn":"$role","LogFormat":"${dstaddr} ${protocol} ${packets} ${bytes} ${flow-direction} ${action}"}
save log = FlowLogIds[0]
# The first of two is refused on its way (a gateway to the Internet carries 1,500 bytes); the other does not leave.
% $app ping -c 2 -M do -s 1473 198.51.100.7
# Three probes for the router that says nothing, and three for the other end, which answers.
% $app traceroute 198.51.100.8
# Amazon's resolver is asked on the host: no flow log has that.
% $app dig example.com
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log","LogStreamName":"$near-all"}
= Records[0].Message: 198.51.100.7 1 1 1501 egress ACCEPT
= Records[1].Message: 198.51.100.8 1 6 360 egress ACCEPT
= Records[2].Message: * 1 3 180 ingress ACCEPT
= Records[3].Message: - - - - - -
