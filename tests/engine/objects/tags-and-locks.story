== Tags of an object
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","Tagging":"a=1"}
> s3 GetObjectTagging {"Bucket":"my-bucket","Key":"k"}
= TagSet: [{"Key":"a","Value":"1"}]
= VersionId: -
> s3 PutObjectTagging {"Bucket":"my-bucket","Key":"k","Tagging":{"TagSet":[{"Key":"b","Value":"2"},{"Key":"c","Value":""}]}}
> s3 GetObjectTagging {"Bucket":"my-bucket","Key":"k"}
= TagSet: [{"Key":"b","Value":"2"},{"Key":"c","Value":""}]
> s3 HeadObject {"Bucket":"my-bucket","Key":"k"}
= TagCount: 2
> s3 PutObjectTagging {"Bucket":"my-bucket","Key":"k","Tagging":{"TagSet":[{"Key":"b","Value":"2"},{"Key":"b","Value":""}]}}
! InvalidTag: Cannot provide multiple Tags with the same key
> s3 PutObjectTagging {"Bucket":"my-bucket","Key":"k","Tagging":{"TagSet":[{"Key":"1","Value":""},{"Key":"2","Value":""},{"Key":"3","Value":""},{"Key":"4","Value":""},{"Key":"5","Value":""},{"Key":"6","Value":""},{"Key":"7","Value":""},{"Key":"8","Value":""},{"Key":"9","Value":""},{"Key":"10","Value":""},{"Key":"11","Value":""}]}}
! BadRequest: Object tags cannot be greater than 10
> s3 PutObjectTagging {"Bucket":"my-bucket","Key":"none","Tagging":{"TagSet":[]}}
! NoSuchKey
> s3 DeleteObjectTagging {"Bucket":"my-bucket","Key":"k"}
> s3 GetObjectTagging {"Bucket":"my-bucket","Key":"k"}
= TagSet: []

== Tags belong to a version
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
save one = VersionId
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
save two = VersionId
> s3 PutObjectTagging {"Bucket":"my-bucket","Key":"k","VersionId":"$one","Tagging":{"TagSet":[{"Key":"b","Value":"2"}]}}
= VersionId: $one
> s3 GetObjectTagging {"Bucket":"my-bucket","Key":"k"}
= TagSet#: 0
= VersionId: $two
> s3 GetObjectTagging {"Bucket":"my-bucket","Key":"k","VersionId":"$one"}
= TagSet#: 1

== Object Lock
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
> s3 CreateBucket {"Bucket":"plain-bucket"}
> s3 GetObjectLockConfiguration {"Bucket":"plain-bucket"}
! ObjectLockConfigurationNotFoundError: Object Lock configuration does not exist for this bucket
> s3 PutObject {"Bucket":"plain-bucket","Key":"k","Body":"aGVsbG8=","ObjectLockLegalHoldStatus":"ON"}
! InvalidRequest: Bucket is missing Object Lock Configuration
> s3 CreateBucket {"Bucket":"my-bucket","ObjectLockEnabledForBucket":true}
> s3 GetBucketVersioning {"Bucket":"my-bucket"}
= Status: Enabled
> s3 GetObjectLockConfiguration {"Bucket":"my-bucket"}
= ObjectLockConfiguration: {"ObjectLockEnabled":"Enabled"}
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Suspended"}}
! InvalidBucketState: An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.
> s3 PutObjectLockConfiguration {"Bucket":"my-bucket","ObjectLockConfiguration":{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"GOVERNANCE","Days":1}}}}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
save one = VersionId
> s3 HeadObject {"Bucket":"my-bucket","Key":"k"}
= ObjectLockMode: GOVERNANCE
= ObjectLockRetainUntilDate: 2025-03-04T09:00:00Z
# A marker can always be laid upon it; the version itself stays, but for who may bypass.
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k"}
= DeleteMarker: true
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$one"}
! AccessDenied: Access Denied because object protected by object lock.
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$one","BypassGovernanceRetention":true}
undo
> s3 PutObjectRetention {"Bucket":"my-bucket","Key":"k","VersionId":"$one","Retention":{"Mode":"GOVERNANCE","RetainUntilDate":"2025-03-03T10:00:00Z"}}
! AccessDenied
> s3 PutObjectRetention {"Bucket":"my-bucket","Key":"k","VersionId":"$one","Retention":{"Mode":"GOVERNANCE","RetainUntilDate":"2025-03-02T10:00:00Z"}}
! InvalidArgument: The retain until date must be in the future!
> s3 PutObjectRetention {"Bucket":"my-bucket","Key":"k","VersionId":"$one","BypassGovernanceRetention":true,"Retention":{"Mode":"COMPLIANCE","RetainUntilDate":"2025-03-03T10:00:00Z"}}
> s3 GetObjectRetention {"Bucket":"my-bucket","Key":"k","VersionId":"$one"}
= Retention: {"Mode":"COMPLIANCE","RetainUntilDate":"2025-03-03T10:00:00Z"}
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$one","BypassGovernanceRetention":true}
! AccessDenied
> s3 GetObjectLegalHold {"Bucket":"my-bucket","Key":"k","VersionId":"$one"}
! NoSuchObjectLockConfiguration
> s3 PutObjectLegalHold {"Bucket":"my-bucket","Key":"k","VersionId":"$one","LegalHold":{"Status":"ON"}}
advance 7200
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$one"}
! AccessDenied
> s3 PutObjectLegalHold {"Bucket":"my-bucket","Key":"k","VersionId":"$one","LegalHold":{"Status":"OFF"}}
> s3 GetObjectLegalHold {"Bucket":"my-bucket","Key":"k","VersionId":"$one"}
= LegalHold.Status: OFF
> s3 DeleteObject {"Bucket":"my-bucket","Key":"k","VersionId":"$one"}
