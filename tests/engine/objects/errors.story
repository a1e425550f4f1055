== What errors say besides
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
> s3 GetObject {"Bucket":"my-bucket","Key":"k","Range":"bytes=9-"}
! InvalidRange
said RangeRequested: bytes=9-
said ActualObjectSize: 5
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfMatch":"x"}
! PreconditionFailed
said Condition: If-Match
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","StorageClass":"WARM"}
! InvalidStorageClass: The storage class you specified is not valid
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ChecksumCRC32":"abc"}
! InvalidRequest: Value for x-amz-checksum-crc32 header is invalid.
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ContentMD5":"abc"}
! InvalidDigest
said Content-MD5: abc
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ChecksumAlgorithm":"SHA512"}
= ChecksumSHA512: m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ChecksumMD5":"XUFAKrxLKna5cZ2REBfFkg=="}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ChecksumAlgorithm":"XXHASH64"}
! NotImplemented
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"On"}}
! MalformedXML: The XML you provided was not well-formed or did not validate against our published schema
# The first part of what was put in one piece is all of it, as a part.
> s3 GetObject {"Bucket":"my-bucket","Key":"k","PartNumber":1}
= ContentRange: bytes 0-4/5
= PartsCount: -
> s3 PutObject {"Bucket":"my-bucket","Key":"k","WebsiteRedirectLocation":"elsewhere"}
! InvalidRedirectLocation
> s3 PutObject {"Bucket":"my-bucket","Key":"k","WebsiteRedirectLocation":"/other.html"}
> s3 HeadObject {"Bucket":"my-bucket","Key":"k"}
= WebsiteRedirectLocation: /other.html
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Tagging":"aws:x=1"}
! InvalidTag: System tags cannot be added/updated by requester
said TagKey: aws:x

== Values that S3 does not know
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","ServerSideEncryption":"rot13"}
! InvalidArgument: The encryption method specified is not supported
said ArgumentName: x-amz-server-side-encryption
said ArgumentValue: rot13
> s3 ListObjectsV2 {"Bucket":"my-bucket","EncodingType":"base64"}
! InvalidArgument: Invalid Encoding Method specified in Request
said ArgumentName: encoding-type
> s3 PutObject {"Bucket":"my-bucket","Key":"k","ACL":"open"}
! InvalidArgument
said ArgumentName: x-amz-acl
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Tagging":"a=1&a=2"}
! InvalidArgument: The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.
said ArgumentName: x-amz-tagging
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
> s3 PutObject {"Bucket":"my-bucket","Key":"k","IfNoneMatch":"x"}
! NotImplemented: A header you provided implies functionality that is not implemented
said Header: If-None-Match
said additionalMessage: We don't accept the provided value of If-None-Match header for this API
> s3 ListObjectsV2 {"Bucket":"my-bucket","MaxKeys":2147483648}
! InvalidArgument: Provided max-keys not an integer or within integer range
said ArgumentName: max-keys

== What a cache hears of an object that has not changed
# https://www.rfc-editor.org/rfc/rfc9110#name-304-not-modified
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","CacheControl":"max-age=5"}
> s3 GetObject {"Bucket":"my-bucket","Key":"k","IfNoneMatch":"5d41402abc4b2a76b9719d911017c592"}
! 304
said etag: "5d41402abc4b2a76b9719d911017c592"
said last-modified: Mon, 03 Mar 2025 09:00:00 GMT
said cache-control: max-age=5
