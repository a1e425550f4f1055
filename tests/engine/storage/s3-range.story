# Range: bytes from to, from on, the last so many. "0123456789" = MDEyMzQ1Njc4OQ==
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"MDEyMzQ1Njc4OQ=="}
> s3 GetObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=2-4"}
= Body: MjM0
= ContentRange: bytes 2-4/10
= ContentLength: 3
> s3 GetObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=7-"}
= Body: Nzg5
= ContentRange: bytes 7-9/10
> s3 GetObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=-3"}
= Body: Nzg5
> s3 GetObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=5-99"}
= ContentRange: bytes 5-9/10
> s3 GetObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=10-"}
! InvalidRange: The requested range is not satisfiable
> s3 GetObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=-0"}
! InvalidRange
# What is not understood is passed over.
> s3 GetObject {"Bucket":"my-bucket","Key":"k","Range":"lines=1-2"}
= ContentLength: 10
= ContentRange: -
> s3 HeadObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=0-0"}
= ContentLength: 1
> s3 HeadObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=99-"}
! 416
> s3 GetObject {"Bucket":"my-bucket","Key":"k","PartNumber":1}
= ContentLength: 10
> s3 GetObject {"Bucket":"my-bucket","Key":"k","PartNumber":2}
! InvalidPartNumber
