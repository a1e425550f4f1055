# What goes through a load balancer: the records of its interfaces, a connection that keeps its target, and the way by its name.

== the node of a Network Load Balancer has records of both of its sides
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":3,"MaxCount":3,"InstanceType":"t3.micro","SubnetId":"$a"}
save client = Instances[0].InstanceId
save from = Instances[0].PrivateIpAddress
save one = Instances[1].InstanceId
save two = Instances[2].InstanceId
save sg = Instances[0].SecurityGroups[0].GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"172.31.0.0/16"}
advance 120
> elbv2 CreateLoadBalancer {"Name":"fast","Type":"network","Scheme":"internal","SubnetMappings":[{"SubnetId":"$a","PrivateIPv4Address":"172.31.0.100"}]}
save lb = LoadBalancers[0].LoadBalancerArn
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"description","Values":["ELB net/fast/*"]}]}
save node = NetworkInterfaces[0].NetworkInterfaceId
save address = NetworkInterfaces[0].PrivateIpAddress
> elbv2 CreateTargetGroup {"Name":"shells","Protocol":"TCP","Port":22,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 ModifyTargetGroupAttributes {"TargetGroupArn":"$tg","Attributes":[{"Key":"preserve_client_ip.enabled","Value":"false"}]}
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$one"}]}
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"TCP","Port":2222,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
advance 300
> elbv2 DescribeTargetHealth {"TargetGroupArn":"$tg"}
= TargetHealthDescriptions[0].TargetHealth.State: healthy
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$node"],"TrafficType":"ALL","LogGroupName":"flows","DeliverLogsPermissionArn":"$role","LogFormat":"${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${flow-direction} ${action}"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"$client","Destination":"$address","Protocol":"tcp","Port":2222}
= State: established
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records[0].Message: $node $from $address 2222 ingress ACCEPT
# The connection stays with its target while others are registered, and is lost with it.
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$two"}]}
advance 300
> stratus SendOnConnection {"ConnectionId":"conn-1","Bytes":100}
= State: allowed
> elbv2 DeleteLoadBalancer {"LoadBalancerArn":"$lb"}
> stratus SendOnConnection {"ConnectionId":"conn-1","Bytes":100}
= State: dropped

== a path of the Reachability Analyzer to a node says what the listener says
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$a"}
save client = Instances[0].InstanceId
advance 120
> elbv2 CreateLoadBalancer {"Name":"fast","Type":"network","Subnets":["$a"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateTargetGroup {"Name":"shells","Protocol":"TCP","Port":22,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"TCP","Port":22,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
save listener = Listeners[0].ListenerArn
advance 180
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"description","Values":["ELB net/fast/*"]}]}
save node = NetworkInterfaces[0].NetworkInterfaceId
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$node","Protocol":"tcp","DestinationPort":22,"ClientToken":"one"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"one"}
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsPathId":"$path"}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ELBV2_LISTENER_REQUIRES_TG_ACCEPT
= NetworkInsightsAnalyses[0].Explanations[0].LoadBalancerArn: $lb
= NetworkInsightsAnalyses[0].Explanations[0].ElasticLoadBalancerListener.Arn: $listener
= NetworkInsightsAnalyses[0].Explanations[0].LoadBalancerListenerPort: 22
