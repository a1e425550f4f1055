== Standard
# S3 Standard: 0.023 USD a GB-month, counted to the byte; requests that write 0.005 USD a thousand.
> s3 CreateBucket {"Bucket":"my-first-bucket"}
> s3 PutObject {"Bucket":"my-first-bucket","Key":"a","Body":"QUFBQUFBQUE="}
advance 3600
> s3 PutObject {"Bucket":"my-first-bucket","Key":"b","Body":"QUFBQUFBQUE="}
> stratus AdvanceClock {"Seconds":2588400}
> s3 DeleteObject {"Bucket":"my-first-bucket","Key":"a"}
# Three requests that write: 0.000015. 8 bytes for an hour, 16 for the rest of a month: 41,443,200 byte-seconds.
bill s3://my-first-bucket: 3 requests × $0.005 ÷ 1,000 = $0.00002; (8 bytes × 3,600 s + 16 bytes × 2,588,400 s + 8 bytes × 0 s = 41,443,200 byte-seconds) × $0.023/GB-month ÷ 2,592,000 s = less than $0.000000001
bill total: $0.000015000

== every class has its price for storage, and one for the requests that write to it
# https://aws.amazon.com/s3/pricing/
> s3 CreateBucket {"Bucket":"in-std"}
> s3 PutObject {"Bucket":"in-std","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD"}
> s3 CreateBucket {"Bucket":"in-int"}
> s3 PutObject {"Bucket":"in-int","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"INTELLIGENT_TIERING"}
> s3 CreateBucket {"Bucket":"in-ia"}
> s3 PutObject {"Bucket":"in-ia","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD_IA"}
> s3 CreateBucket {"Bucket":"in-zone"}
> s3 PutObject {"Bucket":"in-zone","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"ONEZONE_IA"}
> s3 CreateBucket {"Bucket":"in-instant"}
> s3 PutObject {"Bucket":"in-instant","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER_IR"}
> s3 CreateBucket {"Bucket":"in-cold"}
> s3 PutObject {"Bucket":"in-cold","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER"}
> s3 CreateBucket {"Bucket":"in-deep"}
> s3 PutObject {"Bucket":"in-deep","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"DEEP_ARCHIVE"}
advance 2592000
# 128 KB are billed at least in the Infrequent Access classes and Glacier Instant Retrieval; in an archive 32 KB of an index more
# at its price, and 8 KB of a name at Standard's. https://aws.amazon.com/s3/pricing/
bill s3://in-std: 2 requests × $0.005 ÷ 1,000 = $0.00001; 10 bytes × 2,592,000 s × $0.023/GB-month ÷ 2,592,000 s = less than $0.000000001
bill s3://in-int: 2 requests × $0.005 ÷ 1,000 = $0.00001
bill s3://in-int (INTELLIGENT_TIERING): 10 bytes × 2,592,000 s × $0.023/GB-month ÷ 2,592,000 s = less than $0.000000001
bill s3://in-ia: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 1 requests × $0.01 ÷ 1,000 = $0.00001
bill s3://in-ia (STANDARD_IA): 128 KiB × 2,592,000 s × $0.0125/GB-month ÷ 2,592,000 s = $0.000001526
bill s3://in-zone: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 1 requests × $0.01 ÷ 1,000 = $0.00001
bill s3://in-zone (ONEZONE_IA): 128 KiB × 2,592,000 s × $0.01/GB-month ÷ 2,592,000 s = $0.000001221
bill s3://in-instant: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 1 requests × $0.02 ÷ 1,000 = $0.00002
bill s3://in-instant (GLACIER_IR): 128 KiB × 2,592,000 s × $0.004/GB-month ÷ 2,592,000 s = $0.000000488
bill s3://in-cold: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 8 KiB × 2,592,000 s × $0.023/GB-month ÷ 2,592,000 s = $0.000000175; 1 requests × $0.03 ÷ 1,000 = $0.00003
bill s3://in-cold (GLACIER): 32,778 bytes × 2,592,000 s × $0.0036/GB-month ÷ 2,592,000 s = $0.000000110
bill s3://in-deep: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 8 KiB × 2,592,000 s × $0.023/GB-month ÷ 2,592,000 s = $0.000000175; 1 requests × $0.05 ÷ 1,000 = $0.00005
bill s3://in-deep (DEEP_ARCHIVE): 32,778 bytes × 2,592,000 s × $0.00099/GB-month ÷ 2,592,000 s = $0.000000030

== what leaves its class before the least time is charged for the rest of it
# 30 days in the Infrequent Access classes, 90 in Glacier Instant and Flexible Retrieval, 180 in Deep Archive; by deletion, by another object in
# the place, or by a move to another class. https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"ia","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD_IA"}
> s3 PutObject {"Bucket":"my-bucket","Key":"zone","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"ONEZONE_IA"}
> s3 PutObject {"Bucket":"my-bucket","Key":"instant","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER_IR"}
> s3 PutObject {"Bucket":"my-bucket","Key":"cold","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER"}
> s3 PutObject {"Bucket":"my-bucket","Key":"deep","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"DEEP_ARCHIVE"}
> s3 PutObject {"Bucket":"my-bucket","Key":"std","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD"}
> s3 PutObject {"Bucket":"my-bucket","Key":"int","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"INTELLIGENT_TIERING"}
# After ten days 20, 20, 80, 80 and 170 are missing.
> stratus AdvanceClock {"Seconds":864000}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"ia"}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"zone"}
> s3 PutObject {"Bucket":"my-bucket","Key":"instant","Body":"MDEyMzQ1Njc4OQ=="}
> s3 CopyObject {"Bucket":"my-bucket","Key":"cold","CopySource":"my-bucket/std"}
> s3 DeleteObjects {"Bucket":"my-bucket","Delete":{"Objects":[{"Key":"deep"},{"Key":"std"},{"Key":"int"}]}}
meter s3://my-bucket EarlyDeletion: 226492416000 × STANDARD_IA early 0s ended; 226492416000 × ONEZONE_IA early 0s ended; 905969664000 × GLACIER_IR early 0s ended; 226561536000 × GLACIER early 0s ended; 481443264000 × DEEP_ARCHIVE early 0s ended
bill s3://my-bucket: 5 requests × $0.005 ÷ 1,000 = $0.00002; 1 requests × $0.01 ÷ 1,000 = $0.00001; 1 requests × $0.01 ÷ 1,000 = $0.00001; 1 requests × $0.02 ÷ 1,000 = $0.00002; (16,394 bytes × 864,000 s + 20 bytes × 0 s = 14,164,416,000 byte-seconds) × $0.023/GB-month ÷ 2,592,000 s = $0.000000117; 1 requests × $0.03 ÷ 1,000 = $0.00003; 1 requests × $0.05 ÷ 1,000 = $0.00005; 226,492,416,000 byte-seconds short × $0.0125/GB-month ÷ 2,592,000 s = $0.000001017; 226,492,416,000 byte-seconds short × $0.01/GB-month ÷ 2,592,000 s = $0.000000814; 905,969,664,000 byte-seconds short × $0.004/GB-month ÷ 2,592,000 s = $0.000001302; 226,561,536,000 byte-seconds short × $0.0036/GB-month ÷ 2,592,000 s = $0.000000293; 481,443,264,000 byte-seconds short × $0.00099/GB-month ÷ 2,592,000 s = $0.000000171

== after the least time nothing is left to charge
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"ia","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD_IA"}
> s3 PutObject {"Bucket":"my-bucket","Key":"cold","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER"}
> stratus AdvanceClock {"Seconds":2591999}
> s3 CopyObject {"Bucket":"my-bucket","Key":"soon","CopySource":"my-bucket/ia"}
advance 1
> s3 DeleteObject {"Bucket":"my-bucket","Key":"ia"}
> stratus AdvanceClock {"Seconds":5184000}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"cold"}
meter s3://my-bucket EarlyDeletion: none

== a version that is kept stays in its class: a delete marker charges nothing, the version's end does
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"ia","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD_IA"}
save version = VersionId
> stratus AdvanceClock {"Seconds":864000}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"ia"}
meter s3://my-bucket EarlyDeletion: none
> stratus AdvanceClock {"Seconds":864000}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"ia","VersionId":"$version"}
# Ten days of thirty: 10 bytes × 864,000 s.
meter s3://my-bucket EarlyDeletion: 113246208000 × STANDARD_IA early 0s ended

== a lifecycle rule's move costs a request, and its least time begins with it
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketLifecycleConfiguration {"Bucket":"my-bucket","LifecycleConfiguration":{"Rules":[{"ID":"down","Status":"Enabled","Filter":{"ObjectSizeGreaterThan":1},"Transitions":[{"Days":30,"StorageClass":"GLACIER"}]}]}}
> s3 PutObject {"Bucket":"my-bucket","Key":"log","Body":"MDEyMzQ1Njc4OQ=="}
> stratus AdvanceClock {"Until":"2025-04-03T00:00:00Z"}
> s3 HeadObject {"Bucket":"my-bucket","Key":"log"}
= StorageClass: GLACIER
# Nine days after the move; 81 of 90 are left, 10 bytes × 6,998,400 s.
> stratus AdvanceClock {"Until":"2025-04-12T00:00:00Z"}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"log"}
bill s3://my-bucket: 2 requests × $0.005 ÷ 1,000 = $0.00001; (10 bytes × 2,646,000 s + 8 KiB × 777,600 s = 6,396,559,200 byte-seconds) × $0.023/GB-month ÷ 2,592,000 s = $0.000000053; 1 requests × $0.03 ÷ 1,000 = $0.00003; 229,393,555,200 byte-seconds short × $0.0036/GB-month ÷ 2,592,000 s = $0.000000297

== what is taken out of a class by a copy is a retrieval
# Nothing out of Standard and Intelligent-Tiering; 0.01 USD a GB out of Infrequent Access, 0.03 out of Glacier Instant Retrieval.
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"std","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD"}
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy-of-std","CopySource":"my-bucket/std"}
> s3 PutObject {"Bucket":"my-bucket","Key":"int","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"INTELLIGENT_TIERING"}
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy-of-int","CopySource":"my-bucket/int"}
> s3 PutObject {"Bucket":"my-bucket","Key":"ia","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD_IA"}
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy-of-ia","CopySource":"my-bucket/ia"}
> s3 PutObject {"Bucket":"my-bucket","Key":"zone","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"ONEZONE_IA"}
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy-of-zone","CopySource":"my-bucket/zone"}
> s3 PutObject {"Bucket":"my-bucket","Key":"instant","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER_IR"}
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy-of-instant","CopySource":"my-bucket/instant"}
meter s3://my-bucket Retrieval: 10 × STANDARD_IA 0s ended; 10 × ONEZONE_IA 0s ended; 10 × GLACIER_IR 0s ended
bill s3://my-bucket: 8 requests × $0.005 ÷ 1,000 = $0.00004; 60 bytes × 0 s × $0.023/GB-month ÷ 2,592,000 s = $0.00; 1 requests × $0.01 ÷ 1,000 = $0.00001; 10 bytes × $0.01/GB ÷ 1,073,741,824 = less than $0.000000001; 1 requests × $0.01 ÷ 1,000 = $0.00001; 10 bytes × $0.01/GB ÷ 1,073,741,824 = less than $0.000000001; 1 requests × $0.02 ÷ 1,000 = $0.00002; 10 bytes × $0.03/GB ÷ 1,073,741,824 = less than $0.000000001
# Part of an object counts for as much as was taken.
> s3 CreateMultipartUpload {"Bucket":"my-bucket","Key":"joined","StorageClass":"GLACIER"}
save upload = UploadId
> s3 UploadPartCopy {"Bucket":"my-bucket","Key":"joined","UploadId":"$upload","PartNumber":1,"CopySource":"my-bucket/instant","CopySourceRange":"bytes=2-5"}
meter s3://my-bucket Retrieval: 10 × STANDARD_IA 0s ended; 10 × ONEZONE_IA 0s ended; 14 × GLACIER_IR 0s ended

== a restoration costs a request and its bytes by the tier
# Glacier Flexible Retrieval: Expedited 0.03 USD a GB and 10 a thousand requests, Standard 0.01 and 0.05, Bulk nothing; Deep Archive: Standard
# 0.02 and 0.10, Bulk 0.0025 and 0.025. To keep a copy that is there for longer is a request without bytes.
> s3 CreateBucket {"Bucket":"glacier-expedited"}
> s3 PutObject {"Bucket":"glacier-expedited","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER"}
> s3 RestoreObject {"Bucket":"glacier-expedited","Key":"a","RestoreRequest":{"Days":9,"GlacierJobParameters":{"Tier":"Expedited"}}}
bill s3://glacier-expedited: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 8 KiB × 0 s × $0.023/GB-month ÷ 2,592,000 s = $0.00; 1 requests × $0.03 ÷ 1,000 = $0.00003; 1 requests × $10.00 ÷ 1,000 = $0.0100; 10 bytes × $0.03/GB ÷ 1,073,741,824 = less than $0.000000001
> s3 CreateBucket {"Bucket":"glacier-standard"}
> s3 PutObject {"Bucket":"glacier-standard","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER"}
> s3 RestoreObject {"Bucket":"glacier-standard","Key":"a","RestoreRequest":{"Days":9,"GlacierJobParameters":{"Tier":"Standard"}}}
bill s3://glacier-standard: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 8 KiB × 0 s × $0.023/GB-month ÷ 2,592,000 s = $0.00; 1 requests × $0.03 ÷ 1,000 = $0.00003; 1 requests × $0.05 ÷ 1,000 = $0.00005; 10 bytes × $0.01/GB ÷ 1,073,741,824 = less than $0.000000001
> s3 CreateBucket {"Bucket":"glacier-bulk"}
> s3 PutObject {"Bucket":"glacier-bulk","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"GLACIER"}
> s3 RestoreObject {"Bucket":"glacier-bulk","Key":"a","RestoreRequest":{"Days":9,"GlacierJobParameters":{"Tier":"Bulk"}}}
bill s3://glacier-bulk: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 8 KiB × 0 s × $0.023/GB-month ÷ 2,592,000 s = $0.00; 1 requests × $0.03 ÷ 1,000 = $0.00003; 1 requests × $0.00 ÷ 1,000 = $0.00; 10 bytes × $0.00/GB ÷ 1,073,741,824 = $0.00
> s3 CreateBucket {"Bucket":"deep-standard"}
> s3 PutObject {"Bucket":"deep-standard","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"DEEP_ARCHIVE"}
> s3 RestoreObject {"Bucket":"deep-standard","Key":"a","RestoreRequest":{"Days":9,"GlacierJobParameters":{"Tier":"Standard"}}}
bill s3://deep-standard: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 8 KiB × 0 s × $0.023/GB-month ÷ 2,592,000 s = $0.00; 1 requests × $0.05 ÷ 1,000 = $0.00005; 1 requests × $0.10 ÷ 1,000 = $0.00010; 10 bytes × $0.02/GB ÷ 1,073,741,824 = less than $0.000000001
> s3 CreateBucket {"Bucket":"deep-bulk"}
> s3 PutObject {"Bucket":"deep-bulk","Key":"a","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"DEEP_ARCHIVE"}
> s3 RestoreObject {"Bucket":"deep-bulk","Key":"a","RestoreRequest":{"Days":9,"GlacierJobParameters":{"Tier":"Bulk"}}}
bill s3://deep-bulk: 1 requests × $0.005 ÷ 1,000 = $0.000005000; 8 KiB × 0 s × $0.023/GB-month ÷ 2,592,000 s = $0.00; 1 requests × $0.05 ÷ 1,000 = $0.00005; 1 requests × $0.025 ÷ 1,000 = $0.00002; 10 bytes × $0.0025/GB ÷ 1,073,741,824 = less than $0.000000001
advance 172800
> s3 RestoreObject {"Bucket":"glacier-standard","Key":"a","RestoreRequest":{"Days":20,"GlacierJobParameters":{"Tier":"Standard"}}}
meter s3://glacier-standard Retrieval: 10 × GLACIER/Standard 0s ended
# A copy out of the restored one is no other retrieval.
> s3 CopyObject {"Bucket":"glacier-standard","Key":"warm","CopySource":"glacier-standard/a"}
meter s3://glacier-standard Retrieval: 10 × GLACIER/Standard 0s ended

== what is copied to another Region is data that leaves the first
# 0.02 USD a GB; within a Region nothing. https://aws.amazon.com/s3/pricing/ (data transfer)
> s3 CreateBucket {"Bucket":"here"}
> s3 CreateBucket {"Bucket":"near"}
region eu-west-1
> s3 CreateBucket {"Bucket":"there","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}
region us-east-1
> s3 PutObject {"Bucket":"here","Key":"a","Body":"MDEyMzQ1Njc4OQ=="}
> s3 CopyObject {"Bucket":"near","Key":"a","CopySource":"here/a"}
meter s3://here Data: none
> s3 CopyObject {"Bucket":"there","Key":"a","CopySource":"here/a"}
meter s3://here Data: 10 × regions 0s ended
bill s3://here: 2 requests × $0.005 ÷ 1,000 = $0.00001; 10 bytes × 0 s × $0.023/GB-month ÷ 2,592,000 s = $0.00; 10 bytes × $0.02/GB ÷ 1,073,741,824 = less than $0.000000001
bill s3://there: 2 requests × $0.005 ÷ 1,000 = $0.00001; 10 bytes × 0 s × $0.023/GB-month ÷ 2,592,000 s = $0.00
# Back again, it leaves the other one.
> s3 CopyObject {"Bucket":"here","Key":"b","CopySource":"there/a"}
meter s3://there Data: 10 × regions 0s ended

== reads change nothing, and so are not billed
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"ia","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"STANDARD_IA"}
> s3 GetObject {"Bucket":"my-bucket","Key":"ia"}
> s3 HeadObject {"Bucket":"my-bucket","Key":"ia"}
> s3 ListObjectsV2 {"Bucket":"my-bucket"}
bill total: $0.000015000
