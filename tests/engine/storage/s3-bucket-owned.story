# Names are unique in a partition: somebody else's, one's own, and free again after deletion.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
> s3 CreateBucket {"Bucket":"amazon"}
! BucketAlreadyExists: The requested bucket name is not available.
> s3 HeadBucket {"Bucket":"amazon"}
! 403: Forbidden
> s3 ListObjectsV2 {"Bucket":"amazon"}
! AccessDenied
> s3 CreateBucket {"Bucket":"my-first-bucket"}
# Again: 200 in us-east-1.
> s3 CreateBucket {"Bucket":"my-first-bucket"}
= Location: /my-first-bucket
> s3 CreateBucket {"Bucket":"my-first-bucket","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}
! BucketAlreadyOwnedByYou
region eu-west-1
> s3 CreateBucket {"Bucket":"my-second-bucket","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}
= Location: http://my-second-bucket.s3.amazonaws.com/
> s3 CreateBucket {"Bucket":"my-second-bucket","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}
! BucketAlreadyOwnedByYou: you already own it
> s3 DeleteBucket {"Bucket":"my-first-bucket"}
> s3 CreateBucket {"Bucket":"my-first-bucket","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}
> s3 GetBucketLocation {"Bucket":"my-first-bucket"}
= LocationConstraint: eu-west-1
# ACLs are off in new buckets, and stay off.
> s3 CreateBucket {"Bucket":"acl-bucket","ACL":"public-read","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}
! InvalidBucketAclWithObjectOwnership
