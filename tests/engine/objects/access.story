== A new bucket: ACLs off, public access blocked
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 GetBucketOwnershipControls {"Bucket":"my-bucket"}
= OwnershipControls: {"Rules":[{"ObjectOwnership":"BucketOwnerEnforced"}]}
> s3 GetPublicAccessBlock {"Bucket":"my-bucket"}
= PublicAccessBlockConfiguration: {"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":true}
> s3 GetBucketAcl {"Bucket":"my-bucket"}
save me = Owner.ID
= Grants#: 1
= Grants[0].Grantee.Type: CanonicalUser
= Grants[0].Grantee.ID: $me
= Grants[0].Permission: FULL_CONTROL
> s3 PutBucketAcl {"Bucket":"my-bucket","ACL":"private"}
! AccessControlListNotSupported: The bucket does not allow ACLs
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8=","ACL":"bucket-owner-full-control"}
> s3 PutObjectAcl {"Bucket":"my-bucket","Key":"k","ACL":"public-read"}
! AccessControlListNotSupported
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
! NoSuchBucketPolicy: The bucket policy does not exist
said BucketName: my-bucket
> s3 DeletePublicAccessBlock {"Bucket":"my-bucket"}
> s3 GetPublicAccessBlock {"Bucket":"my-bucket"}
! NoSuchPublicAccessBlockConfiguration: The public access block configuration was not found
> s3 DeleteBucketOwnershipControls {"Bucket":"my-bucket"}
> s3 GetBucketOwnershipControls {"Bucket":"my-bucket"}
! OwnershipControlsNotFoundError: The bucket ownership controls were not found

== A bucket with ACLs
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
> s3 CreateBucket {"Bucket":"my-bucket","ObjectOwnership":"ObjectWriter"}
> s3 PutObject {"Bucket":"my-bucket","Key":"k","Body":"aGVsbG8="}
# Public ACLs are blocked until one says otherwise.
> s3 PutObjectAcl {"Bucket":"my-bucket","Key":"k","ACL":"public-read"}
! AccessDenied
> s3 PutPublicAccessBlock {"Bucket":"my-bucket","PublicAccessBlockConfiguration":{"BlockPublicPolicy":true}}
> s3 GetPublicAccessBlock {"Bucket":"my-bucket"}
= PublicAccessBlockConfiguration: {"BlockPublicAcls":false,"IgnorePublicAcls":false,"BlockPublicPolicy":true,"RestrictPublicBuckets":false}
> s3 PutObjectAcl {"Bucket":"my-bucket","Key":"k","ACL":"public-read"}
> s3 GetObjectAcl {"Bucket":"my-bucket","Key":"k"}
save me = Owner.ID
= Grants#: 2
= Grants[1].Grantee.Type: Group
= Grants[1].Grantee.URI: http://acs.amazonaws.com/groups/global/AllUsers
= Grants[1].Permission: READ
> s3 PutObject {"Bucket":"my-bucket","Key":"h","Body":"aGVsbG8=","GrantRead":"uri=\"http://acs.amazonaws.com/groups/global/AuthenticatedUsers\"","GrantFullControl":"id=$me"}
> s3 GetObjectAcl {"Bucket":"my-bucket","Key":"h"}
= Grants[0].Permission: FULL_CONTROL
= Grants[1].Grantee.URI: http://acs.amazonaws.com/groups/global/AuthenticatedUsers
> s3 PutBucketAcl {"Bucket":"my-bucket","AccessControlPolicy":{"Owner":{"ID":"$me"},"Grants":[{"Grantee":{"Type":"Group","URI":"http://acs.amazonaws.com/groups/s3/LogDelivery"},"Permission":"WRITE"}]}}
> s3 GetBucketAcl {"Bucket":"my-bucket"}
= Grants#: 1
= Grants[0].Permission: WRITE
> s3 PutBucketAcl {"Bucket":"my-bucket","ACL":"private","GrantRead":"id=$me"}
! InvalidRequest: Specifying both Canned ACLs and Header Grants is not allowed
> s3 PutBucketAcl {"Bucket":"my-bucket"}
! MissingSecurityHeader: Your request was missing a required header
> s3 PutBucketAcl {"Bucket":"my-bucket","GrantRead":"id=\"me\""}
! InvalidArgument: Invalid id
> s3 PutBucketAcl {"Bucket":"my-bucket","GrantRead":"emailAddress=\"someone@example.com\""}
! UnresolvableGrantByEmailAddress
# Turning ACLs off needs an ACL that gives nothing away.
> s3 PutBucketOwnershipControls {"Bucket":"my-bucket","OwnershipControls":{"Rules":[{"ObjectOwnership":"BucketOwnerEnforced"}]}}
! InvalidBucketAclWithObjectOwnership: Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting
> s3 PutBucketAcl {"Bucket":"my-bucket","ACL":"private"}
> s3 PutBucketOwnershipControls {"Bucket":"my-bucket","OwnershipControls":{"Rules":[{"ObjectOwnership":"BucketOwnerEnforced"}]}}
> s3 GetObjectAcl {"Bucket":"my-bucket","Key":"k"}
= Grants#: 1
= Grants[0].Grantee.ID: $me
> s3 CreateBucket {"Bucket":"other-bucket","ACL":"public-read"}
! InvalidBucketAclWithObjectOwnership
> s3 CreateBucket {"Bucket":"other-bucket","ACL":"public-read","ObjectOwnership":"BucketOwnerPreferred"}
! InvalidBucketAclWithBlockPublicAccessError: Bucket cannot have public ACLs set with BlockPublicAccess enabled

== Policies, public and not
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
! AccessDenied: because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access
# A fixed principal is not the public. White space goes, the order stays.
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{ \"Version\": \"2012-10-17\",\n \"Statement\": [ { \"Sid\": \"a b\", \"Effect\": \"Allow\", \"Principal\": { \"AWS\": \"123456789012\" }, \"Action\": [ \"s3:GetObject\" ], \"Resource\": \"arn:aws:s3:::my-bucket/*\" } ] }"}
> s3 GetBucketPolicy {"Bucket":"my-bucket"}
= Policy: {"Version":"2012-10-17","Statement":[{"Sid":"a b","Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::my-bucket/*"}]}
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
= PolicyStatus.IsPublic: false
> s3 PutPublicAccessBlock {"Bucket":"my-bucket","PublicAccessBlockConfiguration":{"BlockPublicAcls":true}}
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
= PolicyStatus.IsPublic: true
# A condition on a fixed VPC.
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":\"vpc-91237329\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
= PolicyStatus.IsPublic: false
# A wildcard in it does not fix anything.
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"StringLike\":{\"aws:SourceVpc\":\"vpc-*\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
= PolicyStatus.IsPublic: true
# An address block, narrow and wide.
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
= PolicyStatus.IsPublic: false
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"0.0.0.0/0\"}}}}"}
> s3 GetBucketPolicyStatus {"Bucket":"my-bucket"}
= PolicyStatus.IsPublic: true
> s3 DeleteBucketPolicy {"Bucket":"my-bucket"}
> s3 GetBucketPolicy {"Bucket":"my-bucket"}
! NoSuchBucketPolicy

== Texts that are no policy
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"hello"}
! MalformedPolicy: Policies must be valid JSON and the first byte must be '{'
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\"}"}
! MalformedPolicy: Missing required field Statement
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
! MalformedPolicy: Missing required field Principal
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"nobody\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
! MalformedPolicy: Invalid principal in policy
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ec2:RunInstances\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
! MalformedPolicy: Policy has invalid action
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::other/*\"}]}"}
! MalformedPolicy: Policy has invalid resource
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket\"}]}"}
! MalformedPolicy: Action does not apply to any resource(s) in statement
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2025\",\"Statement\":[]}"}
! MalformedPolicy: The policy must contain a valid version string

== Whoever a policy names has to exist
# https://repost.aws/knowledge-center/s3-invalid-principal-in-policy-error
> s3 CreateBucket {"Bucket":"my-bucket"}
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/nobody\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
! MalformedPolicy: Invalid principal in policy
said Detail: "AWS" : "arn:aws:iam::123456789012:user/nobody"
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"NotPrincipal\":{\"AWS\":[\"123456789012\",\"arn:aws:iam::123456789012:role/gone\"]},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
! MalformedPolicy: Invalid principal in policy
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"AIDAXYZABCDEF12345678\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
! MalformedPolicy: Invalid principal in policy
# The first user, accounts, and others' users, of whom this account knows nothing.
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"arn:aws:iam::123456789012:user/administrator\",\"arn:aws:iam::123456789012:root\",\"arn:aws:iam::444455556666:user/friend\"]},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\"}]}"}
> iam CreateUser {"UserName":"nobody"}
save id = User.UserId
> s3 PutBucketPolicy {"Bucket":"my-bucket","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/nobody\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::my-bucket/*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalArn\":\"arn:aws:iam::123456789012:user/nobody\"}}}]}"}
# Once the user is gone, the policy shows the id that was theirs; another user of the name is not meant. The condition is but a text.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-users
> iam DeleteUser {"UserName":"nobody"}
> s3 GetBucketPolicy {"Bucket":"my-bucket"}
= Policy: {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"$id"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::my-bucket/*","Condition":{"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:user/nobody"}}}]}
