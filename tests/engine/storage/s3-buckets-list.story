# ListBuckets: sorted by name, with a prefix, in pages.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
> s3 ListBuckets {}
= Buckets#: 0
= Owner.ID: *
> s3 CreateBucket {"Bucket":"charlie"}
> s3 CreateBucket {"Bucket":"alpha"}
advance 60
> s3 CreateBucket {"Bucket":"alpine"}
> s3 ListBuckets {}
= Buckets#: 3
= Buckets[0].Name: alpha
= Buckets[0].CreationDate: 2025-03-03T09:00:00Z
= Buckets[0].BucketRegion: -
= Buckets[1].Name: alpine
= Buckets[1].CreationDate: 2025-03-03T09:01:00Z
= Buckets[2].Name: charlie
> s3 ListBuckets {"Prefix":"alp","MaxBuckets":1}
= Buckets#: 1
= Buckets[0].Name: alpha
= Prefix: alp
save next = ContinuationToken
> s3 ListBuckets {"Prefix":"alp","MaxBuckets":1,"ContinuationToken":"$next"}
= Buckets[0].Name: alpine
= ContinuationToken: -
> s3 ListBuckets {"ContinuationToken":"???"}
! InvalidArgument: continuation token
