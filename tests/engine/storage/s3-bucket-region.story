# Where a bucket lies. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
> s3 CreateBucket {"Bucket":"in-virginia"}
> s3 GetBucketLocation {"Bucket":"in-virginia"}
= LocationConstraint: -
> s3 CreateBucket {"Bucket":"in-oregon","CreateBucketConfiguration":{"LocationConstraint":"us-west-2"}}
> s3 GetBucketLocation {"Bucket":"in-oregon"}
= LocationConstraint: us-west-2
> s3 CreateBucket {"Bucket":"in-ireland","CreateBucketConfiguration":{"LocationConstraint":"EU"}}
> s3 HeadBucket {"Bucket":"in-ireland"}
= BucketRegion: eu-west-1
> s3 CreateBucket {"Bucket":"nowhere","CreateBucketConfiguration":{"LocationConstraint":"us-east-1"}}
! InvalidLocationConstraint: The specified location-constraint is not valid
> s3 CreateBucket {"Bucket":"nowhere","CreateBucketConfiguration":{"LocationConstraint":"mars-north-1"}}
! InvalidLocationConstraint
region eu-west-1
> s3 CreateBucket {"Bucket":"elsewhere"}
! IllegalLocationConstraintException: The unspecified location constraint is incompatible
> s3 CreateBucket {"Bucket":"elsewhere","CreateBucketConfiguration":{"LocationConstraint":"us-west-2"}}
! IllegalLocationConstraintException: The us-west-2 location constraint is incompatible
> s3 ListBuckets {"BucketRegion":"us-west-2"}
= Buckets#: 1
= Buckets[0].Name: in-oregon
= Buckets[0].BucketRegion: us-west-2
> s3 HeadBucket {"Bucket":"no-such-bucket"}
! 404: Not Found
> s3 GetBucketLocation {"Bucket":"no-such-bucket"}
! NoSuchBucket: The specified bucket does not exist
> s3 DeleteBucket {"Bucket":"no-such-bucket"}
! NoSuchBucket
# Every Region serves every bucket.
> s3 PutObject {"Bucket":"in-virginia","Key":"k","Body":"aGVsbG8="}
> s3 HeadBucket {"Bucket":"in-virginia","ExpectedBucketOwner":"210987654321"}
! 403
