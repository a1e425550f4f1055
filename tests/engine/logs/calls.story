# Making, describing and deleting flow logs.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html

== what a call is told that is not right
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL"}
! InvalidParameter: LogDestination can't be empty if LogGroupName is not provided.
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogGroupName":"a"}
! InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogGroupName":"a"}
! InvalidParameter: LogDestination type must be cloud-watch-logs if LogGroupName is provided.
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogGroupName":"a","LogDestination":"arn:aws:logs:us-east-1:123456789012:log-group:a","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/x"}
! InvalidParameter: Please only provide LogGroupName or only provide LogDestination.
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"LogGroupName":"a","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/x"}
! MissingParameter
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogGroupName":"a","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/x","MaxAggregationInterval":300}
! InvalidParameter: Invalid Flow Log Max Aggregation Interval
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogGroupName":"a","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/x","LogFormat":"${version} ${colour} ${taste}"}
! InvalidParameter: Unknown fields provided: [colour, taste]
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["vpc-01234567890123456"],"TrafficType":"ALL","LogGroupName":"a","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/x"}
! InvalidVpcID.NotFound
> ec2 CreateFlowLogs {"ResourceType":"Subnet","ResourceIds":["$vpc"],"TrafficType":"ALL","LogGroupName":"a","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/x"}
! InvalidSubnetID.Malformed
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::nobody-has-this"}
= FlowLogIds#: 0
= Unsuccessful[0].ResourceId: $vpc
= Unsuccessful[0].Error.Code: 400
= Unsuccessful[0].Error.Message: LogDestination: nobody-has-this does not exist.
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"kinesis-data-firehose","LogDestination":"arn:aws:firehose:us-east-1:123456789012:deliverystream/flows"}
= Unsuccessful[0].Error.Message: LogDestination: arn:aws:firehose:us-east-1:123456789012:deliverystream/flows does not exist.
> s3 CreateBucket {"Bucket":"flows-here"}
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-here/AWSLogs/"}
! InvalidParameter
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-here","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/x"}
! InvalidParameter: DeliverLogsPermissionArn is not applicable for s3 delivery
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-here","DestinationOptions":{"FileFormat":"parquet"}}
! UnsupportedOperation
> ec2 CreateFlowLogs {"DryRun":true,"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-here"}
! DryRunOperation

== one made, described, found by filters, and deleted
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeSubnets {}
save first = Subnets[0].SubnetId
save second = Subnets[1].SubnetId
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"REJECT","LogGroupName":"refused","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/flows","TagSpecifications":[{"ResourceType":"vpc-flow-log","Tags":[{"Key":"Name","Value":"refusals"}]}],"ClientToken":"once"}
save log = FlowLogIds[0]
= ClientToken: once
= Unsuccessful#: 0
# The same call with its token makes nothing new.
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"REJECT","LogGroupName":"refused","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/flows","TagSpecifications":[{"ResourceType":"vpc-flow-log","Tags":[{"Key":"Name","Value":"refusals"}]}],"ClientToken":"once"}
= FlowLogIds[0]: $log
= FlowLogIds#: 1
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"REJECT","LogGroupName":"refused","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/flows"}
! FlowLogAlreadyExists: Error. There is an existing Flow Log with the same configuration and log destination.
# A log group is the same one by its ARN.
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"REJECT","LogDestination":"arn:aws:logs:us-east-1:123456789012:log-group:refused","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/flows"}
! FlowLogAlreadyExists
> ec2 DescribeFlowLogs {}
= FlowLogs#: 1
= FlowLogs[0].FlowLogId: $log
= FlowLogs[0].FlowLogStatus: ACTIVE
= FlowLogs[0].DeliverLogsStatus: SUCCESS
= FlowLogs[0].ResourceId: $vpc
= FlowLogs[0].TrafficType: REJECT
= FlowLogs[0].LogDestinationType: cloud-watch-logs
= FlowLogs[0].LogGroupName: refused
= FlowLogs[0].LogDestination: -
= FlowLogs[0].MaxAggregationInterval: 600
= FlowLogs[0].LogFormat: ${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}
= FlowLogs[0].Tags[0].Value: refusals
= FlowLogs[0].DeliverLogsPermissionArn: arn:aws:iam::123456789012:role/flows
# Two at most for one resource.
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestination":"arn:aws:logs:us-east-1:123456789012:log-group:all:*","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/flows","MaxAggregationInterval":60}
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ACCEPT","LogGroupName":"third","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/flows"}
! FlowLogsLimitExceeded
# Of several resources, those that cannot have one are told apart.
> ec2 CreateFlowLogs {"ResourceType":"Subnet","ResourceIds":["$first","subnet-01234567890123456","$second"],"TrafficType":"ALL","LogGroupName":"subnets","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/flows"}
= FlowLogIds#: 2
= Unsuccessful#: 1
= Unsuccessful[0].ResourceId: subnet-01234567890123456
= Unsuccessful[0].Error.Code: InvalidSubnetID.NotFound
> ec2 DescribeFlowLogs {"Filter":[{"Name":"traffic-type","Values":["ALL"]}]}
= FlowLogs#: 3
= FlowLogs[0].LogDestination: arn:aws:logs:us-east-1:123456789012:log-group:all
= FlowLogs[0].LogGroupName: all
= FlowLogs[0].MaxAggregationInterval: 60
> ec2 DescribeFlowLogs {"Filter":[{"Name":"resource-id","Values":["$first"]},{"Name":"log-destination-type","Values":["cloud-watch-logs"]}]}
= FlowLogs#: 1
> ec2 DescribeFlowLogs {"Filter":[{"Name":"tag:Name","Values":["refus*"]}]}
= FlowLogs#: 1
> ec2 DescribeFlowLogs {"Filter":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue
> ec2 DescribeFlowLogs {"MaxResults":2}
= FlowLogs#: 2
save more = NextToken
> ec2 DescribeFlowLogs {"MaxResults":2,"NextToken":"$more"}
= FlowLogs#: 2
= NextToken: -
> ec2 DescribeFlowLogs {"FlowLogIds":["fl-01234567890123456"]}
! InvalidFlowLogId.NotFound
> ec2 DeleteFlowLogs {"FlowLogIds":["fl-01234567890123456"]}
! InvalidFlowLogId.NotFound: These flow log ids in the input list are not found: [TotalCount: 1] fl-01234567890123456
> ec2 DeleteFlowLogs {"FlowLogIds":["$log"]}
= Unsuccessful#: 0
> ec2 DescribeFlowLogs {}
= FlowLogs#: 3

== a role that does not trust the service delivers nothing
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$eni"],"TrafficType":"ALL","LogGroupName":"flows","DeliverLogsPermissionArn":"arn:aws:iam::123456789012:role/nobody"}
save log = FlowLogIds[0]
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
advance 900
> ec2 DescribeFlowLogs {"Filter":[{"Name":"deliver-log-status","Values":["FAILED"]}]}
= FlowLogs[0].DeliverLogsErrorMessage: Access error
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records#: 0
