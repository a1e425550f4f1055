# IAM users and groups. https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html
== The administrator and the root of a new world
> iam GetUser {}
= User.UserName: administrator
= User.Arn: arn:aws:iam::123456789012:user/administrator
= User.Path: /
= User.UserId: AIDA*
= User.CreateDate: 2025-03-03T09:00:00Z
> iam ListUsers {}
= Users#: 1
= IsTruncated: false
= Marker: -
> iam ListAccessKeys {}
= AccessKeyMetadata#: 1
= AccessKeyMetadata[0].Status: Active
save key = AccessKeyMetadata[0].AccessKeyId
key $key: active arn:aws:iam::123456789012:user/administrator
key $key nonsense: wrong token arn:aws:iam::123456789012:user/administrator
key AKIAAAAAAAAAAAAAAAAA: unknown
> iam ListAttachedUserPolicies {"UserName":"administrator"}
= AttachedPolicies: [{"PolicyName":"AdministratorAccess","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}]
> iam GetAccessKeyLastUsed {"AccessKeyId":"$key"}
= UserName: administrator
= AccessKeyLastUsed.Region: N/A
= AccessKeyLastUsed.LastUsedDate: -
# The account's root is a user without a name.
as root
> iam GetUser {}
= User.Arn: arn:aws:iam::123456789012:root
= User.UserId: 123456789012
> iam ListAccessKeys {}
= AccessKeyMetadata#: 0
> iam CreateAccessKey {}
! ValidationError: Must specify userName when calling with non-User credentials
as administrator
# What is made by the first call that writes is what was there before it.
> iam CreateUser {"UserName":"ann"}
> iam ListAccessKeys {}
= AccessKeyMetadata[0].AccessKeyId: $key
key $key: active arn:aws:iam::123456789012:user/administrator
> iam GetAccessKeyLastUsed {"AccessKeyId":"$key"}
= AccessKeyLastUsed.ServiceName: iam
= AccessKeyLastUsed.Region: us-east-1
= AccessKeyLastUsed.LastUsedDate: 2025-03-03T09:00:00Z

== Users
> iam CreateUser {"UserName":"Ann","Path":"/staff/","Tags":[{"Key":"team","Value":"blue"}]}
= User.UserName: Ann
= User.Arn: arn:aws:iam::123456789012:user/staff/Ann
= User.UserId: AIDA*
= User.Tags: [{"Key":"team","Value":"blue"}]
save id = User.UserId
# Names are told apart without regard to case.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
> iam CreateUser {"UserName":"ann"}
! EntityAlreadyExists: User with name ann already exists.
> iam GetUser {"UserName":"ANN"}
= User.UserId: $id
= User.Tags#: 1
> iam GetUser {"UserName":"bob"}
! NoSuchEntity: The user with name bob cannot be found.
> iam CreateUser {"UserName":"a b"}
! ValidationError: The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-
> iam CreateUser {"UserName":"bob","Path":"staff"}
! ValidationError: The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.
> iam CreateUser {"UserName":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
! ValidationError: 1 validation error detected: Value 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64
> iam CreateUser {}
! ValidationError: 1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null
> iam CreateUser {"UserName":"bob","Tags":[{"Key":"","Value":"x"}]}
! ValidationError: 2 validation errors detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at
> iam CreateUser {"UserName":"bob"}
> iam ListUsers {"PathPrefix":"/staff/"}
= Users#: 1
= Users[0].Tags: -
> iam ListUsers {"MaxItems":2}
= Users#: 2
= Users[0].UserName: administrator
= Users[1].UserName: Ann
= IsTruncated: true
save next = Marker
> iam ListUsers {"MaxItems":2,"Marker":"$next"}
= Users#: 1
= Users[0].UserName: bob
= IsTruncated: false
> iam ListUsers {"MaxItems":1001}
! ValidationError: 1 validation error detected: Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000
# Tags
> iam TagUser {"UserName":"Ann","Tags":[{"Key":"Team","Value":"green"},{"Key":"env","Value":""}]}
> iam ListUserTags {"UserName":"Ann"}
= Tags: [{"Key":"Team","Value":"green"},{"Key":"env","Value":""}]
> iam TagUser {"UserName":"Ann","Tags":[{"Key":"a","Value":"1"},{"Key":"A","Value":"2"}]}
! InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.
> iam UntagUser {"UserName":"Ann","TagKeys":["TEAM"]}
> iam ListUserTags {"UserName":"Ann"}
= Tags#: 1

== A user is renamed with all it has
> iam CreateUser {"UserName":"ann"}
> iam CreateGroup {"GroupName":"devs"}
> iam AddUserToGroup {"GroupName":"devs","UserName":"ann"}
> iam CreateAccessKey {"UserName":"ann"}
save key = AccessKey.AccessKeyId
> iam AttachUserPolicy {"UserName":"ann","PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}
> iam UpdateUser {"UserName":"ann","NewUserName":"anna","NewPath":"/x/"}
> iam GetUser {"UserName":"ann"}
! NoSuchEntity
> iam GetUser {"UserName":"anna"}
= User.Arn: arn:aws:iam::123456789012:user/x/anna
> iam GetGroup {"GroupName":"devs"}
= Users#: 1
= Users[0].UserName: anna
> iam ListGroupsForUser {"UserName":"anna"}
= Groups[0].GroupName: devs
> iam ListEntitiesForPolicy {"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}
= PolicyUsers[0].UserName: anna
key $key: active arn:aws:iam::123456789012:user/x/anna
> iam UpdateUser {"UserName":"anna","NewUserName":"administrator"}
! EntityAlreadyExists

== What a user still has keeps it
> iam CreateUser {"UserName":"ann"}
> iam CreateAccessKey {"UserName":"ann"}
save key = AccessKey.AccessKeyId
> iam CreateLoginProfile {"UserName":"ann","Password":"Correct-Horse-7"}
> iam PutUserPolicy {"UserName":"ann","PolicyName":"own","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"}
> iam AttachUserPolicy {"UserName":"ann","PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}
> iam CreateGroup {"GroupName":"devs"}
> iam AddUserToGroup {"GroupName":"devs","UserName":"ann"}
> iam DeleteUser {"UserName":"ann"}
! DeleteConflict: Cannot delete entity, must delete access keys first.
> iam DeleteAccessKey {"UserName":"ann","AccessKeyId":"$key"}
key $key: unknown
> iam DeleteUser {"UserName":"ann"}
! DeleteConflict: Cannot delete entity, must delete login profile first.
> iam DeleteLoginProfile {"UserName":"ann"}
> iam DeleteUser {"UserName":"ann"}
! DeleteConflict: Cannot delete entity, must detach all policies first.
> iam DetachUserPolicy {"UserName":"ann","PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}
> iam DeleteUser {"UserName":"ann"}
! DeleteConflict: Cannot delete entity, must delete policies first.
> iam DeleteUserPolicy {"UserName":"ann","PolicyName":"own"}
> iam DeleteUser {"UserName":"ann"}
! DeleteConflict: Cannot delete entity, must remove users from group first.
> iam DeleteGroup {"GroupName":"devs"}
! DeleteConflict: Cannot delete entity, must remove users from group first.
> iam RemoveUserFromGroup {"GroupName":"devs","UserName":"ann"}
> iam DeleteUser {"UserName":"ann"}
> iam DeleteUser {"UserName":"ann"}
! NoSuchEntity
> iam DeleteGroup {"GroupName":"devs"}
undo
undo
> iam GetUser {"UserName":"ann"}

== Groups
> iam CreateGroup {"GroupName":"devs","Path":"/a/"}
= Group.Arn: arn:aws:iam::123456789012:group/a/devs
= Group.GroupId: AGPA*
> iam CreateGroup {"GroupName":"Devs"}
! EntityAlreadyExists: Group with name Devs already exists.
> iam AddUserToGroup {"GroupName":"devs","UserName":"administrator"}
> iam AddUserToGroup {"GroupName":"devs","UserName":"administrator"}
> iam AddUserToGroup {"GroupName":"ops","UserName":"administrator"}
! NoSuchEntity: The group with name ops cannot be found.
> iam UpdateGroup {"GroupName":"devs","NewGroupName":"makers"}
> iam ListGroupsForUser {"UserName":"administrator"}
= Groups#: 1
= Groups[0].GroupName: makers
> iam ListGroups {"PathPrefix":"/b/"}
= Groups#: 0
