# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
> s3 CreateBucket {"Bucket":"ab"}
! InvalidBucketName: The specified bucket is not valid.
> s3 CreateBucket {"Bucket":"a234567890123456789012345678901234567890123456789012345678901234"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"Upper-case"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"under_score"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"two..dots"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"-begins"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"ends."}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"192.168.5.4"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"xn--abc"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"sthree-abc"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"amzn-s3-demo-abc"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"abc-s3alias"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"abc--ol-s3"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"abc.mrap"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"abc--x-s3"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"abc--table-s3"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"a23"}
= Location: /a23
> s3 CreateBucket {"Bucket":"a23456789012345678901234567890123456789012345678901234567890123"}
> s3 CreateBucket {"Bucket":"logs.example-1.org"}
> s3 ListBuckets {}
= Buckets#: 3
= Buckets[0].Name: a23
