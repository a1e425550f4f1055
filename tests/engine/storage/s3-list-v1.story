# ListObjects, the older form: Marker; NextMarker only with a delimiter.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"b/1","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"b/2","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"c","Body":"YQ=="}
> s3 ListObjects {"Bucket":"my-bucket","MaxKeys":2}
= Contents#: 2
= Contents[0].Owner.ID: *
= IsTruncated: true
= NextMarker: -
= Marker:
> s3 ListObjects {"Bucket":"my-bucket","MaxKeys":2,"Marker":"b/1"}
= Contents[0].Key: b/2
= IsTruncated: false
> s3 ListObjects {"Bucket":"my-bucket","MaxKeys":2,"Delimiter":"/"}
= Contents#: 1
= CommonPrefixes: [{"Prefix":"b/"}]
= NextMarker: b/
> s3 ListObjects {"Bucket":"my-bucket","MaxKeys":2,"Delimiter":"/","Marker":"b/"}
= Contents#: 1
= Contents[0].Key: c
= CommonPrefixes: -
