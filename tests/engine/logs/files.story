# Files in S3.
# https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html

== a file in the bucket, named as AWS names it, with a bucket policy that lets the service write
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save ip = Instances[0].PrivateIpAddress
save vpc = Instances[0].VpcId
advance 120
> s3 CreateBucket {"Bucket":"flows-here"}
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-here/network/","MaxAggregationInterval":60}
save log = FlowLogIds[0]
> s3 GetBucketPolicy {"Bucket":"flows-here"}
= Policy: *AWSLogDeliveryWrite*delivery.logs.amazonaws.com*arn:aws:s3:::flows-here/network/AWSLogs/123456789012/*
> ec2 DescribeFlowLogs {}
= FlowLogs[0].LogDestination: arn:aws:s3:::flows-here/network/
= FlowLogs[0].DestinationOptions: -
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
advance 360
> s3 ListObjectsV2 {"Bucket":"flows-here"}
= KeyCount: 0
advance 540
> s3 ListObjectsV2 {"Bucket":"flows-here"}
= KeyCount: 1
= Contents[0].Key: network/AWSLogs/123456789012/vpcflowlogs/us-east-1/2025/03/03/123456789012_vpcflowlogs_us-east-1_$log_20250303T0905Z_*.log.gz
save key = Contents[0].Key
> s3 GetObject {"Bucket":"flows-here","Key":"$key"}
= ContentType: application/octet-stream
decoded Body: *version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status*2 123456789012 $eni 203.0.113.25 $ip 51514 22 6 1 60 1740992520 1740992520 REJECT OK*NODATA*
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
! InvalidParameterValue
# Nothing went by: no file.
advance 3600
> s3 ListObjectsV2 {"Bucket":"flows-here"}
= KeyCount: 1

== prefixes for Hive, and for the hour; what was captured is delivered before the flow log goes
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save vpc = Instances[0].VpcId
advance 120
> s3 CreateBucket {"Bucket":"flows-here"}
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-here","DestinationOptions":{"FileFormat":"plain-text","HiveCompatiblePartitions":true,"PerHourPartition":true}}
save log = FlowLogIds[0]
> ec2 DescribeFlowLogs {}
= FlowLogs[0].DestinationOptions: {"FileFormat":"plain-text","HiveCompatiblePartitions":true,"PerHourPartition":true}
= FlowLogs[0].LogDestination: arn:aws:s3:::flows-here
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
> ec2 DeleteFlowLogs {"FlowLogIds":["$log"]}
> s3 ListObjectsV2 {"Bucket":"flows-here"}
= Contents[0].Key: AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/year=2025/month=03/day=03/hour=09/123456789012_vpcflowlogs_us-east-1_$log_*.log.gz
= KeyCount: 1

== a bucket that is gone
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save vpc = Instances[0].VpcId
advance 120
> s3 CreateBucket {"Bucket":"flows-here"}
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-here"}
> s3 DeleteBucket {"Bucket":"flows-here"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
advance 900
> ec2 DescribeFlowLogs {}
= FlowLogs[0].DeliverLogsStatus: FAILED
= FlowLogs[0].DeliverLogsErrorMessage: Access error

== a template for Athena
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> s3 CreateBucket {"Bucket":"flows-here"}
> ec2 CreateFlowLogs {"ResourceType":"VPC","ResourceIds":["$vpc"],"TrafficType":"ALL","LogDestinationType":"s3","LogDestination":"arn:aws:s3:::flows-here"}
save log = FlowLogIds[0]
> ec2 GetFlowLogsIntegrationTemplate {"FlowLogId":"$log","ConfigDeliveryS3DestinationArn":"arn:aws:s3:::flows-here/templates","IntegrateServices":{"AthenaIntegrations":[{"IntegrationResultS3DestinationArn":"arn:aws:s3:::flows-here/results","PartitionLoadFrequency":"none"}]}}
= Result: https://flows-here.s3.us-east-1.amazonaws.com/templates/VPCFlowLogsIntegrationTemplate_$log_*
> s3 ListObjectsV2 {"Bucket":"flows-here"}
save key = Contents[0].Key
> s3 GetObject {"Bucket":"flows-here","Key":"$key"}
decoded Body: *AWS::Glue::Table*s3://flows-here/AWSLogs/123456789012/vpcflowlogs/us-east-1*
> ec2 GetFlowLogsIntegrationTemplate {"FlowLogId":"$log","ConfigDeliveryS3DestinationArn":"arn:aws:s3:::not-there","IntegrateServices":{"AthenaIntegrations":[{"IntegrationResultS3DestinationArn":"arn:aws:s3:::flows-here/results","PartitionLoadFrequency":"none"}]}}
! InvalidParameter
> ec2 GetFlowLogsIntegrationTemplate {"FlowLogId":"fl-01234567890123456","ConfigDeliveryS3DestinationArn":"arn:aws:s3:::flows-here","IntegrateServices":{"AthenaIntegrations":[{"IntegrationResultS3DestinationArn":"arn:aws:s3:::flows-here","PartitionLoadFrequency":"none"}]}}
! InvalidFlowLogId.NotFound
