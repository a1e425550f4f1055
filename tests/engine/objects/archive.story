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

== How long a restoration takes, by class and tier
# Glacier Flexible Retrieval: Expedited 1 to 5 minutes, Standard 3 to 5 hours, Bulk 5 to 12 hours; Deep Archive: Standard within 12 hours, Bulk
# within 48. https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"minutes","Body":"aGVsbG8=","StorageClass":"GLACIER"}
> s3 PutObject {"Bucket":"my-bucket","Key":"hours","Body":"aGVsbG8=","StorageClass":"GLACIER"}
> s3 PutObject {"Bucket":"my-bucket","Key":"night","Body":"aGVsbG8=","StorageClass":"GLACIER"}
> s3 PutObject {"Bucket":"my-bucket","Key":"deep","Body":"aGVsbG8=","StorageClass":"DEEP_ARCHIVE"}
> s3 PutObject {"Bucket":"my-bucket","Key":"deepest","Body":"aGVsbG8=","StorageClass":"DEEP_ARCHIVE"}
> s3 RestoreObject {"Bucket":"my-bucket","Key":"minutes","RestoreRequest":{"Days":5,"GlacierJobParameters":{"Tier":"Expedited"}}}
> s3 RestoreObject {"Bucket":"my-bucket","Key":"hours","RestoreRequest":{"Days":5,"GlacierJobParameters":{"Tier":"Standard"}}}
> s3 RestoreObject {"Bucket":"my-bucket","Key":"night","RestoreRequest":{"Days":5,"GlacierJobParameters":{"Tier":"Bulk"}}}
> s3 RestoreObject {"Bucket":"my-bucket","Key":"deep","RestoreRequest":{"Days":5,"GlacierJobParameters":{"Tier":"Standard"}}}
> s3 RestoreObject {"Bucket":"my-bucket","Key":"deepest","RestoreRequest":{"Days":5,"GlacierJobParameters":{"Tier":"Bulk"}}}
advance 179
> s3 GetObject {"Bucket":"my-bucket","Key":"minutes"}
! InvalidObjectState
advance 1
event s3://my-bucket/minutes is restored
> s3 GetObject {"Bucket":"my-bucket","Key":"minutes"}
= Body: aGVsbG8=
advance 14219
> s3 GetObject {"Bucket":"my-bucket","Key":"hours"}
! InvalidObjectState
advance 1
event s3://my-bucket/hours is restored
> s3 GetObject {"Bucket":"my-bucket","Key":"hours"}
= Body: aGVsbG8=
advance 14399
> s3 GetObject {"Bucket":"my-bucket","Key":"night"}
! InvalidObjectState
advance 1
event s3://my-bucket/night is restored
> s3 GetObject {"Bucket":"my-bucket","Key":"night"}
= Body: aGVsbG8=
advance 14399
> s3 GetObject {"Bucket":"my-bucket","Key":"deep"}
! InvalidObjectState
advance 1
event s3://my-bucket/deep is restored
> s3 GetObject {"Bucket":"my-bucket","Key":"deep"}
= Body: aGVsbG8=
advance 129599
> s3 GetObject {"Bucket":"my-bucket","Key":"deepest"}
! InvalidObjectState
advance 1
event s3://my-bucket/deepest is restored
> s3 GetObject {"Bucket":"my-bucket","Key":"deepest"}
= Body: aGVsbG8=

== Without a tier a restoration is a Standard one
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"deep","Body":"aGVsbG8=","StorageClass":"DEEP_ARCHIVE"}
> s3 RestoreObject {"Bucket":"my-bucket","Key":"deep","RestoreRequest":{"Days":1}}
advance 43199
> s3 GetObject {"Bucket":"my-bucket","Key":"deep"}
! InvalidObjectState
advance 1
> s3 GetObject {"Bucket":"my-bucket","Key":"deep"}
= Body: aGVsbG8=
