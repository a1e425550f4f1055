# Calls of S3 that a new account has nothing of, or that are for directory buckets.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/selecting-content-from-objects.html
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_RenameObject.html
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html
== they are refused as methods that a resource has not
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a.csv","Body":"YSxi"}
> s3 SelectObjectContent {"Bucket":"my-bucket","Key":"a.csv","Expression":"SELECT * FROM S3Object","ExpressionType":"SQL","InputSerialization":{"CSV":{}},"OutputSerialization":{"CSV":{}}}
! MethodNotAllowed: The specified method is not allowed against this resource.
said Method: POST
said ResourceType: OBJECT
> s3 GetObjectTorrent {"Bucket":"my-bucket","Key":"a.csv"}
! MethodNotAllowed
> s3 RenameObject {"Bucket":"my-bucket","Key":"b.csv","RenameSource":"/my-bucket/a.csv"}
! MethodNotAllowed
> s3 CreateSession {"Bucket":"my-bucket"}
! MethodNotAllowed
said ResourceType: BUCKET
# What is not there is told first.
> s3 SelectObjectContent {"Bucket":"my-bucket","Key":"none","Expression":"SELECT * FROM S3Object","ExpressionType":"SQL","InputSerialization":{"CSV":{}},"OutputSerialization":{"CSV":{}}}
! NoSuchKey
> s3 CreateSession {"Bucket":"nobodys-bucket"}
! NoSuchBucket
