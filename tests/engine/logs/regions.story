# A connection by a peering connection of two Regions: the flow logs of either Region have what its own interfaces saw.
# https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$one","CidrBlock":"10.0.1.0/24"}
save a = Subnet.SubnetId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$one"]}]}
save t1 = RouteTables[0].RouteTableId
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"vpc-id","Values":["$one"]}]}
save sg1 = SecurityGroups[0].GroupId
region eu-west-1
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$two","CidrBlock":"10.1.1.0/24"}
save b = Subnet.SubnetId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$two"]}]}
save t2 = RouteTables[0].RouteTableId
> ec2 CreateSecurityGroup {"GroupName":"far","Description":"far","VpcId":"$two"}
save sg2 = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg2","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.0.0.0/16"}]}]}
region us-east-1
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$two","PeerRegion":"eu-west-1"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
advance 60
region eu-west-1
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
advance 60
> ec2 CreateRoute {"RouteTableId":"$t2","DestinationCidrBlock":"10.0.0.0/16","VpcPeeringConnectionId":"$pcx"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$b","SecurityGroupIds":["$sg2"]}
save server = Instances[0].InstanceId
save address = Instances[0].PrivateIpAddress
save far = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
region us-east-1
> ec2 CreateRoute {"RouteTableId":"$t1","DestinationCidrBlock":"10.1.0.0/16","VpcPeeringConnectionId":"$pcx"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$a"}
save client = Instances[0].InstanceId
save from = Instances[0].PrivateIpAddress
save near = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 300
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$near"],"TrafficType":"ALL","LogGroupName":"flows","DeliverLogsPermissionArn":"$role","LogFormat":"${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${flow-direction} ${action} ${region}"}
save here = FlowLogIds[0]
region eu-west-1
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$far"],"TrafficType":"ALL","LogGroupName":"flows","DeliverLogsPermissionArn":"$role","LogFormat":"${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${flow-direction} ${action} ${region}"}
save there = FlowLogIds[0]
region us-east-1
> stratus OpenConnection {"Source":"$client","Destination":"$address","Protocol":"tcp","Port":22}
= State: established
> stratus OpenConnection {"Source":"$client","Destination":"$address","Protocol":"tcp","Port":80}
= State: timed-out
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$here"}
= Records[0].Message: $near $from $address 22 egress ACCEPT us-east-1
region eu-west-1
> stratus DescribeFlowLogRecords {"FlowLogId":"$there"}
= Records[0].Message: $far $from $address 22 ingress ACCEPT eu-west-1
= Records[1].Message: $far $address $from 40514 egress ACCEPT eu-west-1
= Records[2].Message: $far $from $address 80 ingress REJECT eu-west-1
