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
