# What lifecycle rules will do to what is there, before they do it; and that they do it then.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
== moves and expiries, each by its rule, at the midnight after its days
> s3 CreateBucket {"Bucket":"attic"}
see foreseen of attic: none
> s3 PutObject {"Bucket":"attic","Key":"logs/a","Body":"YQ=="}
> s3 PutObject {"Bucket":"attic","Key":"keep/b","Body":"YQ=="}
> s3 PutBucketLifecycleConfiguration {"Bucket":"attic","TransitionDefaultMinimumObjectSize":"varies_by_storage_class","LifecycleConfiguration":{"Rules":[{"ID":"archive","Status":"Enabled","Filter":{"Prefix":""},"Transitions":[{"Days":10,"StorageClass":"GLACIER"}]},{"ID":"tidy","Status":"Enabled","Filter":{"Prefix":"logs/"},"Expiration":{"Days":20}}]}}
see foreseen of attic: 2025-03-14T00:00:00Z keep/b moves to GLACIER by archive; 2025-03-14T00:00:00Z logs/a moves to GLACIER by archive; 2025-03-24T00:00:00Z logs/a is deleted for good by tidy
> stratus AdvanceClock {"Seconds":950400}
> s3 HeadObject {"Bucket":"attic","Key":"keep/b"}
= StorageClass: GLACIER
see foreseen of attic: 2025-03-24T00:00:00Z logs/a is deleted for good by tidy
> stratus AdvanceClock {"Seconds":864000}
> s3 HeadObject {"Bucket":"attic","Key":"logs/a"}
! 404

== with versions a deletion is a marker, and what is noncurrent goes for good
> s3 CreateBucket {"Bucket":"attic"}
> s3 PutBucketVersioning {"Bucket":"attic","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"attic","Key":"a","Body":"YQ=="}
> s3 PutObject {"Bucket":"attic","Key":"a","Body":"Yg=="}
> s3 PutBucketLifecycleConfiguration {"Bucket":"attic","LifecycleConfiguration":{"Rules":[{"ID":"old","Status":"Enabled","Filter":{},"Expiration":{"Days":5},"NoncurrentVersionExpiration":{"NoncurrentDays":2}}]}}
see foreseen of attic: 2025-03-06T00:00:00Z a (a version) the noncurrent version is deleted for good by old; 2025-03-09T00:00:00Z a gets a delete marker; its bytes stay, as a noncurrent version by old

== an upload that was left behind
> s3 CreateBucket {"Bucket":"attic"}
> s3 CreateMultipartUpload {"Bucket":"attic","Key":"film"}
> s3 PutBucketLifecycleConfiguration {"Bucket":"attic","LifecycleConfiguration":{"Rules":[{"ID":"sweep","Status":"Enabled","Filter":{},"AbortIncompleteMultipartUpload":{"DaysAfterInitiation":7}}]}}
see foreseen of attic: 2025-03-11T00:00:00Z film the upload in parts is aborted, its parts are gone by sweep
