# Intelligent-Tiering: objects move between access tiers by how long nobody has read them.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html
== 30 days without a read: Infrequent Access; 90: Archive Instant Access; a read brings it back, and its days begin anew
block a = report
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutObject {"Bucket":"tiered","Key":"report","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
# What is smaller than 128 KB is not watched, and always in Frequent Access.
> s3 PutObject {"Bucket":"tiered","Key":"small","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"INTELLIGENT_TIERING"}
see tier of tiered report: Frequent Access, 2025-04-03T00:00:00Z Infrequent Access
see tier of tiered small: Frequent Access
advance 2592000
see tier of tiered report: Frequent Access, 2025-04-03T00:00:00Z Infrequent Access
# At the midnight after the days (ours).
advance 86400
event s3://tiered/report moved to Infrequent Access
see tier of tiered report: Infrequent Access, 2025-06-02T00:00:00Z Archive Instant Access
see tier of tiered small: Frequent Access
# It is read at once, without a word from the application: HeadObject, tags and lists are no access.
> s3 HeadObject {"Bucket":"tiered","Key":"report"}
= StorageClass: INTELLIGENT_TIERING
= ArchiveStatus: -
> s3 PutObjectTagging {"Bucket":"tiered","Key":"report","Tagging":{"TagSet":[{"Key":"a","Value":"b"}]}}
see tier of tiered report: Infrequent Access, 2025-06-02T00:00:00Z Archive Instant Access
advance 5184000
see tier of tiered report: Archive Instant Access
> s3 GetObject {"Bucket":"tiered","Key":"report"}
= StorageClass: INTELLIGENT_TIERING
# GetObject leaves no trace in a world. AccessObject of our own service says that somebody has read it.
> stratus AccessObject {"Bucket":"tiered","Key":"report"}
event is in Frequent Access again
now 2025-06-02T09:00:00Z
see tier of tiered report: Frequent Access, 2025-07-03T00:00:00Z Infrequent Access

== a copy reads its source
block a = report
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutObject {"Bucket":"tiered","Key":"report","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
advance 2764800
see tier of tiered report: Infrequent Access, 2025-06-02T00:00:00Z Archive Instant Access
> s3 CopyObject {"Bucket":"tiered","Key":"other","CopySource":"tiered/report","StorageClass":"INTELLIGENT_TIERING"}
see tier of tiered report: Frequent Access, 2025-05-05T00:00:00Z Infrequent Access
see tier of tiered other: Frequent Access, 2025-05-05T00:00:00Z Infrequent Access
# Another object in the place begins in Frequent Access, too.
advance 2764800
see tier of tiered other: Infrequent Access, 2025-07-04T00:00:00Z Archive Instant Access
> s3 PutObject {"Bucket":"tiered","Key":"other","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
see tier of tiered other: Frequent Access, 2025-06-06T00:00:00Z Infrequent Access

== Archive Access, where the bucket wants it: refused until it is restored, which is for good
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-managing.html
block a = report
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutBucketIntelligentTieringConfiguration {"Bucket":"tiered","Id":"old","IntelligentTieringConfiguration":{"Id":"old","Status":"Enabled","Filter":{"Prefix":"logs/"},"Tierings":[{"Days":90,"AccessTier":"ARCHIVE_ACCESS"},{"Days":180,"AccessTier":"DEEP_ARCHIVE_ACCESS"}]}}
> s3 PutBucketNotificationConfiguration {"Bucket":"tiered","NotificationConfiguration":{"QueueConfigurations":[{"Id":"q","QueueArn":"arn:aws:sqs:us-east-1:123456789012:archived","Events":["s3:IntelligentTiering"]}]}}
> s3 PutObject {"Bucket":"tiered","Key":"logs/a","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
> s3 PutObject {"Bucket":"tiered","Key":"b","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
advance 7862400
# After 90 days Archive Access goes before Archive Instant Access.
see tier of tiered logs/a: Archive Access, 2025-08-31T00:00:00Z Deep Archive Access
see tier of tiered b: Archive Instant Access
see messages of tiered: *IntelligentTiering logs/a to arn:aws:sqs:us-east-1:123456789012:archived*
> s3 HeadObject {"Bucket":"tiered","Key":"logs/a"}
= ArchiveStatus: ARCHIVE_ACCESS
> s3 GetObject {"Bucket":"tiered","Key":"logs/a"}
! InvalidObjectState: access tier
said StorageClass: INTELLIGENT_TIERING
said AccessTier: ARCHIVE_ACCESS
> stratus AccessObject {"Bucket":"tiered","Key":"logs/a"}
! InvalidObjectState
> s3 RestoreObject {"Bucket":"tiered","Key":"logs/a","RestoreRequest":{"GlacierJobParameters":{"Tier":"Standard"}}}
> s3 HeadObject {"Bucket":"tiered","Key":"logs/a"}
= Restore: ongoing-request="true"
= ArchiveStatus: ARCHIVE_ACCESS
> s3 RestoreObject {"Bucket":"tiered","Key":"logs/a","RestoreRequest":{}}
! RestoreAlreadyInProgress
# From three to five hours.
advance 14400
event s3://tiered/logs/a is restored
> s3 HeadObject {"Bucket":"tiered","Key":"logs/a"}
= Restore: -
= ArchiveStatus: -
> s3 GetObject {"Bucket":"tiered","Key":"logs/a"}
= StorageClass: INTELLIGENT_TIERING
see tier of tiered logs/a: Frequent Access, 2025-07-03T00:00:00Z Infrequent Access
> s3 RestoreObject {"Bucket":"tiered","Key":"b","RestoreRequest":{}}
! InvalidObjectState: Restore is not allowed

== Deep Archive Access: twelve hours, and nothing Expedited
block a = report
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutBucketIntelligentTieringConfiguration {"Bucket":"tiered","Id":"old","IntelligentTieringConfiguration":{"Id":"old","Status":"Enabled","Tierings":[{"Days":180,"AccessTier":"DEEP_ARCHIVE_ACCESS"}]}}
> s3 PutObject {"Bucket":"tiered","Key":"a","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
advance 15638400
> s3 HeadObject {"Bucket":"tiered","Key":"a"}
= ArchiveStatus: DEEP_ARCHIVE_ACCESS
> s3 RestoreObject {"Bucket":"tiered","Key":"a","RestoreRequest":{"GlacierJobParameters":{"Tier":"Expedited"}}}
! InvalidArgument
> s3 RestoreObject {"Bucket":"tiered","Key":"a","RestoreRequest":{"GlacierJobParameters":{"Tier":"Standard"}}}
advance 43200
> s3 GetObject {"Bucket":"tiered","Key":"a"}
= StorageClass: INTELLIGENT_TIERING

== a lifecycle rule brings it there, and its days count from then on
block a = report
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutBucketLifecycleConfiguration {"Bucket":"tiered","LifecycleConfiguration":{"Rules":[{"ID":"r","Status":"Enabled","Filter":{"Prefix":""},"Transitions":[{"Days":1,"StorageClass":"INTELLIGENT_TIERING"}]}]}}
> s3 PutObject {"Bucket":"tiered","Key":"a","Body":"$a"}
advance 259200
see tier of tiered a: Frequent Access, 2025-04-04T00:00:00Z Infrequent Access

== noncurrent versions move, too, and a copy of one onto its own key reads it
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_NoncurrentVersionTransition.html
block a = report
block b = another
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutBucketVersioning {"Bucket":"tiered","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutBucketLifecycleConfiguration {"Bucket":"tiered","LifecycleConfiguration":{"Rules":[{"ID":"r","Status":"Enabled","Filter":{"Prefix":""},"NoncurrentVersionTransitions":[{"NoncurrentDays":1,"StorageClass":"INTELLIGENT_TIERING"}]}]}}
> s3 PutObject {"Bucket":"tiered","Key":"a","Body":"$a"}
save old = VersionId
> s3 PutObject {"Bucket":"tiered","Key":"a","Body":"$b"}
advance 172800
> s3 HeadObject {"Bucket":"tiered","Key":"a","VersionId":"$old"}
= StorageClass: INTELLIGENT_TIERING
advance 2764800
event s3://tiered/a moved to Infrequent Access
> s3 CopyObject {"Bucket":"tiered","Key":"a","CopySource":"tiered/a?versionId=$old"}
# From the midnight of the fourth of April to the copy at nine on the sixth; then it is in Frequent Access again.
advance 864000
bill s3://tiered (INTELLIGENT_TIERING/INFREQUENT): 512 KiB × 205,200 s × $0.0125/GB-month ÷ 2,592,000 s = $0.000000483

== an inventory report says in which tier
block a = report
> s3 CreateBucket {"Bucket":"tiered"}
> s3 CreateBucket {"Bucket":"reports"}
> s3 PutBucketPolicy {"Bucket":"reports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::reports/*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::tiered\"},\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\",\"s3:x-amz-acl\":\"bucket-owner-full-control\"}}}]}"}
> s3 PutObject {"Bucket":"tiered","Key":"a","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
advance 2764800
> s3 PutBucketInventoryConfiguration {"Bucket":"tiered","Id":"all","InventoryConfiguration":{"Id":"all","IsEnabled":true,"IncludedObjectVersions":"Current","Schedule":{"Frequency":"Daily"},"OptionalFields":["IntelligentTieringAccessTier"],"Destination":{"S3BucketDestination":{"Bucket":"arn:aws:s3:::reports","Format":"CSV"}}}}
advance 86400
> s3 ListObjectsV2 {"Bucket":"reports","Prefix":"tiered/all/data/"}
save list = Contents[0].Key
> s3 GetObject {"Bucket":"reports","Key":"$list"}
decoded Body: *"INFREQUENT_ACCESS"*
