== Addresses, referers and programs
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 DeletePublicAccessBlock {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a.txt","Body":"aGVsbG8="}
# Everybody of a block but one address of it.
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Id\":\"S3PolicyId1\",\"Statement\":[{\"Sid\":\"AllowIP\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[\"192.0.2.0/24\",\"2001:DB8:1234:5678::/64\"]},\"NotIpAddress\":{\"aws:SourceIp\":[\"192.0.2.188/32\",\"2001:DB8:1234:5678:ABCD::/80\"]}}}]}"}
as nobody SourceIp=192.0.2.1
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
as nobody SourceIp=2001:db8:1234:5678::1
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
as nobody SourceIp=192.0.2.188
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
as nobody SourceIp=2001:db8:1234:5678:abcd::1
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
as nobody SourceIp=198.51.100.7
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
# Fixed blocks are not the public.
as administrator
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
= PolicyStatus.IsPublic: false
# From the pages of one site alone; a referer is easily made up, so that is public.
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"s3:GetObject\",\"s3:GetObjectVersion\"],\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"StringLike\":{\"aws:Referer\":[\"http://www.example.com/*\",\"http://example.com/*\"]}}}]}"}
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
= PolicyStatus.IsPublic: true
as nobody Referer=http://www.example.com/gallery
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
as nobody Referer=http://example.org/
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
as nobody
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
# A program's name, which knows its case.
as administrator
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"StringEquals\":{\"aws:UserAgent\":\"Amazon CloudFront\",\"aws:PrincipalType\":\"Anonymous\"}}}]}"}
as nobody UserAgent=curl/8.5.0
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied

== Denials under a condition
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html: only with TLS, and not an old one
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 DeletePublicAccessBlock {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a.txt","Body":"aGVsbG8="}
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"},{\"Sid\":\"RestrictToTLSRequestsOnly\",\"Action\":\"s3:*\",\"Effect\":\"Deny\",\"Resource\":[\"arn:aws:s3:::my-bucket\",\"arn:aws:s3:::my-bucket/*\"],\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},\"Principal\":\"*\"},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"NumericLessThan\":{\"s3:TlsVersion\":1.2}}}]}"}
as nobody
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
as nobody SecureTransport=false
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
# A denial to all from elsewhere. Who says no address is elsewhere.
as administrator
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"},{\"Sid\":\"SourceIP\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::my-bucket\",\"arn:aws:s3:::my-bucket/*\"],\"Condition\":{\"NotIpAddress\":{\"aws:SourceIp\":[\"11.11.11.11/32\",\"22.22.22.22/32\"]}}}]}"}
as nobody SourceIp=22.22.22.22
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
as nobody SourceIp=22.22.22.23
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
as nobody
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
# The administrator is elsewhere, too, and so nobody's policy any more but the root user's to replace.
as administrator
> s3 DeleteBucketPolicy {"Bucket":"my-bucket"}
! AccessDenied: with an explicit deny in a resource-based policy
# Everybody but one, by NotPrincipal, is everybody without keys too.
as root
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"NotPrincipal\":{\"AWS\":\"210987654321\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
as nobody
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}

== A time when a bucket opens
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 DeletePublicAccessBlock {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"a.txt","Body":"aGVsbG8="}
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws-dates.html
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"DateGreaterThan\":{\"aws:CurrentTime\":\"2025-03-03T10:00:00Z\"},\"DateLessThan\":{\"aws:EpochTime\":\"1741003200\"}}}]}"}
as nobody
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied
advance 3601
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
advance 10000
> s3 GetObject {"Bucket":"my-bucket","Key":"a.txt"}
! AccessDenied

== What is asked for: prefixes, numbers of keys, versions, tags
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 DeletePublicAccessBlock {"Bucket":"my-bucket"}
> s3 PutObject {"Bucket":"my-bucket","Key":"projects/a.txt","Body":"aGVsbG8=","Tagging":"environment=production"}
> s3 PutObject {"Bucket":"my-bucket","Key":"projects/b.txt","Body":"aGVsbG8=","Tagging":"environment=test"}
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:ListBucket\",\"Resource\":\"arn:aws:s3:::my-bucket\",\"Condition\":{\"StringEquals\":{\"s3:prefix\":\"projects\",\"s3:delimiter\":[\"/\"]},\"NumericLessThanEquals\":{\"s3:max-keys\":\"10\"}}},{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"StringEquals\":{\"s3:ExistingObjectTag/environment\":\"production\"}}}]}"}
as nobody
> s3 ListObjectsV2 {"Bucket":"my-bucket","Prefix":"projects","Delimiter":"/","MaxKeys":10}
= KeyCount: 1
> s3 ListObjectsV2 {"Bucket":"my-bucket","Prefix":"projects","Delimiter":"/","MaxKeys":11}
! AccessDenied
> s3 ListObjectsV2 {"Bucket":"my-bucket","Prefix":"projects","MaxKeys":10}
! AccessDenied
> s3 ListObjectsV2 {"Bucket":"my-bucket","Delimiter":"/","MaxKeys":10}
! AccessDenied
> s3 GetObject {"Bucket":"my-bucket","Key":"projects/a.txt"}
> s3 HeadObject {"Bucket":"my-bucket","Key":"projects/a.txt"}
> s3 GetObject {"Bucket":"my-bucket","Key":"projects/b.txt"}
! AccessDenied
# One version and no other.
as administrator
> s3 PutBucketVersioning {"Bucket":"my-bucket","VersioningConfiguration":{"Status":"Enabled"}}
> s3 PutObject {"Bucket":"my-bucket","Key":"v","Body":"b25l"}
save one = VersionId
> s3 PutObject {"Bucket":"my-bucket","Key":"v","Body":"dHdv"}
save two = VersionId
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObjectVersion\",\"Resource\":\"arn:aws:s3:::my-bucket/v\"},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObjectVersion\",\"Resource\":\"arn:aws:s3:::my-bucket/v\",\"Condition\":{\"StringNotEquals\":{\"s3:VersionId\":\"$one\"}}}]}"}
as nobody
> s3 GetObject {"Bucket":"my-bucket","Key":"v","VersionId":"$one"}
> s3 GetObject {"Bucket":"my-bucket","Key":"v","VersionId":"$two"}
! AccessDenied

== Uploads: ACLs, encryption, classes, tags
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 DeletePublicAccessBlock {"Bucket":"my-bucket"}
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"StringEquals\":{\"s3:x-amz-acl\":[\"bucket-owner-full-control\"]}}},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"StringNotEquals\":{\"s3:x-amz-storage-class\":\"STANDARD_IA\"},\"Null\":{\"s3:x-amz-storage-class\":\"false\"}}},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:PutObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"ForAnyValue:StringNotEquals\":{\"s3:RequestObjectTagKeys\":[\"Owner\",\"CreationDate\"]}}}]}"}
as nobody
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ACL":"bucket-owner-full-control"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
! AccessDenied
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ACL":"bucket-owner-full-control","StorageClass":"GLACIER"}
! AccessDenied
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ACL":"bucket-owner-full-control","StorageClass":"STANDARD_IA","Tagging":"Owner=me"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ACL":"bucket-owner-full-control","Tagging":"Owner=me&color=red"}
! AccessDenied

== The meaning of "public"
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
> s3 CreateBucket {"Bucket":"b-one"}
> s3 DeletePublicAccessBlock {"Bucket":"b-one"}
# An access point's name may have wildcards where its account is fixed.
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringLike\":{\"s3:DataAccessPointArn\":\"arn:aws:s3:us-west-2:123456789012:accesspoint/*\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: false
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringLike\":{\"s3:DataAccessPointArn\":\"arn:aws:s3:us-west-2:*:accesspoint/a\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: true
# A variable is no fixed value; nor is what holds where there is no key.
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"${aws:userid}\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: true
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringEqualsIfExists\":{\"aws:SourceVpc\":\"vpc-91237329\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: true
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"ForAllValues:StringEquals\":{\"aws:PrincipalOrgID\":\"o-a1b2c3\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: true
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringNotEquals\":{\"aws:SourceVpc\":\"vpc-91237329\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: true
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-a1b2c3\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: false
# The widest blocks that are not public: /8 and /32.
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"2001:db8::/32\",\"192.0.2.1\"]}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: false
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"2001:d00::/24\"]}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"b-one"}
= PolicyStatus.IsPublic: true
# RestrictPublicBuckets closes what is public, and leaves open what is not.
> s3 PutObject {"Bucket":"b-one","Key":"k","Body":"aGVsbG8="}
> s3 PutPublicAccessBlock {"Bucket":"b-one","PublicAccessBlockConfiguration":{"RestrictPublicBuckets":true}}
as nobody SourceIp=10.1.2.3
> s3 GetObject {"Bucket":"b-one","Key":"k"}
! AccessDenied
as administrator
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}}}"}
as nobody SourceIp=10.1.2.3
> s3 GetObject {"Bucket":"b-one","Key":"k"}

== Conditions that are none
> s3 CreateBucket {"Bucket":"b-one"}
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringMatches\":{\"aws:Referer\":\"a\"}}}}"}
! MalformedPolicy: Invalid Condition type : StringMatches
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringEquals\":{\"s3:color\":\"red\"}}}}"}
! MalformedPolicy: Policy has an invalid condition key
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringEquals\":{\"s3:prefix\":\"a\"}}}}"}
! MalformedPolicy: Conditions do not apply to combination of actions and resources in statement
> s3 PutBucketPolicy {"Bucket":"b-one","Policy":"{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b-one/*\",\"Condition\":{\"StringEquals\":{\"aws:Referer\":{}}}}}"}
! MalformedPolicy: Invalid policy syntax.
