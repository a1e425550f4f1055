== CORS
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 GetBucketCors {"Bucket":"my-bucket"}
! NoSuchCORSConfiguration: The CORS configuration does not exist
said BucketName: my-bucket
> s3 PutBucketCors {"Bucket":"my-bucket","CORSConfiguration":{"CORSRules":[{"AllowedMethods":["GET","PUT"],"AllowedOrigins":["https://*.example.com"],"MaxAgeSeconds":3000}]}}
> s3 GetBucketCors {"Bucket":"my-bucket"}
= CORSRules: [{"AllowedMethods":["GET","PUT"],"AllowedOrigins":["https://*.example.com"],"MaxAgeSeconds":3000}]
> s3 PutBucketCors {"Bucket":"my-bucket","CORSConfiguration":{"CORSRules":[{"AllowedMethods":["PATCH"],"AllowedOrigins":["*"]}]}}
! InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method is PATCH
> s3 PutBucketCors {"Bucket":"my-bucket","CORSConfiguration":{"CORSRules":[{"AllowedMethods":["GET"],"AllowedOrigins":["http://*.*"]}]}}
! InvalidRequest: can not have more than one wildcard
> s3 DeleteBucketCors {"Bucket":"my-bucket"}
> s3 GetBucketCors {"Bucket":"my-bucket"}
! NoSuchCORSConfiguration

== Website
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 GetBucketWebsite {"Bucket":"my-bucket"}
! NoSuchWebsiteConfiguration: The specified bucket does not have a website configuration
> s3 PutBucketWebsite {"Bucket":"my-bucket","WebsiteConfiguration":{"IndexDocument":{"Suffix":"index.html"},"ErrorDocument":{"Key":"error.html"}}}
> s3 GetBucketWebsite {"Bucket":"my-bucket"}
= IndexDocument.Suffix: index.html
= ErrorDocument.Key: error.html
> s3 PutBucketWebsite {"Bucket":"my-bucket","WebsiteConfiguration":{"IndexDocument":{"Suffix":"a/b"}}}
! InvalidArgument: The IndexDocument Suffix is not well formed
> s3 PutBucketWebsite {"Bucket":"my-bucket","WebsiteConfiguration":{"RedirectAllRequestsTo":{"HostName":"example.com"},"ErrorDocument":{"Key":"e"}}}
! InvalidRequest: RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.
> s3 DeleteBucketWebsite {"Bucket":"my-bucket"}
> s3 GetBucketWebsite {"Bucket":"my-bucket"}
! NoSuchWebsiteConfiguration

== Logging, notifications, acceleration, who pays
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 CreateBucket {"Bucket":"log-bucket"}
> s3 GetBucketLogging {"Bucket":"my-bucket"}
= LoggingEnabled: -
> s3 PutBucketLogging {"Bucket":"my-bucket","BucketLoggingStatus":{"LoggingEnabled":{"TargetBucket":"none-bucket","TargetPrefix":"x/"}}}
! InvalidTargetBucketForLogging: The target bucket for logging does not exist
> s3 PutBucketLogging {"Bucket":"my-bucket","BucketLoggingStatus":{"LoggingEnabled":{"TargetBucket":"log-bucket","TargetPrefix":"x/"}}}
> s3 GetBucketLogging {"Bucket":"my-bucket"}
= LoggingEnabled.TargetPrefix: x/
> s3 PutBucketLogging {"Bucket":"my-bucket","BucketLoggingStatus":{}}
> s3 GetBucketLogging {"Bucket":"my-bucket"}
= LoggingEnabled: -
> s3 PutBucketNotificationConfiguration {"Bucket":"my-bucket","NotificationConfiguration":{"TopicConfigurations":[{"TopicArn":"arn:aws:sns:us-east-1:123456789012:topic","Events":["s3:ObjectCreated:*"]}]}}
> s3 GetBucketNotificationConfiguration {"Bucket":"my-bucket"}
= TopicConfigurations[0].TopicArn: arn:aws:sns:us-east-1:123456789012:topic
save id = TopicConfigurations[0].Id
> s3 PutBucketNotificationConfiguration {"Bucket":"my-bucket","NotificationConfiguration":{"QueueConfigurations":[{"QueueArn":"arn:aws:sns:us-east-1:123456789012:topic","Events":["s3:ObjectCreated:*"]}]}}
! InvalidArgument: The ARN could not be parsed
> s3 GetBucketAccelerateConfiguration {"Bucket":"my-bucket"}
= Status: -
> s3 PutBucketAccelerateConfiguration {"Bucket":"my-bucket","AccelerateConfiguration":{"Status":"Enabled"}}
> s3 GetBucketAccelerateConfiguration {"Bucket":"my-bucket"}
= Status: Enabled
> s3 GetBucketRequestPayment {"Bucket":"my-bucket"}
= Payer: BucketOwner
> s3 PutBucketRequestPayment {"Bucket":"my-bucket","RequestPaymentConfiguration":{"Payer":"Requester"}}
> s3 GetBucketRequestPayment {"Bucket":"my-bucket"}
= Payer: Requester

== Encryption
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 GetBucketEncryption {"Bucket":"my-bucket"}
= ServerSideEncryptionConfiguration: {"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"},"BucketKeyEnabled":false}]}
> s3 PutBucketEncryption {"Bucket":"my-bucket","ServerSideEncryptionConfiguration":{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"1234abcd-12ab-34cd-56ef-1234567890ab"},"BucketKeyEnabled":true}]}}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
= ServerSideEncryption: aws:kms
= SSEKMSKeyId: arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab
= BucketKeyEnabled: true
# The ETag of what KMS's keys encrypt is no MD5 of it.
save etag = ETag
differ $etag "5d41402abc4b2a76b9719d911017c592"
> s3 HeadObject {"Bucket":"my-bucket","Key":"k"}
= ServerSideEncryption: aws:kms
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ServerSideEncryption":"AES256"}
= SSEKMSKeyId: -
= ETag: "5d41402abc4b2a76b9719d911017c592"
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ServerSideEncryption":"AES256","SSEKMSKeyId":"x"}
! InvalidArgument: requires HTTP header x-amz-server-side-encryption : aws:kms
> s3 PutBucketEncryption {"Bucket":"my-bucket","ServerSideEncryptionConfiguration":{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256","KMSMasterKeyID":"x"}}]}}
! InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse
> s3 DeleteBucketEncryption {"Bucket":"my-bucket"}
> s3 GetBucketEncryption {"Bucket":"my-bucket"}
= ServerSideEncryptionConfiguration.Rules[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm: AES256
# An object is re-encrypted by a copy onto itself.
> s3 CopyObject {"Bucket":"my-bucket","Key":"k","CopySource":"my-bucket/k","ServerSideEncryption":"aws:kms"}
= ServerSideEncryption: aws:kms

== A key that the customer brings along
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","SSECustomerAlgorithm":"AES256","SSECustomerKey":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}
= SSECustomerAlgorithm: AES256
= SSECustomerKeyMD5: KYvwGXoFFJ42a2u2GDWhwQ==
= ServerSideEncryption: -
> s3 GetObject {"Bucket":"my-bucket","Key":"k"}
! InvalidRequest: The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.
> s3 HeadObject {"Bucket":"my-bucket","Key":"k"}
! 400
> s3 GetObject {"Bucket":"my-bucket","Key":"k","SSECustomerAlgorithm":"AES256","SSECustomerKey":"MTEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}
! AccessDenied
> s3 GetObject {"Bucket":"my-bucket","Key":"k","SSECustomerAlgorithm":"AES256","SSECustomerKey":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}
= Body: aGVsbG8=
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy","CopySource":"my-bucket/k"}
! InvalidRequest
> s3 CopyObject {"Bucket":"my-bucket","Key":"copy","CopySource":"my-bucket/k","CopySourceSSECustomerAlgorithm":"AES256","CopySourceSSECustomerKey":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}
= ServerSideEncryption: AES256
= CopyObjectResult.ETag: "5d41402abc4b2a76b9719d911017c592"
> s3 GetObject {"Bucket":"my-bucket","Key":"copy","SSECustomerAlgorithm":"AES256","SSECustomerKey":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}
! InvalidRequest: The encryption parameters are not applicable to this object.
> s3 PutObject {"Bucket":"my-bucket","Key":"k","SSECustomerAlgorithm":"AES128","SSECustomerKey":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}
! InvalidEncryptionAlgorithmError: The encryption request you specified is not valid. The valid value is AES256.
> s3 PutObject {"Bucket":"my-bucket","Key":"k","SSECustomerAlgorithm":"AES256","SSECustomerKey":"aGVsbG8="}
! InvalidArgument: The secret key was invalid for the specified algorithm.
> s3 PutObject {"Bucket":"my-bucket","Key":"k","SSECustomerAlgorithm":"AES256","SSECustomerKey":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=","SSECustomerKeyMD5":"x"}
! InvalidArgument: The calculated MD5 hash of the key did not match the hash that was provided.
