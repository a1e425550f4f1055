# What PutObject refuses. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ContentMD5":"XUFAKrxLKna5cZ2REBfFkg=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ContentMD5":"1B2M2Y8AsgTpgAmY7PhCfg=="}
! BadDigest
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ContentMD5":"abc"}
! InvalidDigest
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ContentLength":4}
! IncompleteBody
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ACL":"public-read"}
! AccessControlListNotSupported: The bucket does not allow ACLs
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ACL":"bucket-owner-full-control"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","StorageClass":"SNOW"}
! InvalidStorageClass
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","WriteOffsetBytes":3}
! NotImplemented
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","Tagging":"a=1&a=2"}
! InvalidArgument
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","Tagging":"a=1&b=%20x"}
> s3 HeadObject {"Bucket":"my-bucket","Key":"k"}
= TagCount: 2
> s3 PutObject {"Bucket":"my-bucket","Key":"","Body":"aGVsbG8="}
! InvalidArgument: Key
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ExpectedBucketOwner":"210987654321"}
! AccessDenied
