# Put, get, head. ETag = MD5 of a single PUT. "hello" = aGVsbG8=, MD5 5d41402abc4b2a76b9719d911017c592.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
> s3 CreateBucket {"Bucket":"my-bucket"}
advance 30.75
> s3 PutObject {"Bucket":"my-bucket","Key":"greetings/hello.txt","Body":"aGVsbG8=","ContentType":"text/plain","CacheControl":"max-age=60","Metadata":{"Colour":"blue"}}
= ETag: "5d41402abc4b2a76b9719d911017c592"
= ServerSideEncryption: AES256
= ChecksumType: FULL_OBJECT
> s3 GetObject {"Bucket":"my-bucket","Key":"greetings/hello.txt"}
= Body: aGVsbG8=
= ContentLength: 5
= ContentType: text/plain
= CacheControl: max-age=60
= Metadata.colour: blue
= ETag: "5d41402abc4b2a76b9719d911017c592"
# S3 knows whole seconds.
= LastModified: 2025-03-03T09:00:30Z
= AcceptRanges: bytes
= StorageClass: -
> s3 HeadObject {"Bucket":"my-bucket","Key":"greetings/hello.txt"}
= ContentLength: 5
= Metadata.colour: blue
> s3 GetObject {"Bucket":"my-bucket","Key":"greetings/hello.txt","ResponseContentType":"text/html","ResponseContentDisposition":"attachment"}
= ContentType: text/html
= ContentDisposition: attachment
> s3 GetObject {"Bucket":"my-bucket","Key":"nothing"}
! NoSuchKey: The specified key does not exist.
> s3 HeadObject {"Bucket":"my-bucket","Key":"nothing"}
! 404: Not Found
> s3 GetObject {"Bucket":"not-there","Key":"nothing"}
! NoSuchBucket
# Overwriting is at once seen by all: S3 is strongly consistent.
> s3 PutObject {"Bucket":"my-bucket","Key":"greetings/hello.txt","Body":"Ynll"}
> s3 GetObject {"Bucket":"my-bucket","Key":"greetings/hello.txt"}
= Body: Ynll
= ContentType: binary/octet-stream
= Metadata: {}
# An empty object, and one whose body is left out.
> s3 PutObject {"Bucket":"my-bucket","Key":"empty"}
= ETag: "d41d8cd98f00b204e9800998ecf8427e"
> s3 GetObject {"Bucket":"my-bucket","Key":"empty","VersionId":"null"}
= ContentLength: 0
> s3 GetObject {"Bucket":"my-bucket","Key":"empty","VersionId":"abc"}
! InvalidArgument: Invalid version id
