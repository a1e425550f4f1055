# Replication between two buckets of the account.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html

== new objects are copied with their version, existing ones are not
> s3 CreateBucket {"Bucket":"near"}
> s3 PutBucketVersioning {"Bucket":"near","VersioningConfiguration":{"Status":"Enabled"}}
region eu-west-1
> s3 CreateBucket {"Bucket":"far","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}
> s3 PutBucketVersioning {"Bucket":"far","VersioningConfiguration":{"Status":"Enabled"}}
region us-east-1
> s3 PutObject {"Bucket":"near","Key":"docs/old.txt","Body":"b2xk"}
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"ID":"docs","Status":"Enabled","Priority":1,"Filter":{"Prefix":"docs/"},"DeleteMarkerReplication":{"Status":"Enabled"},"Destination":{"Bucket":"arn:aws:s3:::far","StorageClass":"STANDARD_IA"}}]}}
> s3 PutObject {"Bucket":"near","Key":"docs/a.txt","Body":"cmVkIHBhbmRh","ContentType":"text/plain","Metadata":{"by":"me"},"Tagging":"team=blue"}
save v = VersionId
> s3 PutObject {"Bucket":"near","Key":"other/b.txt","Body":"b2xk"}
> s3 HeadObject {"Bucket":"near","Key":"docs/a.txt"}
= ReplicationStatus: PENDING
> s3 HeadObject {"Bucket":"near","Key":"other/b.txt"}
= ReplicationStatus: -
> s3 HeadObject {"Bucket":"near","Key":"docs/old.txt"}
= ReplicationStatus: -
> s3 HeadObject {"Bucket":"far","Key":"docs/a.txt"}
! 404
advance 60
> s3 HeadObject {"Bucket":"near","Key":"docs/a.txt"}
= ReplicationStatus: COMPLETED
> s3 GetObject {"Bucket":"far","Key":"docs/a.txt"}
= ReplicationStatus: REPLICA
= VersionId: $v
= Body: cmVkIHBhbmRh
= ContentType: text/plain
= Metadata: {"by":"me"}
= StorageClass: STANDARD_IA
= TagCount: 1
> s3 ListObjectsV2 {"Bucket":"far"}
= Contents#: 1
# Requests are those of the destination; what crosses is the source's data to another Region.
bill s3://near: *9 bytes × $0.02/GB*
# Tags follow.
> s3 PutObjectTagging {"Bucket":"near","Key":"docs/a.txt","Tagging":{"TagSet":[{"Key":"team","Value":"green"}]}}
advance 60
> s3 GetObjectTagging {"Bucket":"far","Key":"docs/a.txt"}
= TagSet[0].Value: green
# A copy and an upload in parts are new objects, too.
> s3 CopyObject {"Bucket":"near","Key":"docs/c.txt","CopySource":"near/other/b.txt"}
advance 60
> s3 HeadObject {"Bucket":"far","Key":"docs/c.txt"}
= ReplicationStatus: REPLICA
# A delete marker is replicated where the rule says so; the deletion of a version never is.
> s3 DeleteObject {"Bucket":"near","Key":"docs/a.txt"}
save marker = VersionId
> s3 HeadObject {"Bucket":"far","Key":"docs/a.txt"}
= ReplicationStatus: REPLICA
advance 60
> s3 ListObjectVersions {"Bucket":"far","Prefix":"docs/a.txt"}
= DeleteMarkers[0].VersionId: $marker
= DeleteMarkers[0].IsLatest: true
= Versions[0].VersionId: $v
> s3 DeleteObject {"Bucket":"near","Key":"docs/a.txt","VersionId":"$marker"}
> s3 DeleteObject {"Bucket":"near","Key":"docs/a.txt","VersionId":"$v"}
advance 60
> s3 ListObjectVersions {"Bucket":"far","Prefix":"docs/a.txt"}
= Versions[0].VersionId: $v
= DeleteMarkers#: 1
# Without the configuration nothing more goes.
> s3 PutBucketVersioning {"Bucket":"near","VersioningConfiguration":{"Status":"Suspended"}}
! InvalidBucketState: replication
> s3 DeleteBucketReplication {"Bucket":"near"}
> s3 PutObject {"Bucket":"near","Key":"docs/late.txt","Body":"b2xk"}
advance 60
> s3 HeadObject {"Bucket":"far","Key":"docs/late.txt"}
! 404

== tags, priorities, several destinations
> s3 CreateBucket {"Bucket":"near"}
> s3 PutBucketVersioning {"Bucket":"near","VersioningConfiguration":{"Status":"Enabled"}}
> s3 CreateBucket {"Bucket":"one"}
> s3 PutBucketVersioning {"Bucket":"one","VersioningConfiguration":{"Status":"Enabled"}}
> s3 CreateBucket {"Bucket":"two"}
> s3 PutBucketVersioning {"Bucket":"two","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::one"}},{"Status":"Enabled","Priority":2,"Filter":{"And":{"Prefix":"logs/","Tags":[{"Key":"keep","Value":"long"}]}},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::one","StorageClass":"GLACIER"}},{"Status":"Enabled","Priority":3,"Filter":{"Tag":{"Key":"keep","Value":"long"}},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::two"}},{"Status":"Disabled","Priority":4,"Filter":{},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::two"}}]}}
> s3 PutObject {"Bucket":"near","Key":"logs/1","Body":"b2xk","Tagging":"keep=long"}
> s3 PutObject {"Bucket":"near","Key":"logs/2","Body":"b2xk"}
# Archived objects are not replicated.
> s3 PutObject {"Bucket":"near","Key":"logs/3","Body":"b2xk","StorageClass":"DEEP_ARCHIVE"}
# What KMS encrypts goes only where the rule asks for that.
> s3 PutObject {"Bucket":"near","Key":"logs/4","Body":"b2xk","ServerSideEncryption":"aws:kms"}
advance 60
> s3 HeadObject {"Bucket":"one","Key":"logs/1"}
= StorageClass: GLACIER
> s3 HeadObject {"Bucket":"one","Key":"logs/2"}
= StorageClass: -
> s3 HeadObject {"Bucket":"two","Key":"logs/1"}
= ReplicationStatus: REPLICA
> s3 ListObjectsV2 {"Bucket":"one"}
= KeyCount: 2
> s3 ListObjectsV2 {"Bucket":"two"}
= KeyCount: 1
> s3 HeadObject {"Bucket":"near","Key":"logs/3"}
= ReplicationStatus: -
# Delete markers stay behind where the rule says so.
> s3 DeleteObject {"Bucket":"near","Key":"logs/2"}
advance 60
> s3 HeadObject {"Bucket":"one","Key":"logs/2"}
= ReplicationStatus: REPLICA

== replicas are not replicated again, and lifecycle's delete markers are not either
> s3 CreateBucket {"Bucket":"a-bucket"}
> s3 PutBucketVersioning {"Bucket":"a-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 CreateBucket {"Bucket":"b-bucket"}
> s3 PutBucketVersioning {"Bucket":"b-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutBucketReplication {"Bucket":"a-bucket","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Prefix":"","Destination":{"Bucket":"arn:aws:s3:::b-bucket"}}]}}
> s3 PutBucketReplication {"Bucket":"b-bucket","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Prefix":"","Destination":{"Bucket":"arn:aws:s3:::a-bucket"}}]}}
> s3 PutBucketLifecycleConfiguration {"Bucket":"a-bucket","LifecycleConfiguration":{"Rules":[{"Status":"Enabled","Filter":{"Prefix":"tmp/"},"Expiration":{"Days":1}}]}}
> s3 PutObject {"Bucket":"a-bucket","Key":"tmp/1","Body":"b2xk"}
> s3 PutObject {"Bucket":"a-bucket","Key":"2","Body":"b2xk"}
advance 60
> s3 HeadObject {"Bucket":"b-bucket","Key":"tmp/1"}
= ReplicationStatus: REPLICA
> s3 ListObjectVersions {"Bucket":"a-bucket"}
= Versions#: 2
advance 259200
> s3 HeadObject {"Bucket":"a-bucket","Key":"tmp/1"}
! 404
> s3 HeadObject {"Bucket":"b-bucket","Key":"tmp/1"}
= ReplicationStatus: REPLICA
# The elder version of rules replicates delete markers that somebody made.
> s3 DeleteObject {"Bucket":"a-bucket","Key":"2"}
advance 60
> s3 HeadObject {"Bucket":"b-bucket","Key":"2"}
! 404

== a destination that cannot take it: failed
> s3 CreateBucket {"Bucket":"near"}
> s3 PutBucketVersioning {"Bucket":"near","VersioningConfiguration":{"Status":"Enabled"}}
> s3 CreateBucket {"Bucket":"far"}
> s3 PutBucketVersioning {"Bucket":"far","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
> s3 PutBucketNotificationConfiguration {"Bucket":"near","NotificationConfiguration":{"QueueConfigurations":[{"Id":"q","QueueArn":"arn:aws:sqs:us-east-1:123456789012:q","Events":["s3:Replication:*"]}]}}
> s3 PutBucketVersioning {"Bucket":"far","VersioningConfiguration":{"Status":"Suspended"}}
> s3 PutObject {"Bucket":"near","Key":"k","Body":"b2xk"}
advance 60
event not replicated
> s3 HeadObject {"Bucket":"near","Key":"k"}
= ReplicationStatus: FAILED
see newest message of near: *Replication:OperationFailedReplication*

== what a rule may not say
> s3 CreateBucket {"Bucket":"near"}
> s3 PutBucketVersioning {"Bucket":"near","VersioningConfiguration":{"Status":"Enabled"}}
> s3 CreateBucket {"Bucket":"far"}
> s3 PutBucketVersioning {"Bucket":"far","VersioningConfiguration":{"Status":"Enabled"}}
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_EncryptionConfiguration.html
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{},"DeleteMarkerReplication":{"Status":"Disabled"},"SourceSelectionCriteria":{"SseKmsEncryptedObjects":{"Status":"Enabled"}},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
! InvalidRequest: ReplicaKmsKeyID
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{"Tag":{"Key":"a","Value":"b"}},"DeleteMarkerReplication":{"Status":"Enabled"},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
! InvalidRequest: Tag filter
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
! InvalidRequest: DeleteMarkerReplication
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Filter":{},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
! InvalidRequest: Priority
> s3 PutBucketReplication {"Bucket":"near","ReplicationConfiguration":{"Role":"arn:aws:iam::123456789012:role/r","Rules":[{"Status":"Enabled","Priority":1,"Filter":{"Prefix":"a"},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::far"}},{"Status":"Enabled","Priority":1,"Filter":{"Prefix":"b"},"DeleteMarkerReplication":{"Status":"Disabled"},"Destination":{"Bucket":"arn:aws:s3:::far"}}]}}
! InvalidArgument: same priority
