# Roles and instance profiles. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
== Roles
> iam CreateRole {"RoleName":"web","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}","Tags":[{"Key":"a","Value":"b"}]}
= Role.Arn: arn:aws:iam::123456789012:role/web
= Role.RoleId: AROA*
= Role.Tags: [{"Key":"a","Value":"b"}]
> iam CreateRole {"RoleName":"web","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
! EntityAlreadyExists: Role with name web already exists.
> iam GetRole {"RoleName":"web"}
= Role.MaxSessionDuration: 3600
= Role.RoleLastUsed: {}
= Role.AssumeRolePolicyDocument: %7B%22Version%22*
> iam UpdateRole {"RoleName":"web","Description":"Web servers","MaxSessionDuration":7200}
> iam GetRole {"RoleName":"web"}
= Role.MaxSessionDuration: 7200
= Role.Description: Web servers
> iam UpdateRole {"RoleName":"web","MaxSessionDuration":60}
! ValidationError: 1 validation error detected: Value '60' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600
> iam UpdateAssumeRolePolicy {"RoleName":"web","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"123456789012\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam UpdateAssumeRolePolicy {"RoleName":"none","PolicyDocument":"{}"}
! NoSuchEntity: The role with name none cannot be found.
> iam ListRoles {}
= Roles#: 1
= Roles[0].Tags: -
= Roles[0].RoleLastUsed: -
> iam AttachRolePolicy {"RoleName":"web","PolicyArn":"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}
> iam DeleteRole {"RoleName":"web"}
! DeleteConflict: Cannot delete entity, must detach all policies first.
> iam DetachRolePolicy {"RoleName":"web","PolicyArn":"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}
> iam PutRolePolicy {"RoleName":"web","PolicyName":"x","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"}
> iam DeleteRole {"RoleName":"web"}
! DeleteConflict: Cannot delete entity, must delete policies first.
> iam DeleteRolePolicy {"RoleName":"web","PolicyName":"x"}
> iam DeleteRole {"RoleName":"web"}
> iam GetRole {"RoleName":"web"}
! NoSuchEntity: The role with name web cannot be found.

== Trust policies
> iam CreateRole {"RoleName":"r","AssumeRolePolicyDocument":"{"}
! MalformedPolicyDocument: This policy contains invalid Json
> iam CreateRole {"RoleName":"r","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\",\"Resource\":\"*\"}]}"}
! MalformedPolicyDocument: Has prohibited field Resource
> iam CreateRole {"RoleName":"r","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\"}]}"}
! MalformedPolicyDocument: Missing required field Principal
> iam CreateRole {"RoleName":"r","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"s3:GetObject\"}]}"}
! MalformedPolicyDocument: AssumeRole policy may only specify STS AssumeRole actions.
> iam CreateRole {"RoleName":"r","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/nobody\"},\"Action\":\"sts:AssumeRole\"}]}"}
! MalformedPolicyDocument: Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/nobody"
> iam CreateRole {"RoleName":"r","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2\"},\"Action\":\"sts:AssumeRole\"}]}"}
! MalformedPolicyDocument: Invalid principal in policy: "SERVICE":"ec2"
> iam CreateRole {"RoleName":"r","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"arn:aws:iam::123456789012:user/administrator\",\"210987654321\"]},\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"]}]}"}

== Instance profiles
> iam CreateInstanceProfile {"InstanceProfileName":"web"}
= InstanceProfile.Arn: arn:aws:iam::123456789012:instance-profile/web
= InstanceProfile.InstanceProfileId: AIPA*
= InstanceProfile.Roles: []
> iam CreateInstanceProfile {"InstanceProfileName":"web"}
! EntityAlreadyExists: Instance Profile web already exists.
> iam CreateRole {"RoleName":"web","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam CreateRole {"RoleName":"db","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam AddRoleToInstanceProfile {"InstanceProfileName":"web","RoleName":"web"}
> iam AddRoleToInstanceProfile {"InstanceProfileName":"web","RoleName":"db"}
! LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1
> iam GetInstanceProfile {"InstanceProfileName":"web"}
= InstanceProfile.Roles#: 1
= InstanceProfile.Roles[0].RoleName: web
= InstanceProfile.Tags: []
> iam ListInstanceProfilesForRole {"RoleName":"web"}
= InstanceProfiles#: 1
> iam DeleteRole {"RoleName":"web"}
! DeleteConflict: Cannot delete entity, must remove roles from instance profile first.
> iam DeleteInstanceProfile {"InstanceProfileName":"web"}
! DeleteConflict: Cannot delete entity, must remove roles from instance profile first.
> iam RemoveRoleFromInstanceProfile {"InstanceProfileName":"web","RoleName":"db"}
! NoSuchEntity: Role db in instance profile web cannot be found.
> iam RemoveRoleFromInstanceProfile {"InstanceProfileName":"web","RoleName":"web"}
> iam DeleteInstanceProfile {"InstanceProfileName":"web"}
> iam GetInstanceProfile {"InstanceProfileName":"web"}
! NoSuchEntity: Instance Profile web cannot be found.

== Roles of services
# https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
> iam CreateServiceLinkedRole {"AWSServiceName":"spot.amazonaws.com"}
= Role.RoleName: AWSServiceRoleForEC2Spot
= Role.Arn: arn:aws:iam::123456789012:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot
> iam CreateServiceLinkedRole {"AWSServiceName":"spot.amazonaws.com"}
! InvalidInput: Service role name AWSServiceRoleForEC2Spot has been taken in this account, please try a different suffix.
> iam CreateServiceLinkedRole {"AWSServiceName":"autoscaling.amazonaws.com","CustomSuffix":"mine"}
= Role.RoleName: AWSServiceRoleForAutoScaling_mine
> iam CreateServiceLinkedRole {"AWSServiceName":"ecs.amazonaws.com","CustomSuffix":"mine"}
! InvalidInput: Custom suffix is not allowed for ecs.amazonaws.com
> iam DeleteRole {"RoleName":"AWSServiceRoleForEC2Spot"}
! UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSServiceRoleForEC2Spot' - this role is only modifiable by AWS
> iam ListAttachedRolePolicies {"RoleName":"AWSServiceRoleForEC2Spot"}
= AttachedPolicies[0].PolicyArn: arn:aws:iam::aws:policy/aws-service-role/AWSEC2SpotServiceRolePolicy
> iam DeleteServiceLinkedRole {"RoleName":"AWSServiceRoleForEC2Spot"}
= DeletionTaskId: task/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot/*
save task = DeletionTaskId
> iam GetServiceLinkedRoleDeletionStatus {"DeletionTaskId":"$task"}
= Status: SUCCEEDED
> iam GetRole {"RoleName":"AWSServiceRoleForEC2Spot"}
! NoSuchEntity
