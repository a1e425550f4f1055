== An archived object is restored
# Standard retrieval from Glacier Flexible Retrieval takes 3 to 5 hours.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"cold","Body":"aGVsbG8=","StorageClass":"GLACIER"}
> s3 GetObject {"Bucket":"my-bucket","Key":"cold"}
! InvalidObjectState
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy","CopySource":"my-bucket/cold"}
! InvalidObjectState: Operation is not valid for the source object's storage class
> s3 HeadObject {"Bucket":"my-bucket","Key":"cold"}
= StorageClass: GLACIER
= Restore: -
> s3 RestoreObject {"Bucket":"my-bucket","Key":"cold","RestoreRequest":{"Days":2,"GlacierJobParameters":{"Tier":"Standard"}}}
> s3 HeadObject {"Bucket":"my-bucket","Key":"cold"}
= Restore: ongoing-request="true"
> s3 RestoreObject {"Bucket":"my-bucket","Key":"cold","RestoreRequest":{"Days":2}}
! RestoreAlreadyInProgress: Object restore is already in progress
> s3 ListObjectsV2 {"Bucket":"my-bucket","OptionalObjectAttributes":["RestoreStatus"]}
= Contents[0].RestoreStatus.IsRestoreInProgress: true
advance 14400
event s3://my-bucket/cold is restored
# Ready on 3 March at 13:00; two days later, at the next midnight, the copy goes.
> s3 HeadObject {"Bucket":"my-bucket","Key":"cold"}
= Restore: ongoing-request="false", expiry-date="Thu, 06 Mar 2025 00:00:00 GMT"
> s3 GetObject {"Bucket":"my-bucket","Key":"cold"}
= Body: aGVsbG8=
= StorageClass: GLACIER
> stratus AdvanceClock {"Until":"2025-03-06T00:00:00Z"}
> s3 GetObject {"Bucket":"my-bucket","Key":"cold"}
! InvalidObjectState

== What cannot be restored
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"warm","Body":"aGVsbG8="}
> s3 RestoreObject {"Bucket":"my-bucket","Key":"warm","RestoreRequest":{"Days":2}}
! InvalidObjectState: Restore is not allowed for the object's current storage class
> s3 PutObject {"Bucket":"my-bucket","Key":"deep","Body":"aGVsbG8=","StorageClass":"DEEP_ARCHIVE"}
> s3 RestoreObject {"Bucket":"my-bucket","Key":"deep","RestoreRequest":{"Days":2,"GlacierJobParameters":{"Tier":"Expedited"}}}
! InvalidArgument
> s3 RestoreObject {"Bucket":"my-bucket","Key":"deep","RestoreRequest":{"GlacierJobParameters":{"Tier":"Bulk"}}}
! MalformedXML
# GLACIER_IR is read at once.
> s3 PutObject {"Bucket":"my-bucket","Key":"instant","Body":"aGVsbG8=","StorageClass":"GLACIER_IR"}
> s3 GetObject {"Bucket":"my-bucket","Key":"instant"}
= Body: aGVsbG8=
