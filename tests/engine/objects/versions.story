== A bucket keeps versions, and a deletion leaves a marker
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 GetBucketVersioning {"Bucket":"my-bucket"}
= Status: -
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"b25l"}
= VersionId: -
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 GetBucketVersioning {"Bucket":"my-bucket"}
= Status: Enabled
# What was there before has the version null.
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
= VersionId: null
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"dHdv"}
save two = VersionId
advance 60
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
save three = VersionId
differ $two $three
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
= Body: aGVsbG8=
= VersionId: $three
> s3 GetObject {"Bucket":"my-bucket","Key":"k","VersionId":"$two"}
= Body: dHdv
= VersionId: $two
> s3 GetObject {"Bucket":"my-bucket","Key":"k","VersionId":"null"}
= Body: b25l
# All versions are stored, and billed.
meter s3://my-bucket ObjectStorage: 6 × STANDARD 60s ended; 11 × STANDARD 0s running
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k"}
= DeleteMarker: true
save marker = VersionId
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
! NoSuchKey: The specified key does not exist.
said Key: k
said x-amz-delete-marker: true
said x-amz-version-id: $marker
> s3 HeadObject {"Bucket":"my-bucket","Key":"k"}
! 404
> s3 GetObject {"Bucket":"my-bucket","Key":"k","VersionId":"$marker"}
! MethodNotAllowed: The specified method is not allowed against this resource.
said Method: GET
said ResourceType: DeleteMarker
said allow: DELETE
> s3 HeadObject {"Bucket":"my-bucket","Key":"k","VersionId":"$marker"}
! 405
> s3 ListObjectsV2 {"Bucket":"my-bucket"}
= KeyCount: 0
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= Versions#: 3
= Versions[0].VersionId: $three
= Versions[0].IsLatest: false
= Versions[0].Size: 5
= Versions[1].VersionId: $two
= Versions[2].VersionId: null
= DeleteMarkers#: 1
= DeleteMarkers[0].VersionId: $marker
= DeleteMarkers[0].IsLatest: true
= DeleteMarkers[0].Key: k
# Not even an empty-looking bucket goes.
> s3 DeleteBucket {"Bucket":"my-bucket"}
! BucketNotEmpty: You must delete all versions in the bucket
said BucketName: my-bucket
# Deleting the marker brings the object back.
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$marker"}
= DeleteMarker: true
= VersionId: $marker
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
= VersionId: $three
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$three"}
= DeleteMarker: -
= VersionId: $three
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
= VersionId: $two
> s3 GetObject {"Bucket":"my-bucket","Key":"k","VersionId":"$three"}
! NoSuchVersion: The specified version does not exist.
said Key: k
said VersionId: $three
> s3 GetObject {"Bucket":"my-bucket","Key":"k","VersionId":"short"}
! InvalidArgument: Invalid version id specified
# Twice is no error.
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$three"}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$two"}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"null"}
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= Versions: -
> s3 DeleteBucket {"Bucket":"my-bucket"}

== Suspended versioning writes the version null
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/AddingObjectstoVersionSuspendedBuckets.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"b25l"}
save one = VersionId
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Suspended"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"dHdv"}
= VersionId: -
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
= VersionId: null
= Body: dHdv
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= Versions#: 2
= Versions[0].VersionId: null
= Versions[0].Size: 5
= Versions[1].VersionId: $one
# A deletion takes the version null away and leaves a marker that is null.
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k"}
= DeleteMarker: true
= VersionId: null
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= Versions#: 1
= Versions[0].VersionId: $one
= DeleteMarkers[0].VersionId: null
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"dHdv"}
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= DeleteMarkers: -
= Versions#: 2

== Many at once, with versions, quietly
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"b25l"}
save a = VersionId
> s3 PutObject {"Bucket":"my-bucket","Key":"b","Body":"dHdv"}
> s3 DeleteObjects {"Bucket":"my-bucket","Delete":{"Objects":[{"Key":"a","VersionId":"$a"},{"Key":"b"},{"Key":"c","VersionId":"no"}]}}
= Deleted#: 2
= Deleted[0].Key: a
= Deleted[0].VersionId: $a
= Deleted[0].DeleteMarker: -
= Deleted[1].Key: b
= Deleted[1].DeleteMarker: true
= Deleted[1].VersionId: -
save marker = Deleted[1].DeleteMarkerVersionId
= Errors[0].Key: c
= Errors[0].Code: InvalidArgument
> s3 DeleteObjects {"Bucket":"my-bucket","Delete":{"Quiet":true,"Objects":[{"Key":"b","VersionId":"$marker"}]}}
= Deleted: -
= Errors: -
> s3 GetObject {"Bucket":"my-bucket","Key":"b"}
= Body: dHdv

== An old version is copied back
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/RestoringPreviousVersions.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"b25l"}
save one = VersionId
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"dHdv"}
> s3 CopyObject {"Bucket":"my-bucket","Key":"k","CopySource":"my-bucket/k?versionId=$one"}
= CopySourceVersionId: $one
save three = VersionId
differ $one $three
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
= Body: b25l
= VersionId: $three
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k"}
save marker = VersionId
> s3 CopyObject {"Bucket":"my-bucket","Key":"x","CopySource":"my-bucket/k?versionId=$marker"}
! InvalidRequest: The source of a copy request may not specifically refer to a delete marker by version id.
> s3 CopyObject {"Bucket":"my-bucket","Key":"x","CopySource":"my-bucket/k"}
! NoSuchKey
undo
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
= VersionId: $three

== The list of versions in pages
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"b25l"}
save a1 = VersionId
> s3 PutObject {"Bucket":"my-bucket","Key":"a","Body":"dHdv"}
save a2 = VersionId
> s3 PutObject {"Bucket":"my-bucket","Key":"b/1","Body":"dHdv"}
> s3 PutObject {"Bucket":"my-bucket","Key":"b/2","Body":"dHdv"}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"c"}
save c = VersionId
> s3 ListObjectVersions {"Bucket":"my-bucket","MaxKeys":1}
= IsTruncated: true
= Versions[0].VersionId: $a2
= NextKeyMarker: a
= NextVersionIdMarker: $a2
> s3 ListObjectVersions {"Bucket":"my-bucket","MaxKeys":1,"KeyMarker":"a","VersionIdMarker":"$a2"}
= Versions[0].VersionId: $a1
= NextVersionIdMarker: $a1
> s3 ListObjectVersions {"Bucket":"my-bucket","KeyMarker":"a","VersionIdMarker":"$a1"}
= Versions#: 2
= Versions[0].Key: b/1
= DeleteMarkers[0].VersionId: $c
= IsTruncated: false
> s3 ListObjectVersions {"Bucket":"my-bucket","KeyMarker":"b/1"}
= Versions#: 1
= Versions[0].Key: b/2
> s3 ListObjectVersions {"Bucket":"my-bucket","Delimiter":"/"}
= CommonPrefixes: [{"Prefix":"b/"}]
= Versions#: 2
= DeleteMarkers#: 1
> s3 ListObjectVersions {"Bucket":"my-bucket","Delimiter":"/","MaxKeys":3}
= IsTruncated: true
= NextKeyMarker: b/
= NextVersionIdMarker: -
> s3 ListObjectVersions {"Bucket":"my-bucket","Delimiter":"/","KeyMarker":"b/"}
= Versions: -
= CommonPrefixes: -
= DeleteMarkers[0].Key: c
> s3 ListObjectVersions {"Bucket":"my-bucket","Prefix":"b"}
= Versions#: 2
> s3 ListObjectVersions {"Bucket":"my-bucket","VersionIdMarker":"$a1"}
! InvalidArgument: A version-id marker cannot be specified without a key marker.

== What versioning refuses
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{}}
! IllegalVersioningConfigurationException: The Versioning element must be specified
> s3 PutBucketVersioning {"Bucket":"no-such-bucket","VersioningConfiguration":{"Status":"Enabled"}}
! NoSuchBucket
said BucketName: no-such-bucket

== Versions tell their storage classes
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/list-obj-version-enabled-bucket.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"cold","Body":"aGVsbG8=","StorageClass":"GLACIER"}
> s3 ListObjectVersions {"Bucket":"my-bucket"}
= Versions[0].StorageClass: GLACIER
