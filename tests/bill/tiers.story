== Intelligent-Tiering: storage by access tier, and a fee for each object that is monitored
# https://aws.amazon.com/s3/pricing/: 0.023 USD a GB-month in Frequent Access, 0.0125 in Infrequent Access, from the midnight after 30 days on; 0.0025 USD a month
# for a thousand objects of 128 KB or more. Moves between the tiers cost nothing.
block a = report
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutObject {"Bucket":"tiered","Key":"a","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
> s3 CreateBucket {"Bucket":"other"}
> s3 PutObject {"Bucket":"other","Key":"small","Body":"MDEyMzQ1Njc4OQ==","StorageClass":"INTELLIGENT_TIERING"}
advance 5184000
meter s3://other ObjectMonitoring: none
bill s3://tiered: 2 requests × $0.005 ÷ 1,000 = $0.00001; 1 object × 5,184,000 s × $0.0025/1,000 object-months ÷ 2,592,000 s = $0.000005000
bill s3://tiered (INTELLIGENT_TIERING): 512 KiB × 2,646,000 s × $0.023/GB-month ÷ 2,592,000 s = $0.00001
bill s3://tiered (INTELLIGENT_TIERING/INFREQUENT): 512 KiB × 2,538,000 s × $0.0125/GB-month ÷ 2,592,000 s = $0.000005976
# Deleted, it is monitored no longer.
> s3 DeleteObject {"Bucket":"tiered","Key":"a"}
advance 2592000
bill s3://tiered: 2 requests × $0.005 ÷ 1,000 = $0.00001; 1 object × 5,184,000 s × $0.0025/1,000 object-months ÷ 2,592,000 s = $0.000005000

== a restoration out of Archive Access costs nothing, but for an Expedited one
# https://aws.amazon.com/s3/pricing/: 0.03 USD a GB and 10 USD for a thousand Expedited requests.
block a = report
> s3 CreateBucket {"Bucket":"tiered"}
> s3 PutBucketIntelligentTieringConfiguration {"Bucket":"tiered","Id":"old","IntelligentTieringConfiguration":{"Id":"old","Status":"Enabled","Tierings":[{"Days":90,"AccessTier":"ARCHIVE_ACCESS"}]}}
> s3 PutObject {"Bucket":"tiered","Key":"a","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
> s3 PutObject {"Bucket":"tiered","Key":"b","Body":"$a","StorageClass":"INTELLIGENT_TIERING"}
advance 7862400
> s3 RestoreObject {"Bucket":"tiered","Key":"a","RestoreRequest":{"GlacierJobParameters":{"Tier":"Bulk"}}}
meter s3://tiered Retrieval: none
> s3 RestoreObject {"Bucket":"tiered","Key":"b","RestoreRequest":{"GlacierJobParameters":{"Tier":"Expedited"}}}
meter s3://tiered Retrieval: 524288 × GLACIER/Expedited 0s ended
