# Conditional reads and writes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","IfNoneMatch":"*"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"Ynll","IfNoneMatch":"*"}
! PreconditionFailed: At least one of the pre-conditions you specified did not hold
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"Ynll","IfNoneMatch":"\"abc\""}
! NotImplemented
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"Ynll","IfMatch":"\"00000000000000000000000000000000\""}
! PreconditionFailed
> s3 PutObject {"Bucket":"my-bucket","Key":"other","Body":"Ynll","IfMatch":"\"5d41402abc4b2a76b9719d911017c592\""}
! NoSuchKey
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfMatch":"\"5d41402abc4b2a76b9719d911017c592\""}
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfMatch":"\"x\""}
! PreconditionFailed
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfNoneMatch":"5d41402abc4b2a76b9719d911017c592"}
! 304: Not Modified
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfModifiedSince":"2025-03-03T09:00:00Z"}
! 304
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfModifiedSince":"2025-03-03T08:59:59Z"}
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfUnmodifiedSince":"2025-03-03T08:59:59Z"}
! PreconditionFailed
# An ETag that matches overrules the time; so does one that is not listed.
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfMatch":"\"5d41402abc4b2a76b9719d911017c592\"","IfUnmodifiedSince":"2025-03-03T08:59:59Z"}
> s3 HeadObject {"Bucket":"my-bucket","Key":"k","IfNoneMatch":"\"other\"","IfModifiedSince":"2025-03-03T09:00:00Z"}
> s3 HeadObject {"Bucket":"my-bucket","Key":"k","IfMatch":"\"other\""}
! 412
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","IfMatch":"\"other\""}
! PreconditionFailed
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","IfMatch":"\"5d41402abc4b2a76b9719d911017c592\""}
