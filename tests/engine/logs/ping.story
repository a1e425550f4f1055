# The worked example: who pings, what the security group remembers, and what the network ACL does not.
# https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html

== a security group that lets ICMP in, and an ACL that does not let the answer out: ACCEPT and REJECT
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save ip = Instances[0].PrivateIpAddress
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 DescribeNetworkAcls {}
save acl = NetworkAcls[0].NetworkAclId
# Inbound rules allow ICMP, outbound rules do not.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"icmp","FromPort":-1,"ToPort":-1,"CidrIp":"0.0.0.0/0"}
> ec2 RevokeSecurityGroupEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
# The network ACL lets ICMP in, and not out.
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":50,"Protocol":"1","IcmpTypeCode":{"Type":-1,"Code":-1},"RuleAction":"deny","Egress":true,"CidrBlock":"0.0.0.0/0"}
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"pings","DeliverLogsPermissionArn":"$role"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"icmp"}
= State: timed-out
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: 2 123456789012 $eni 203.0.113.25 $ip 0 0 1 1 84 1740992520 1740992520 ACCEPT OK
= Records[1].Message: 2 123456789012 $eni $ip 203.0.113.25 0 0 1 1 84 1740992520 1740992520 REJECT OK
= Records[0].LogStreamName: $eni-all
= Records[0].LogGroupName: pings
= Records[2].Message: 2 123456789012 $eni - - - - - - - 1740992580 1740992640 - NODATA
= Records#: 4

== an ACL that lets ICMP out as well: two ACCEPT records
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save ip = Instances[0].PrivateIpAddress
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"icmp","FromPort":-1,"ToPort":-1,"CidrIp":"0.0.0.0/0"}
> ec2 RevokeSecurityGroupEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"pings","DeliverLogsPermissionArn":"$role"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"icmp"}
= State: established
# A second one in the same minute belongs to the same flow.
advance 10
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"icmp"}
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: 2 123456789012 $eni 203.0.113.25 $ip 0 0 1 2 168 1740992520 1740992530 ACCEPT OK
= Records[1].Message: 2 123456789012 $eni $ip 203.0.113.25 0 0 1 2 168 1740992520 1740992530 ACCEPT OK

== a security group that does not let ICMP in: one REJECT record, and none of an answer
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save ip = Instances[0].PrivateIpAddress
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"pings","DeliverLogsPermissionArn":"$role"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"icmp"}
= State: timed-out
advance 900
> stratus DescribeFlowLogRecords {"LogGroupName":"pings"}
= Records[0].Message: 2 123456789012 $eni 203.0.113.25 $ip 0 0 1 1 84 1740992520 1740992520 REJECT OK
= Records[1].Message: *NODATA

== an ACL that lets nothing in: one REJECT record, at the interface that it was for
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save vpc = Instances[0].VpcId
save ip = Instances[0].PrivateIpAddress
save sg = Instances[0].SecurityGroups[0].GroupId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 DescribeNetworkAcls {}
save acl = NetworkAcls[0].NetworkAclId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"-1","CidrIp":"0.0.0.0/0"}
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":50,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"203.0.113.0/24"}
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"REJECT","LogGroupName":"refused","DeliverLogsPermissionArn":"$role","LogFormat":"${interface-id} ${action} ${flow-direction} ${tcp-flags} ${traffic-path} ${reject-reason} ${instance-id}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: timed-out
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: $eni REJECT ingress 2 - - $web
= Records[0].LogStreamName: $eni-reject
