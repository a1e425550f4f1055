# Parameters that came late, or are rarely given: none is passed over in silence.
== a bucket in the account's own namespace of a Region
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
> s3 CreateBucket {"Bucket":"logs","BucketNamespace":"account-regional"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"logs-123456789012-eu-west-1-an","BucketNamespace":"account-regional"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"logs-111122223333-us-east-1-an","BucketNamespace":"account-regional"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"-123456789012-us-east-1-an","BucketNamespace":"account-regional"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"logs-123456789012-us-east-1-an","BucketNamespace":"account-regional"}
= Location: /logs-123456789012-us-east-1-an
# The ending is that namespace's alone.
> s3 CreateBucket {"Bucket":"drafts-123456789012-us-east-1-an"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"drafts-an","BucketNamespace":"global"}
! InvalidBucketName
> s3 CreateBucket {"Bucket":"drafts","BucketNamespace":"global"}
region eu-west-1
> s3 CreateBucket {"Bucket":"logs-123456789012-eu-west-1-an","BucketNamespace":"account-regional","CreateBucketConfiguration":{"LocationConstraint":"eu-west-1"}}

== where requesters pay, nobody asks without keys, and others must say that they pay
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html
> s3 CreateBucket {"Bucket":"papers"}
> s3 DeletePublicAccessBlock {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
> s3 PutBucketWebsite {"Bucket":"papers","WebsiteConfiguration":{"IndexDocument":{"Suffix":"a.txt"}}}
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"All\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::papers/*\"}]}"}
as nobody
> s3 GetObject {"Bucket":"papers","Key":"a.txt"}
as administrator
see page of http://papers.s3-website-us-east-1.amazonaws.com/ internet: 200 by the website of the bucket papers (a)
> s3 PutBucketRequestPayment {"Bucket":"papers","RequestPaymentConfiguration":{"Payer":"Requester"}}
as nobody
> s3 GetObject {"Bucket":"papers","Key":"a.txt"}
! AccessDenied
> s3 GetObject {"Bucket":"papers","Key":"a.txt","RequestPayer":"requester"}
! AccessDenied
see page of http://papers.s3-website-us-east-1.amazonaws.com/ internet: 403 by the website of the bucket papers (*)
see decision of papers a.txt anonymous: denied by Requester Pays
see decision of papers a.txt other: denied by Requester Pays
see decision of papers a.txt account: allowed by Statement 1 (All)
# The owner need say nothing.
as administrator
> s3 GetObject {"Bucket":"papers","Key":"a.txt"}
> s3 PutBucketRequestPayment {"Bucket":"papers","RequestPaymentConfiguration":{"Payer":"BucketOwner"}}
as nobody
> s3 GetObject {"Bucket":"papers","Key":"a.txt"}

== an encryption context goes with a key of KMS's
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
> s3 CreateBucket {"Bucket":"papers"}
base64 context = {"department":"archive"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ==","ServerSideEncryption":"aws:kms","SSEKMSEncryptionContext":"$context"}
= SSEKMSEncryptionContext: $context
> s3 HeadObject {"Bucket":"papers","Key":"a.txt"}
= ServerSideEncryption: aws:kms
> s3 CopyObject {"Bucket":"papers","Key":"b.txt","CopySource":"papers/a.txt","ServerSideEncryption":"aws:kms","SSEKMSEncryptionContext":"$context"}
= SSEKMSEncryptionContext: $context
> s3 CreateMultipartUpload {"Bucket":"papers","Key":"c.txt","ServerSideEncryption":"aws:kms:dsse","SSEKMSEncryptionContext":"$context"}
= SSEKMSEncryptionContext: $context
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ==","SSEKMSEncryptionContext":"$context"}
! InvalidArgument
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ==","ServerSideEncryption":"aws:kms","SSEKMSEncryptionContext":"department"}
! InvalidArgument: Base64-encoded

== what is not simulated is refused
> s3 CreateBucket {"Bucket":"papers","ObjectLockEnabledForBucket":true}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ==","ObjectLockEventHold":"ON"}
! NotImplemented
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ==","ObjectLockEventHoldDurationDays":3}
! NotImplemented
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
> s3 PutObjectRetention {"Bucket":"papers","Key":"a.txt","Retention":{"EventHold":"ON"}}
! NotImplemented
> s3 CreateMultipartUpload {"Bucket":"papers","Key":"b.txt"}
save upload = UploadId
> s3 AbortMultipartUpload {"Bucket":"papers","Key":"b.txt","UploadId":"$upload","IfMatchInitiatedTime":"2025-03-03T09:00:00Z"}
! NotImplemented

== annotations go along with a copy that says so
> s3 CreateBucket {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
base64 note = seen
> s3 PutObjectAnnotation {"Bucket":"papers","Key":"a.txt","AnnotationName":"review","AnnotationPayload":"$note"}
> s3 CopyObject {"Bucket":"papers","Key":"b.txt","CopySource":"papers/a.txt","AnnotationDirective":"COPY"}
> s3 GetObjectAnnotation {"Bucket":"papers","Key":"b.txt","AnnotationName":"review"}
> s3 CopyObject {"Bucket":"papers","Key":"c.txt","CopySource":"papers/a.txt","AnnotationDirective":"EXCLUDE"}
> s3 GetObjectAnnotation {"Bucket":"papers","Key":"c.txt","AnnotationName":"review"}
! NoSuchAnnotation
