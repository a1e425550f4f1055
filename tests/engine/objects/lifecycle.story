== Objects expire at the midnight after their days
# Put on 3 March at 9:00, one day later is the 4th at 9:00, and the next midnight the 5th.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 GetBucketLifecycleConfiguration {"Bucket":"my-bucket"}
! NoSuchLifecycleConfiguration: The lifecycle configuration does not exist
said BucketName: my-bucket
> s3 PutObject {"Bucket":"my-bucket","Key":"logs/a","Body":"aGVsbG8="}
> s3 PutObject {"Bucket":"my-bucket","Key":"keep","Body":"aGVsbG8="}
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"old logs","Status":"Enabled","Filter":{"Prefix":"logs/"},"Expiration":{"Days":1}}]}}
= TransitionDefaultMinimumObjectSize: all_storage_classes_128K
> s3 GetBucketLifecycleConfiguration {"Bucket":"my-bucket"}
= Rules: [{"ID":"old logs","Status":"Enabled","Filter":{"Prefix":"logs/"},"Expiration":{"Days":1}}]
> s3 HeadObject {"Bucket":"my-bucket","Key":"logs/a"}
= Expiration: expiry-date="Wed, 05 Mar 2025 00:00:00 GMT", rule-id="old+logs"
> s3 HeadObject {"Bucket":"my-bucket","Key":"keep"}
= Expiration: -
# What is put later goes later.
advance 86400
> s3 PutObject {"Bucket":"my-bucket","Key":"logs/b","Body":"aGVsbG8="}
= Expiration: expiry-date="Thu, 06 Mar 2025 00:00:00 GMT", rule-id="old+logs"
> stratus AdvanceClock {"Until":"2025-03-04T23:59:59Z"}
> s3 ListObjectsV2 {"Bucket":"my-bucket"}
= KeyCount: 3
advance 1
> s3 ListObjectsV2 {"Bucket":"my-bucket"}
= KeyCount: 2
event lifecycle rules of s3://my-bucket acted 1 times
advance 86400
> s3 ListObjectsV2 {"Bucket":"my-bucket"}
= KeyCount: 1
= Contents[0].Key: keep
meter s3://my-bucket ObjectStorage: 10 × STANDARD 86400s ended; 15 × STANDARD 54000s ended; 10 × STANDARD 86400s ended; 5 × STANDARD 0s running
> s3 DeleteBucketLifecycle {"Bucket":"my-bucket"}
> s3 GetBucketLifecycleConfiguration {"Bucket":"my-bucket"}
! NoSuchLifecycleConfiguration

== Versions: markers, noncurrent versions, markers that stand alone
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"a","Status":"Enabled","Filter":{},"Expiration":{"Days":10},"NoncurrentVersionExpiration":{"NoncurrentDays":3}},{"ID":"b","Status":"Enabled","Filter":{},"Expiration":{"ExpiredObjectDeleteMarker":true}}]}}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
> stratus AdvanceClock {"Until":"2025-03-14T00:00:00Z"}
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= Versions#: 1
= Versions[0].IsLatest: false
= DeleteMarkers#: 1
# Three days after it became noncurrent, at midnight, the version goes; then the marker stands alone.
> stratus AdvanceClock {"Until":"2025-03-17T00:00:00Z"}
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= Versions: -
= DeleteMarkers#: 1
> stratus AdvanceClock {"Until":"2025-03-18T00:00:00Z"}
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= DeleteMarkers: -
> s3 DeleteBucket {"Bucket":"my-bucket"}

== Moves down the stairs of storage classes, and uploads that are given up
# Objects under 128 KiB move only where a rule speaks of sizes.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"aGVsbG8="}
> s3 PutObject {"Bucket":"my-bucket","Key":"b","Body":"aGVsbG8="}
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"b"}
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"sizes","Status":"Enabled","Filter":{"And":{"Prefix":"a","ObjectSizeGreaterThan":1}},"Transitions":[{"Days":30,"StorageClass":"STANDARD_IA"},{"Days":60,"StorageClass":"GLACIER"}]},{"ID":"small","Status":"Enabled","Filter":{"Prefix":"b"},"Transitions":[{"Days":0,"StorageClass":"GLACIER"}],"AbortIncompleteMultipartUpload":{"DaysAfterInitiation":7}}]}}
> s3 ListMultipartUploads {"Bucket":"my-bucket"}
save upload = Uploads[0].UploadId
> s3 ListParts {"Bucket":"my-bucket","Key":"b","UploadId":"$upload"}
= AbortDate: 2025-03-11T00:00:00Z
= AbortRuleId: small
> stratus AdvanceClock {"Until":"2025-03-11T00:00:00Z"}
> s3 ListMultipartUploads {"Bucket":"my-bucket"}
= Uploads: -
> stratus AdvanceClock {"Until":"2025-04-03T00:00:00Z"}
> s3 HeadObject {"Bucket":"my-bucket","Key":"a"}
= StorageClass: STANDARD_IA
> s3 HeadObject {"Bucket":"my-bucket","Key":"b"}
= StorageClass: -
> stratus AdvanceClock {"Until":"2025-05-03T00:00:00Z"}
> s3 GetObject {"Bucket":"my-bucket","Key":"a"}
! InvalidObjectState: The operation is not valid for the object's storage class
said StorageClass: GLACIER

== What rules may not say
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"a","Status":"Enabled","Filter":{}}]}}
! InvalidRequest: At least one action needs to be specified in a rule
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"a","Status":"Enabled","Filter":{},"Expiration":{"Days":0}}]}}
! InvalidArgument: 'Days' for Expiration action must be a positive integer
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"a","Status":"Enabled","Filter":{},"Expiration":{"Date":"2026-01-01T01:00:00Z"}}]}}
! InvalidArgument: 'Date' must be at midnight GMT
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"a","Status":"Enabled","Filter":{},"Expiration":{"Days":1}},{"ID":"a","Status":"Enabled","Filter":{},"Expiration":{"Days":1}}]}}
! InvalidArgument: Rule ID must be unique. Found same ID for more than one rule
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"a","Status":"Enabled","Filter":{},"Transitions":[{"Days":10,"StorageClass":"STANDARD_IA"}]}]}}
! InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"a","Status":"Enabled","Expiration":{"Days":1}}]}}
! MalformedXML
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"a","Status":"On","Prefix":"","Expiration":{"Days":1}}]}}
! MalformedXML
# A rule without a name gets one.
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"Status":"Enabled","Prefix":"","Expiration":{"Days":1}}]}}
> s3 GetBucketLifecycleConfiguration {"Bucket":"my-bucket"}
save id = Rules[0].ID
