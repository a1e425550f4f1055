# Event notifications: the configuration is checked and kept, S3's test is sent, and each event stands in the journal as AWS
# would have sent it. Nothing receives it: queues, topics, functions and buses are not simulated.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
== a queue is told of what is made below a prefix
> s3 CreateBucket {"Bucket":"inbox"}
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"Id":"pictures","QueueArn":"arn:aws:sqs:us-east-1:123456789012:uploads","Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"images/"},{"Name":"suffix","Value":".jpg"}]}}}]}}
see messages of inbox: s3:TestEvent  to arn:aws:sqs:us-east-1:123456789012:uploads
> s3 PutObject {"Bucket":"inbox","Key":"images/a b.jpg","Body":"YWJj"}
> s3 PutObject {"Bucket":"inbox","Key":"images/a.png","Body":"YWJj"}
> s3 PutObject {"Bucket":"inbox","Key":"other.jpg","Body":"YWJj"}
> s3 DeleteObject {"Bucket":"inbox","Key":"images/a b.jpg"}
see messages of inbox: ObjectCreated:Put images/a+b.jpg to arn:aws:sqs:us-east-1:123456789012:uploads; s3:TestEvent  to arn:aws:sqs:us-east-1:123456789012:uploads
see newest message of inbox: *"eventName":"ObjectCreated:Put"*"configurationId":"pictures"*"key":"images/a+b.jpg","size":3,"eTag":"900150983cd24fb0d6963f7d28e17f72"*
undo
undo
undo
undo
see messages of inbox: s3:TestEvent  to arn:aws:sqs:us-east-1:123456789012:uploads

== a topic, a function, and EventBridge, which is told everything
> s3 CreateBucket {"Bucket":"inbox"}
> s3 PutBucketVersioning {"Bucket":"inbox","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"TopicConfigurations":[{"TopicArn":"arn:aws:sns:us-east-1:123456789012:gone","Events":["s3:ObjectRemoved:DeleteMarkerCreated"]}],"LambdaFunctionConfigurations":[{"LambdaFunctionArn":"arn:aws:lambda:us-east-1:123456789012:function:thumb","Events":["s3:ObjectCreated:Copy"]}],"EventBridgeConfiguration":{}}}
# No test goes to a function.
see messages of inbox: s3:TestEvent  to arn:aws:sns:us-east-1:123456789012:gone
> s3 PutObject {"Bucket":"inbox","Key":"a","Body":"YWJj"}
> s3 CopyObject {"Bucket":"inbox","Key":"b","CopySource":"inbox/a"}
> s3 DeleteObject {"Bucket":"inbox","Key":"a"}
see messages of inbox: Object Deleted a to EventBridge, the default event bus; ObjectRemoved:DeleteMarkerCreated a to arn:aws:sns:us-east-1:123456789012:gone; Object Created b to EventBridge, the default event bus; ObjectCreated:Copy b to arn:aws:lambda:us-east-1:123456789012:function:thumb; Object Created a to EventBridge, the default event bus; s3:TestEvent  to arn:aws:sns:us-east-1:123456789012:gone
see newest message of inbox: *"deletion-type":"Delete Marker Created"*

== what time does is told as well
> s3 CreateBucket {"Bucket":"inbox"}
> s3 PutObject {"Bucket":"inbox","Key":"a","Body":"YWJj","StorageClass":"GLACIER"}
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:ObjectRestore:*","s3:LifecycleExpiration:*"]}]}}
> s3 RestoreObject {"Bucket":"inbox","Key":"a","RestoreRequest":{"Days":1,"GlacierJobParameters":{"Tier":"Expedited"}}}
advance 200
> s3 PutBucketLifecycleConfiguration {"Bucket":"inbox","LifecycleConfiguration":{"Rules":[{"ID":"x","Status":"Enabled","Filter":{},"Expiration":{"Days":1}}]}}
> stratus AdvanceClock {"Seconds":172800}
see messages of inbox: LifecycleExpiration:Delete a to arn:aws:sqs:us-east-1:123456789012:q; ObjectRestore:Completed a to arn:aws:sqs:us-east-1:123456789012:q; ObjectRestore:Post a to arn:aws:sqs:us-east-1:123456789012:q; s3:TestEvent  to arn:aws:sqs:us-east-1:123456789012:q

== what may not be said
> s3 CreateBucket {"Bucket":"inbox"}
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:eu-west-1:123456789012:q","Events":["s3:ObjectCreated:*"]}]}}
! InvalidArgument: region is not valid for the bucket location constraint
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:ObjectCreated:*"]}],"TopicConfigurations":[{"TopicArn":"arn:aws:sns:us-east-1:123456789012:t","Events":["s3:ObjectCreated:Put"]}]}}
! InvalidArgument: Configurations overlap
# Apart by prefix they may share an event.
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"a/"}]}}}],"TopicConfigurations":[{"TopicArn":"arn:aws:sns:us-east-1:123456789012:t","Events":["s3:ObjectCreated:Put"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"b/"}]}}}]}}
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:ObjectCreated:*"],"Filter":{"Key":{"FilterRules":[{"Name":"prefix","Value":"a/"},{"Name":"prefix","Value":"b/"}]}}}]}}
! InvalidArgument: Cannot specify more than one prefix rule in a filter.

== the elder form of the call
> s3 CreateBucket {"Bucket":"inbox"}
> s3 PutBucketNotification {"Bucket":"inbox","NotificationConfiguration":{"TopicConfiguration":{"Topic":"arn:aws:sns:us-east-1:123456789012:t","Event":"s3:ReducedRedundancyLostObject"}}}
> s3 GetBucketNotificationConfiguration {"Bucket":"inbox"}
= TopicConfigurations[0].TopicArn: arn:aws:sns:us-east-1:123456789012:t
= TopicConfigurations[0].Events[0]: s3:ReducedRedundancyLostObject
> s3 GetBucketNotification {"Bucket":"inbox"}
= TopicConfiguration.Topic: arn:aws:sns:us-east-1:123456789012:t

== only what happened is told
# A rule may not delete what is locked: it tries again each midnight, and tells of it once it is done.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-lifecycle
> s3 CreateBucket {"Bucket":"inbox","ObjectLockEnabledForBucket":true}
> s3 PutObject {"Bucket":"inbox","Key":"a","Body":"YWJj","ObjectLockMode":"COMPLIANCE","ObjectLockRetainUntilDate":"2025-03-10T09:00:00Z"}
save first = VersionId
> s3 PutObject {"Bucket":"inbox","Key":"a","Body":"YWJjZA=="}
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:LifecycleExpiration:*"]}]}}
> s3 PutBucketLifecycleConfiguration {"Bucket":"inbox","LifecycleConfiguration":{"Rules":[{"ID":"x","Status":"Enabled","Filter":{},"NoncurrentVersionExpiration":{"NoncurrentDays":1}}]}}
> stratus AdvanceClock {"Seconds":432000}
see messages of inbox: s3:TestEvent  to arn:aws:sqs:us-east-1:123456789012:q
> s3 ListObjectVersions {"Bucket":"inbox"}
= Versions#: 2
> stratus AdvanceClock {"Seconds":432000}
see messages of inbox: LifecycleExpiration:Delete a to arn:aws:sqs:us-east-1:123456789012:q; s3:TestEvent  to arn:aws:sqs:us-east-1:123456789012:q
see newest message of inbox: *"versionId":"$first"*
event lifecycle rules of s3://inbox acted 1 times

== a noncurrent version that is restored is named
> s3 CreateBucket {"Bucket":"inbox"}
> s3 PutBucketVersioning {"Bucket":"inbox","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"inbox","Key":"a","Body":"YWJj","StorageClass":"GLACIER"}
save first = VersionId
> s3 PutObject {"Bucket":"inbox","Key":"a","Body":"YWJjZA=="}
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:ObjectRestore:Completed"]}]}}
> s3 RestoreObject {"Bucket":"inbox","Key":"a","VersionId":"$first","RestoreRequest":{"Days":1,"GlacierJobParameters":{"Tier":"Expedited"}}}
advance 200
see newest message of inbox: *"eventName":"ObjectRestore:Completed"*"key":"a","size":3,*"versionId":"$first"*

== what a service of AWS puts is told as well
> s3 CreateBucket {"Bucket":"inbox"}
> s3 PutBucketNotificationConfiguration {"Bucket":"inbox","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:ObjectCreated:*"]}]}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateInstanceExportTask {"InstanceId":"$web","TargetEnvironment":"vmware","ExportToS3Task":{"S3Bucket":"inbox","S3Prefix":"out/"}}
save task = ExportTask.ExportTaskId
advance 600
see newest message of inbox: *"eventName":"ObjectCreated:Put"*"key":"out/$task.vmdk"*
