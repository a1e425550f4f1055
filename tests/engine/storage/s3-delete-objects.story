# Deleting what is not there succeeds. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"aGVsbG8="}
> s3 PutObject {"Bucket":"my-bucket","Key":"b","Body":"aGVsbG8="}
> s3 PutObject {"Bucket":"my-bucket","Key":"c","Body":"aGVsbG8="}
meter s3://my-bucket ObjectStorage: 15 × STANDARD 0s running
meter s3://my-bucket Requests: 4 × PUT 0s ended
> s3 DeleteObject {"Bucket":"my-bucket","Key":"nothing"}
> s3 DeleteObjects {"Bucket":"my-bucket","Delete":{"Objects":[{"Key":"a"},{"Key":"nothing"},{"Key":"b","VersionId":"0123456789abcdef"}]}}
= Deleted: [{"Key":"a"},{"Key":"nothing"}]
= Errors#: 1
= Errors[0].Key: b
= Errors[0].Code: NoSuchVersion
> s3 DeleteObjects {"Bucket":"my-bucket","Delete":{"Quiet":true,"Objects":[{"Key":"b"}]}}
= Deleted: -
= Errors: -
> s3 DeleteObjects {"Bucket":"my-bucket","Delete":{"Objects":[]}}
! MalformedXML
> s3 DeleteObject {"Bucket":"no-such-bucket","Key":"a"}
! NoSuchBucket
> s3 ListObjects {"Bucket":"my-bucket"}
= Contents#: 1
= Contents[0].Key: c
