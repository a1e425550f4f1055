# MFA delete. Root's device is a stand-in: any six digits are a right code.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html

== only root, with a code, turns it on, deletes versions and turns it off
> s3 CreateBucket {"Bucket":"kept"}
> s3 GetBucketVersioning {"Bucket":"kept"}
= MFADelete: -
> s3 PutBucketVersioning {"Bucket":"kept","VersioningConfiguration":{"Status":"Enabled","MFADelete":"Enabled"},"MFA":"arn:aws:iam::123456789012:mfa/root-account-mfa-device 123456"}
! AccessDenied: This operation may only be performed by the bucket owner
as root
> s3 PutBucketVersioning {"Bucket":"kept","VersioningConfiguration":{"Status":"Enabled","MFADelete":"Enabled"}}
! AccessDenied: Mfa Authentication must be used for this request
> s3 PutBucketVersioning {"Bucket":"kept","VersioningConfiguration":{"Status":"Enabled","MFADelete":"Enabled"},"MFA":"arn:aws:iam::123456789012:mfa/another 123456"}
! AccessDenied
> s3 PutBucketVersioning {"Bucket":"kept","VersioningConfiguration":{"Status":"Enabled","MFADelete":"Enabled"},"MFA":"arn:aws:iam::123456789012:mfa/root-account-mfa-device 12345"}
! AccessDenied
> s3 PutBucketVersioning {"Bucket":"kept","VersioningConfiguration":{"Status":"Enabled","MFADelete":"Enabled"},"MFA":"arn:aws:iam::123456789012:mfa/root-account-mfa-device 123456"}
> s3 GetBucketVersioning {"Bucket":"kept"}
= Status: Enabled
= MFADelete: Enabled
as administrator
> s3 PutObject {"Bucket":"kept","Key":"a","Body":"b2xk"}
save v = VersionId
# A delete marker needs no code; a version does.
> s3 DeleteObject {"Bucket":"kept","Key":"a"}
save marker = VersionId
> s3 DeleteObject {"Bucket":"kept","Key":"a","VersionId":"$v"}
! AccessDenied
> s3 DeleteObject {"Bucket":"kept","Key":"a","VersionId":"$marker"}
! AccessDenied
# One version in the list, and the whole request fails.
> s3 DeleteObjects {"Bucket":"kept","Delete":{"Objects":[{"Key":"b"},{"Key":"a","VersionId":"$v"}]}}
! AccessDenied
> s3 DeleteObjects {"Bucket":"kept","Delete":{"Objects":[{"Key":"b"}]}}
= Deleted#: 1
> s3 PutBucketVersioning {"Bucket":"kept","VersioningConfiguration":{"Status":"Suspended"}}
! AccessDenied
# No lifecycle rules beside it.
> s3 PutBucketLifecycleConfiguration {"Bucket":"kept","LifecycleConfiguration":{"Rules":[{"Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"Days":1}}]}}
! InvalidBucketState
as root
> s3 DeleteObject {"Bucket":"kept","Key":"a","VersionId":"$v"}
! AccessDenied: Mfa Authentication
> s3 DeleteObject {"Bucket":"kept","Key":"a","VersionId":"$v","MFA":"arn:aws:iam::123456789012:mfa/root-account-mfa-device 654321"}
# An invalid token fails the request, whatever is deleted.
> s3 DeleteObjects {"Bucket":"kept","MFA":"wrong","Delete":{"Objects":[{"Key":"b"}]}}
! AccessDenied
> s3 DeleteObjects {"Bucket":"kept","MFA":"arn:aws:iam::123456789012:mfa/root-account-mfa-device 654321","Delete":{"Objects":[{"Key":"a","VersionId":"$marker"}]}}
= Deleted#: 1
> s3 PutBucketVersioning {"Bucket":"kept","VersioningConfiguration":{"Status":"Enabled","MFADelete":"Disabled"},"MFA":"arn:aws:iam::123456789012:mfa/root-account-mfa-device 111111"}
> s3 GetBucketVersioning {"Bucket":"kept"}
= MFADelete: Disabled
as administrator
> s3 PutBucketLifecycleConfiguration {"Bucket":"kept","LifecycleConfiguration":{"Rules":[{"Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"Days":1}}]}}
as root
> s3 PutBucketVersioning {"Bucket":"kept","VersioningConfiguration":{"Status":"Enabled","MFADelete":"Enabled"},"MFA":"arn:aws:iam::123456789012:mfa/root-account-mfa-device 123456"}
! InvalidBucketState
