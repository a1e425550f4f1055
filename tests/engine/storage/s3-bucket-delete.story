# Only an empty bucket can be deleted. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a/b","Body":"aGVsbG8="}
> s3 DeleteBucket {"Bucket":"my-bucket"}
! BucketNotEmpty: The bucket you tried to delete is not empty
meter s3://my-bucket ObjectStorage: 5 × STANDARD 0s running
advance 3600
> s3 DeleteObject {"Bucket":"my-bucket","Key":"a/b"}
meter s3://my-bucket ObjectStorage: 5 × STANDARD 3600s ended
> s3 DeleteBucket {"Bucket":"my-bucket"}
> s3 ListBuckets {}
= Buckets#: 0
undo
undo
> s3 DeleteBucket {"Bucket":"my-bucket"}
! BucketNotEmpty
