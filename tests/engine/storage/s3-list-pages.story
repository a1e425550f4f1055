# Pages: MaxKeys counts keys and common prefixes alike; a token goes on behind the last of them.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"b/1","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"b/2","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"c","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"d/1","Body":"YQ=="}
> s3 ListObjectsV2 {"Bucket":"my-bucket","Delimiter":"/","MaxKeys":2}
= Contents#: 1
= CommonPrefixes: [{"Prefix":"b/"}]
= IsTruncated: true
= KeyCount: 2
save token = NextContinuationToken
> s3 ListObjectsV2 {"Bucket":"my-bucket","Delimiter":"/","MaxKeys":2,"ContinuationToken":"$token"}
= Contents[0].Key: c
= CommonPrefixes: [{"Prefix":"d/"}]
= IsTruncated: false
= NextContinuationToken: -
= ContinuationToken: $token
> s3 ListObjectsV2 {"Bucket":"my-bucket","MaxKeys":2}
= Contents[1].Key: b/1
save token = NextContinuationToken
> s3 ListObjectsV2 {"Bucket":"my-bucket","MaxKeys":2,"ContinuationToken":"$token"}
= Contents[0].Key: b/2
= Contents[1].Key: c
= IsTruncated: true
> s3 ListObjectsV2 {"Bucket":"my-bucket","MaxKeys":5}
= IsTruncated: false
> s3 ListObjectsV2 {"Bucket":"my-bucket","MaxKeys":0}
= KeyCount: 0
= IsTruncated: false
> s3 ListObjectsV2 {"Bucket":"my-bucket","MaxKeys":-1}
! InvalidArgument
> s3 ListObjectsV2 {"Bucket":"my-bucket","ContinuationToken":"no token"}
! InvalidArgument: continuation token
# A page never holds more than 1,000.
> s3 ListObjectsV2 {"Bucket":"my-bucket","MaxKeys":5000}
= MaxKeys: 1000
