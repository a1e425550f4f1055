# Who may read an object, and what decides: an explicit Deny, else one Allow, unless Block Public Access is in the way.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
== a new bucket is its account's alone
> s3 CreateBucket {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
see decision of papers a.txt anonymous: denied by The default
see decision of papers a.txt other: denied by The default
see decision of papers a.txt account: allowed by The user's own policy

== a statement opens it, once Block Public Access is off
> s3 CreateBucket {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
> s3 PutPublicAccessBlock {"Bucket":"papers","PublicAccessBlockConfiguration":{"BlockPublicPolicy":false,"RestrictPublicBuckets":true}}
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"PublicRead\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::papers/*\"}]}"}
see decision of papers a.txt anonymous: denied by Block Public Access
see decision of papers a.txt other: denied by Block Public Access
see decision of papers a.txt account: allowed by Statement 1 (PublicRead)
> s3 DeletePublicAccessBlock {"Bucket":"papers"}
see decision of papers a.txt anonymous: allowed by Statement 1 (PublicRead)
# A key that is not there is judged like any other.
see decision of papers later.txt anonymous: allowed by Statement 1 (PublicRead)
see decision of papers a.txt anonymous PutObject: denied by The default
see decision of papers a.txt anonymous ListObjectsV2: denied by The default

== a Deny is stronger, and the second statement is the one that decides
> s3 CreateBucket {"Bucket":"papers"}
> s3 DeletePublicAccessBlock {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"open/a.txt","Body":"YQ=="}
> s3 PutObject {"Bucket":"papers","Key":"shut/b.txt","Body":"YQ=="}
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"All\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::papers/*\"},{\"Sid\":\"NotThese\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::papers/shut/*\"}]}"}
see decision of papers open/a.txt anonymous: allowed by Statement 1 (All)
see decision of papers shut/b.txt anonymous: denied by Statement 2 (NotThese)
see decision of papers shut/b.txt account: denied by Statement 2 (NotThese)

== another account by its number
> s3 CreateBucket {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
> s3 PutBucketPolicy {"Bucket":"papers","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:root\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::papers/*\"}]}"}
see decision of papers a.txt other: allowed by Statement 1
see decision of papers a.txt anonymous: denied by The default

== an ACL opens an object where ACLs count
> s3 CreateBucket {"Bucket":"papers"}
> s3 PutObject {"Bucket":"papers","Key":"a.txt","Body":"YQ=="}
> s3 PutBucketOwnershipControls {"Bucket":"papers","OwnershipControls":{"Rules":[{"ObjectOwnership":"ObjectWriter"}]}}
> s3 PutPublicAccessBlock {"Bucket":"papers","PublicAccessBlockConfiguration":{"IgnorePublicAcls":true}}
> s3 PutObjectAcl {"Bucket":"papers","Key":"a.txt","ACL":"public-read"}
see decision of papers a.txt anonymous: denied by Block Public Access
> s3 DeletePublicAccessBlock {"Bucket":"papers"}
see decision of papers a.txt anonymous: allowed by The object's ACL
> s3 PutObjectAcl {"Bucket":"papers","Key":"a.txt","ACL":"authenticated-read"}
see decision of papers a.txt anonymous: denied by The default
see decision of papers a.txt other: allowed by The object's ACL
