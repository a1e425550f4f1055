# An explicit Deny of a bucket's policy binds the account's own signed calls, whatever allows them.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
== the administrator, too: objects, lists, copies, each of a list
> s3 CreateBucket {"Bucket":"papers"}
> s3 CreateBucket {"Bucket":"drafts"}
> s3 PutObject {"Bucket":"papers","Key":"open/a.txt","Body":"YQ=="}
> s3 PutObject {"Bucket":"papers","Key":"shut/b.txt","Body":"Yg=="}
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"NotThese\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*Object\",\"Resource\":\"arn:aws:s3:::papers/shut/*\"}]}"}
> s3 GetObject {"Bucket":"papers","Key":"open/a.txt"}
> s3 GetObject {"Bucket":"papers","Key":"shut/b.txt"}
! AccessDenied: is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::papers/shut/b.txt" with an explicit deny in a resource-based policy
> s3 HeadObject {"Bucket":"papers","Key":"shut/b.txt"}
! 403
> s3 PutObject {"Bucket":"papers","Key":"shut/c.txt","Body":"Yg=="}
! AccessDenied: s3:PutObject
# The parts of an upload are written with the same action.
> s3 CreateMultipartUpload {"Bucket":"papers","Key":"shut/c.txt"}
! AccessDenied: s3:PutObject
> s3 CopyObject {"Bucket":"drafts","Key":"b.txt","CopySource":"papers/shut/b.txt"}
! AccessDenied: s3:GetObject
> s3 CopyObject {"Bucket":"drafts","Key":"a.txt","CopySource":"papers/open/a.txt"}
> s3 DeleteObject {"Bucket":"papers","Key":"shut/b.txt"}
! AccessDenied: s3:DeleteObject
> s3 DeleteObjects {"Bucket":"papers","Delete":{"Objects":[{"Key":"open/a.txt"},{"Key":"shut/b.txt"}]}}
= Deleted#: 1
= Deleted[0].Key: open/a.txt
= Errors#: 1
= Errors[0].Key: shut/b.txt
= Errors[0].Code: AccessDenied
# The page says the same.
see decision of papers shut/b.txt account: denied by Statement 1 (NotThese)
# Lists of the bucket are another action, of another resource.
> s3 ListObjectsV2 {"Bucket":"papers"}
= KeyCount: 1
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::papers\",\"Condition\":{\"StringNotLike\":{\"s3:prefix\":\"open/*\"}}}]}"}
> s3 ListObjectsV2 {"Bucket":"papers"}
! AccessDenied: s3:ListBucket
> s3 ListObjectsV2 {"Bucket":"papers","Prefix":"open/a"}
> s3 HeadBucket {"Bucket":"papers"}
! 403
> s3 DeleteBucketPolicy {"Bucket":"papers"}
> s3 ListObjectsV2 {"Bucket":"papers"}

== only those that it names
> s3 CreateBucket {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
> iam CreateUser {"UserName":"ada"}
> iam CreateAccessKey {"UserName":"ada"}
save key = AccessKey.AccessKeyId
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/ada\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::papers/*\"}]}"}
> s3 GetObject {"Bucket":"papers","Key":"a.txt"}
as $key
> s3 GetObject {"Bucket":"papers","Key":"a.txt"}
! AccessDenied: User: arn:aws:iam::123456789012:user/ada is not authorized
> s3 ListObjectsV2 {"Bucket":"papers"}
as administrator
> s3 GetObject {"Bucket":"papers","Key":"a.txt"}

== who locks everybody out, and the root user, who lets them in again
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html: the root principal may get, put and delete the policy even so
> s3 CreateBucket {"Bucket":"papers"}
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::papers\",\"arn:aws:s3:::papers/*\"]}]}"}
> s3 DeleteBucketPolicy {"Bucket":"papers"}
! AccessDenied: s3:DeleteBucketPolicy
> s3 GetBucketEncryption {"Bucket":"papers"}
! AccessDenied: s3:GetEncryptionConfiguration
> s3 DeleteBucket {"Bucket":"papers"}
! AccessDenied
> s3 ListBuckets {}
= Buckets#: 1
as root
> s3 ListObjectsV2 {"Bucket":"papers"}
! AccessDenied
> s3 GetBucketPolicy {"Bucket":"papers"}
> s3 DeleteBucketPolicy {"Bucket":"papers"}
as administrator
> s3 ListObjectsV2 {"Bucket":"papers"}

== conditions: a signed call comes from the laptop, over TLS, with its signature in the header (ours)
> s3 CreateBucket {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::papers/*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::papers/*\",\"Condition\":{\"NotIpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"}}},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::papers/*\",\"Condition\":{\"StringNotEquals\":{\"s3:authType\":\"REST-HEADER\"}}}]}"}
> s3 GetObject {"Bucket":"papers","Key":"a.txt"}
# Uploads must be encrypted with a key of one's own.
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::papers/*\",\"Condition\":{\"StringNotEquals\":{\"s3:x-amz-server-side-encryption\":\"aws:kms\"}}}]}"}
> s3 PutObject {"Bucket":"papers","Key":"b.txt","Body":"YQ=="}
! AccessDenied
> s3 PutObject {"Bucket":"papers","Key":"b.txt","Body":"YQ==","ServerSideEncryption":"aws:kms"}
