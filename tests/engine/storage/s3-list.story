# ListObjectsV2: prefix, delimiter, common prefixes. Keys are sorted by their UTF-8 bytes.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 ListObjectsV2 {"Bucket":"my-bucket"}
= KeyCount: 0
= Contents: -
= CommonPrefixes: -
= IsTruncated: false
= MaxKeys: 1000
= Name: my-bucket
= Prefix:
> s3 PutObject {"Bucket":"my-bucket","Key":"sample.jpg","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"photos/2006/January/sample.jpg","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"photos/2006/February/sample2.jpg","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"photos/2006/February/sample3.jpg","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"Zebra","Body":"YQ=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"übung","Body":"YQ=="}
> s3 ListObjectsV2 {"Bucket":"my-bucket","Delimiter":"/"}
= Contents#: 3
= Contents[0].Key: Zebra
= Contents[1].Key: sample.jpg
= Contents[2].Key: übung
= CommonPrefixes: [{"Prefix":"photos/"}]
= KeyCount: 4
= Delimiter: /
> s3 ListObjectsV2 {"Bucket":"my-bucket","Prefix":"photos/2006/","Delimiter":"/"}
= Contents: -
= CommonPrefixes: [{"Prefix":"photos/2006/February/"},{"Prefix":"photos/2006/January/"}]
> s3 ListObjectsV2 {"Bucket":"my-bucket","Prefix":"photos/2006/F"}
= Contents#: 2
= Contents[0].Size: 1
= Contents[0].StorageClass: STANDARD
= Contents[0].ETag: "0cc175b9c0f1b6a831c399e269772661"
= Contents[0].Owner: -
> s3 ListObjectsV2 {"Bucket":"my-bucket","Prefix":"sample","FetchOwner":true}
= Contents[0].Owner.ID: *
> s3 ListObjectsV2 {"Bucket":"my-bucket","Prefix":"nothing"}
= KeyCount: 0
> s3 ListObjectsV2 {"Bucket":"my-bucket","StartAfter":"photos/2006/February/sample3.jpg"}
= Contents#: 3
= Contents[0].Key: photos/2006/January/sample.jpg
> s3 ListObjectsV2 {"Bucket":"my-bucket","EncodingType":"url","Prefix":"ü"}
= Contents[0].Key: %C3%BCbung
= Prefix: %C3%BC
= EncodingType: url
> s3 ListObjectsV2 {"Bucket":"no-such-bucket"}
! NoSuchBucket
