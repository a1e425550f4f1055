# Bytes by storage class and time; PUT, COPY, POST and LIST by the request (reads are not counted: ours).
# https://aws.amazon.com/s3/pricing/
> s3 CreateBucket {"Bucket":"my-bucket"}
advance 3600
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"MDEyMzQ1Njc4OQ=="}
advance 3600
> s3 PutObject {"Bucket":"my-bucket","Key":"b","Body":"MDEyMzQ1Njc4OQ=="}
advance 3600
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"YQ=="}
meter s3://my-bucket ObjectStorage: 10 × STANDARD 3600s ended; 20 × STANDARD 3600s ended; 11 × STANDARD 0s running
advance 60
> s3 DeleteObjects {"Bucket":"my-bucket","Delete":{"Objects":[{"Key":"a"},{"Key":"b"}]}}
meter s3://my-bucket ObjectStorage: 10 × STANDARD 3600s ended; 20 × STANDARD 3600s ended; 11 × STANDARD 60s ended
