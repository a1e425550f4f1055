# CopyObject: with the metadata, or with new ones. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
> s3 CreateBucket {"Bucket":"from-bucket"}
> s3 CreateBucket {"Bucket":"to-bucket"}
> s3 PutObject {"Bucket":"from-bucket","Key":"dir/a b.txt","Body":"aGVsbG8=","ContentType":"text/plain","Metadata":{"colour":"blue"}}
advance 60
> s3 CopyObject {"Bucket":"to-bucket","Key":"copy","CopySource":"/from-bucket/dir/a%20b.txt"}
= CopyObjectResult.ETag: "5d41402abc4b2a76b9719d911017c592"
= CopyObjectResult.LastModified: 2025-03-03T09:01:00Z
> s3 GetObject {"Bucket":"to-bucket","Key":"copy"}
= Body: aGVsbG8=
= ContentType: text/plain
= Metadata.colour: blue
> s3 CopyObject {"Bucket":"to-bucket","Key":"copy","CopySource":"to-bucket/copy"}
! InvalidRequest: without changing the object's metadata
> s3 CopyObject {"Bucket":"to-bucket","Key":"copy","CopySource":"to-bucket/copy","MetadataDirective":"REPLACE","Metadata":{"colour":"red"}}
> s3 GetObject {"Bucket":"to-bucket","Key":"copy"}
= Metadata.colour: red
= ContentType: binary/octet-stream
> s3 CopyObject {"Bucket":"to-bucket","Key":"copy","CopySource":"to-bucket/copy","StorageClass":"STANDARD_IA"}
> s3 HeadObject {"Bucket":"to-bucket","Key":"copy"}
= StorageClass: STANDARD_IA
> s3 CopyObject {"Bucket":"to-bucket","Key":"x","CopySource":"from-bucket/none"}
! NoSuchKey
> s3 CopyObject {"Bucket":"to-bucket","Key":"x","CopySource":"no-such-bucket/k"}
! NoSuchBucket
> s3 CopyObject {"Bucket":"to-bucket","Key":"x","CopySource":"from-bucket"}
! InvalidArgument
> s3 CopyObject {"Bucket":"to-bucket","Key":"x","CopySource":"from-bucket/dir/a%20b.txt","CopySourceIfNoneMatch":"\"5d41402abc4b2a76b9719d911017c592\""}
! PreconditionFailed
> s3 CopyObject {"Bucket":"to-bucket","Key":"copy","CopySource":"from-bucket/dir/a%20b.txt","IfNoneMatch":"*"}
! PreconditionFailed
> s3 PutObject {"Bucket":"from-bucket","Key":"cold","Body":"aGVsbG8=","StorageClass":"GLACIER"}
> s3 GetObject {"Bucket":"from-bucket","Key":"cold"}
! InvalidObjectState
