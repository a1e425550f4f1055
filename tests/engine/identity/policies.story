# Policies. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
== Managed policies and their versions
> iam CreatePolicy {"PolicyName":"read","Description":"Reading","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}]}"}
= Policy.Arn: arn:aws:iam::123456789012:policy/read
= Policy.PolicyId: ANPA*
= Policy.DefaultVersionId: v1
= Policy.AttachmentCount: 0
= Policy.IsAttachable: true
save arn = Policy.Arn
> iam CreatePolicy {"PolicyName":"Read","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}]}"}
! EntityAlreadyExists: A policy called Read already exists. Duplicate names are not allowed.
> iam GetPolicy {"PolicyArn":"$arn"}
= Policy.Description: Reading
= Policy.Tags: []
# Documents are answered percent-encoded (RFC 3986); SDKs decode them.
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html
> iam GetPolicyVersion {"PolicyArn":"$arn","VersionId":"v1"}
= PolicyVersion.Document: %7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGet%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D
= PolicyVersion.IsDefaultVersion: true
> iam CreatePolicyVersion {"PolicyArn":"$arn","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
= PolicyVersion.VersionId: v2
= PolicyVersion.IsDefaultVersion: false
> iam CreatePolicyVersion {"PolicyArn":"$arn","SetAsDefault":true,"PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
= PolicyVersion.IsDefaultVersion: true
> iam CreatePolicyVersion {"PolicyArn":"$arn","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
> iam CreatePolicyVersion {"PolicyArn":"$arn","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
> iam CreatePolicyVersion {"PolicyArn":"$arn","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
! LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.
> iam DeletePolicyVersion {"PolicyArn":"$arn","VersionId":"v3"}
! DeleteConflict: Cannot delete the default version of a policy.
> iam DeletePolicy {"PolicyArn":"$arn"}
! DeleteConflict: This policy has more than one version.
> iam DeletePolicyVersion {"PolicyArn":"$arn","VersionId":"v5"}
> iam SetDefaultPolicyVersion {"PolicyArn":"$arn","VersionId":"v1"}
> iam ListPolicyVersions {"PolicyArn":"$arn","MaxItems":3}
= Versions#: 3
= Versions[0].VersionId: v4
= IsTruncated: true
save next = Marker
> iam ListPolicyVersions {"PolicyArn":"$arn","MaxItems":3,"Marker":"$next"}
= Versions[0].VersionId: v1
= Versions[0].IsDefaultVersion: true
# Numbers are not used again.
> iam CreatePolicyVersion {"PolicyArn":"$arn","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
= PolicyVersion.VersionId: v6
> iam GetPolicyVersion {"PolicyArn":"$arn","VersionId":"v5"}
! NoSuchEntity: Policy $arn version v5 does not exist or is not attachable.

== Attaching
> iam CreatePolicy {"PolicyName":"p","Path":"/team/","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
save arn = Policy.Arn
> iam CreateGroup {"GroupName":"devs"}
> iam AttachGroupPolicy {"GroupName":"devs","PolicyArn":"$arn"}
> iam AttachGroupPolicy {"GroupName":"devs","PolicyArn":"$arn"}
> iam AttachUserPolicy {"UserName":"administrator","PolicyArn":"$arn"}
> iam GetPolicy {"PolicyArn":"$arn"}
= Policy.AttachmentCount: 2
> iam ListEntitiesForPolicy {"PolicyArn":"$arn"}
= PolicyGroups[0].GroupName: devs
= PolicyUsers[0].UserName: administrator
= PolicyRoles: []
> iam ListEntitiesForPolicy {"PolicyArn":"$arn","EntityFilter":"Group"}
= PolicyUsers: []
= PolicyGroups#: 1
> iam ListAttachedUserPolicies {"UserName":"administrator"}
= AttachedPolicies#: 2
> iam ListAttachedUserPolicies {"UserName":"administrator","PathPrefix":"/team/"}
= AttachedPolicies#: 1
> iam DeletePolicy {"PolicyArn":"$arn"}
! DeleteConflict: Cannot delete a policy attached to entities.
> iam DetachGroupPolicy {"GroupName":"devs","PolicyArn":"$arn"}
> iam DetachGroupPolicy {"GroupName":"devs","PolicyArn":"$arn"}
! NoSuchEntity: Policy $arn was not found.
> iam DetachUserPolicy {"UserName":"administrator","PolicyArn":"$arn"}
> iam DeletePolicy {"PolicyArn":"$arn"}
> iam GetPolicy {"PolicyArn":"$arn"}
! NoSuchEntity: Policy $arn was not found.
> iam AttachUserPolicy {"UserName":"administrator","PolicyArn":"$arn"}
! NoSuchEntity: Policy $arn does not exist or is not attachable.
> iam AttachUserPolicy {"UserName":"administrator","PolicyArn":"arn:aws:s3:::bucket-of-mine"}
! ValidationError: ARN arn:aws:s3:::bucket-of-mine is not valid.

== AWS's own
> iam GetPolicy {"PolicyArn":"arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"}
= Policy.PolicyName: ViewOnlyAccess
= Policy.Path: /job-function/
> iam GetPolicyVersion {"PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess","VersionId":"v1"}
= PolicyVersion.Document: %7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D
> iam ListPolicies {"Scope":"Local"}
= Policies#: 0
> iam ListPolicies {"OnlyAttached":true}
= Policies#: 1
= Policies[0].Arn: arn:aws:iam::aws:policy/AdministratorAccess
= Policies[0].AttachmentCount: 1
> iam ListPolicies {"Scope":"AWS","PathPrefix":"/service-role/","MaxItems":1}
= Policies[0].Path: /service-role/
= IsTruncated: true
> iam DeletePolicy {"PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}
! AccessDenied

== Policies of a user's own, and boundaries
> iam PutUserPolicy {"UserName":"administrator","PolicyName":"own","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"}
> iam ListUserPolicies {"UserName":"administrator"}
= PolicyNames: ["own"]
> iam GetUserPolicy {"UserName":"administrator","PolicyName":"own"}
= UserName: administrator
= PolicyDocument: %7B%22Version%22*
> iam GetUserPolicy {"UserName":"administrator","PolicyName":"other"}
! NoSuchEntity: The user policy with name other cannot be found.
> iam DeleteUserPolicy {"UserName":"administrator","PolicyName":"other"}
! NoSuchEntity
> iam PutUserPermissionsBoundary {"UserName":"administrator","PermissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"}
> iam GetUser {}
= User.PermissionsBoundary.PermissionsBoundaryArn: arn:aws:iam::aws:policy/ReadOnlyAccess
> iam GetPolicy {"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}
= Policy.PermissionsBoundaryUsageCount: 1
= Policy.AttachmentCount: 0
> iam ListEntitiesForPolicy {"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess","PolicyUsageFilter":"PermissionsBoundary"}
= PolicyUsers#: 1
> iam DeleteUserPermissionsBoundary {"UserName":"administrator"}
> iam GetUser {}
= User.PermissionsBoundary: -
> iam PutUserPermissionsBoundary {"UserName":"administrator","PermissionsBoundary":"arn:aws:iam::123456789012:policy/none"}
! NoSuchEntity: Scope ARN: arn:aws:iam::123456789012:policy/none does not exist or is not attachable.

== The grammar
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"no JSON"}
! MalformedPolicyDocument: Syntax errors in policy.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
! MalformedPolicyDocument: Policy document must be version 2012-10-17 or greater.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"}]}"}
! MalformedPolicyDocument: Policy statement must contain resources.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Resource\":\"*\"}]}"}
! MalformedPolicyDocument: Policy statement must contain actions.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"Get\",\"Resource\":\"*\"}]}"}
! MalformedPolicyDocument: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"bucket\"}]}"}
! MalformedPolicyDocument: Resource bucket must be in ARN format or "*".
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":\"*\"}]}"}
! MalformedPolicyDocument: Policy document should not specify a principal.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Maybe\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
! MalformedPolicyDocument: Syntax errors in policy.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},{\"Sid\":\"a\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
! MalformedPolicyDocument: Statement IDs (SID) in a single policy must be unique.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringAlmost\":{\"aws:username\":\"x\"}}}]}"}
! MalformedPolicyDocument: Invalid Condition type : StringAlmost.
> iam CreatePolicy {"PolicyName":"p","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"NotAction\":\"iam:*\",\"Resource\":[\"arn:aws:s3:::b\",\"arn:aws:s3:::b/*\"],\"Condition\":{\"ForAnyValue:StringLikeIfExists\":{\"aws:username\":[\"a*\",\"b\"]},\"Bool\":{\"aws:SecureTransport\":true}}}]}"}
