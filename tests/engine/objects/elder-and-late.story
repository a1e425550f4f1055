# Elder forms of calls, and late additions to S3.
== the elder lifecycle call
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycle.html
> s3 CreateBucket {"Bucket":"shelf"}
> s3 GetBucketLifecycle {"Bucket":"shelf"}
! NoSuchLifecycleConfiguration
> s3 PutBucketLifecycle {"Bucket":"shelf","LifecycleConfiguration":{"Rules":[{"ID":"one","Prefix":"logs/","Status":"Enabled","Transition":{"Days":30,"StorageClass":"STANDARD_IA"},"Expiration":{"Days":60}}]}}
> s3 GetBucketLifecycleConfiguration {"Bucket":"shelf"}
= Rules[0].Prefix: logs/
= Rules[0].Transitions[0].StorageClass: STANDARD_IA
> s3 GetBucketLifecycle {"Bucket":"shelf"}
= Rules[0].Transition.Days: 30
= Rules[0].Prefix: logs/

== annotations hang on a version
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAnnotation.html
> s3 CreateBucket {"Bucket":"shelf"}
> s3 PutBucketVersioning {"Bucket":"shelf","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"shelf","Key":"a","Body":"YQ=="}
save first = VersionId
> s3 PutObjectAnnotation {"Bucket":"shelf","Key":"a","AnnotationName":"labels","AnnotationPayload":"eyJjYXQiOjF9"}
= ObjectVersionId: $first
= ETag: "*"
> s3 GetObjectAnnotation {"Bucket":"shelf","Key":"a","AnnotationName":"labels"}
decoded AnnotationPayload: {"cat":1}
> s3 GetObjectAnnotation {"Bucket":"shelf","Key":"a","AnnotationName":"nothing"}
! NoSuchAnnotation
> s3 PutObjectAnnotation {"Bucket":"shelf","Key":"a","AnnotationName":"checked","AnnotationPayload":"eWVz"}
> s3 ListObjectAnnotations {"Bucket":"shelf","Key":"a","MaxAnnotationResults":1}
= AnnotationCount: 1
= Annotations[0].AnnotationName: checked
save next = NextContinuationToken
> s3 ListObjectAnnotations {"Bucket":"shelf","Key":"a","ContinuationToken":"$next"}
= Annotations[0].AnnotationName: labels
= Annotations[0].Size: 9
= NextContinuationToken: -
# A newer version has none; the older one keeps its own.
> s3 PutObject {"Bucket":"shelf","Key":"a","Body":"Yg=="}
> s3 ListObjectAnnotations {"Bucket":"shelf","Key":"a"}
= Annotations#: 0
> s3 ListObjectAnnotations {"Bucket":"shelf","Key":"a","VersionId":"$first"}
= Annotations#: 2
> s3 DeleteObjectAnnotation {"Bucket":"shelf","Key":"a","VersionId":"$first","AnnotationName":"labels"}
> s3 ListObjectAnnotations {"Bucket":"shelf","Key":"a","VersionId":"$first"}
= Annotations#: 1

== another key without a copy
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html
> s3 CreateBucket {"Bucket":"shelf"}
> s3 PutObject {"Bucket":"shelf","Key":"a","Body":"YQ=="}
= ServerSideEncryption: AES256
> s3 UpdateObjectEncryption {"Bucket":"shelf","Key":"a","ObjectEncryption":{"SSEKMS":{"KMSKeyArn":"arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab","BucketKeyEnabled":true}}}
> s3 HeadObject {"Bucket":"shelf","Key":"a"}
= ServerSideEncryption: aws:kms
= SSEKMSKeyId: arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab
= BucketKeyEnabled: true

== attribute-based access control is off until it is turned on; there are no directory buckets
> s3 CreateBucket {"Bucket":"shelf"}
> s3 GetBucketAbac {"Bucket":"shelf"}
= AbacStatus.Status: Disabled
> s3 PutBucketAbac {"Bucket":"shelf","AbacStatus":{"Status":"Enabled"}}
> s3 GetBucketAbac {"Bucket":"shelf"}
= AbacStatus.Status: Enabled
> s3 ListDirectoryBuckets {}
= Buckets#: 0
