# Inventory reports: a list of what lies in a bucket, with its manifest.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html

== daily, of all versions
> s3 CreateBucket {"Bucket":"source"}
> s3 PutBucketVersioning {"Bucket":"source","VersioningConfiguration":{"Status":"Enabled"}}
> s3 CreateBucket {"Bucket":"reports"}
> s3 PutBucketPolicy {"Bucket":"reports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::reports/*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::source\"},\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\",\"s3:x-amz-acl\":\"bucket-owner-full-control\"}}}]}"}
> s3 PutObject {"Bucket":"source","Key":"a b.txt","Body":"b2xk"}
> s3 PutObject {"Bucket":"source","Key":"gone.txt","Body":"b2xk"}
> s3 DeleteObject {"Bucket":"source","Key":"gone.txt"}
> s3 PutBucketInventoryConfiguration {"Bucket":"source","Id":"all","InventoryConfiguration":{"Id":"all","IsEnabled":true,"IncludedObjectVersions":"All","Schedule":{"Frequency":"Daily"},"OptionalFields":["Size","StorageClass","EncryptionStatus"],"Destination":{"S3BucketDestination":{"Bucket":"arn:aws:s3:::reports","Format":"CSV","Prefix":"inv"}}}}
advance 53999
> s3 ListObjectsV2 {"Bucket":"reports"}
= KeyCount: 0
# Midnight.
advance 1
event inventory all of s3://source written
> s3 ListObjectsV2 {"Bucket":"reports"}
= KeyCount: 3
= Contents[0].Key: inv/source/all/2025-03-04T00-00Z/manifest.checksum
= Contents[1].Key: inv/source/all/2025-03-04T00-00Z/manifest.json
= Contents[2].Key: inv/source/all/data/*.csv.gz
save list = Contents[2].Key
> s3 GetObject {"Bucket":"reports","Key":"inv/source/all/2025-03-04T00-00Z/manifest.json"}
decoded Body: *"fileSchema":"Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, StorageClass, EncryptionStatus"*
advance 86400
> s3 ListObjectsV2 {"Bucket":"reports"}
= KeyCount: 6
# Switched off, it writes no more.
> s3 DeleteBucketInventoryConfiguration {"Bucket":"source","Id":"all"}
advance 86400
> s3 ListObjectsV2 {"Bucket":"reports"}
= KeyCount: 6

== weekly, on Sundays, under a prefix; and into a bucket that is gone
> s3 CreateBucket {"Bucket":"source"}
> s3 CreateBucket {"Bucket":"reports"}
> s3 PutBucketPolicy {"Bucket":"reports","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::reports/*\",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:s3:::source\"},\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\",\"s3:x-amz-acl\":\"bucket-owner-full-control\"}}}]}"}
> s3 PutObject {"Bucket":"source","Key":"logs/1","Body":"b2xk"}
> s3 PutObject {"Bucket":"source","Key":"other","Body":"b2xk"}
> s3 PutBucketInventoryConfiguration {"Bucket":"source","Id":"weekly","InventoryConfiguration":{"Id":"weekly","IsEnabled":true,"IncludedObjectVersions":"Current","Filter":{"Prefix":"logs/"},"Schedule":{"Frequency":"Weekly"},"Destination":{"S3BucketDestination":{"Bucket":"arn:aws:s3:::reports","Format":"CSV"}}}}
# The world began on a Monday: Saturday evening, then Sunday.
advance 486000
now 2025-03-09T00:00:00Z
> s3 ListObjectsV2 {"Bucket":"reports"}
= KeyCount: 3
= Contents[0].Key: source/weekly/2025-03-09T00-00Z/manifest.checksum
advance 518400
> s3 ListObjectsV2 {"Bucket":"reports"}
= KeyCount: 3
> s3 PutBucketInventoryConfiguration {"Bucket":"source","Id":"nowhere","InventoryConfiguration":{"Id":"nowhere","IsEnabled":true,"IncludedObjectVersions":"Current","Schedule":{"Frequency":"Daily"},"Destination":{"S3BucketDestination":{"Bucket":"arn:aws:s3:::no-such-bucket-here","Format":"CSV"}}}}
advance 86400
event inventory nowhere of s3://source not written

== the destination's policy has to let S3 write, also in the same account
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
> s3 CreateBucket {"Bucket":"source"}
> s3 CreateBucket {"Bucket":"reports"}
> s3 PutBucketInventoryConfiguration {"Bucket":"source","Id":"all","InventoryConfiguration":{"Id":"all","IsEnabled":true,"IncludedObjectVersions":"Current","Schedule":{"Frequency":"Daily"},"Destination":{"S3BucketDestination":{"Bucket":"arn:aws:s3:::reports","Format":"CSV"}}}}
advance 86400
event inventory all of s3://source not written: Access Denied The policy of s3://reports does not let s3.amazonaws.com put
> s3 ListObjectsV2 {"Bucket":"reports"}
= KeyCount: 0
