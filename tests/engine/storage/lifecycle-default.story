# Default policies of Data Lifecycle Manager: what is old enough, and what becomes of backups when the policy ends.
# https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html

== "default policies will only start targeting resources that are at least 24 hours old"
advance 3600
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save young = VolumeId
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME","RetainInterval":2}
# The next morning at nine it is 23 hours old.
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].VolumeId: $young

== a policy that is disabled or deleted stops deleting
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME","RetainInterval":2}
save p = PolicyId
advance 90000
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"DISABLED"}
advance 604800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
> dlm DeleteLifecyclePolicy {"PolicyId":"$p"}
event deleted; its snapshots stay
advance 604800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1

== ExtendDeletion: disabled, it goes on deleting, the last one too
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME","RetainInterval":2,"ExtendDeletion":true}
save p = PolicyId
advance 90000
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"DISABLED"}
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
advance 86400
event expired: policy-
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
# It takes none: that it does when it is enabled again.
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"ENABLED"}
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1

== switched on for a disabled policy, it deletes at once what has been kept for its time already
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME","RetainInterval":2}
save p = PolicyId
advance 90000
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"DISABLED"}
advance 604800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","ExtendDeletion":true}
advance 1
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
# Deleted now, it has nothing to go on with.
> dlm DeleteLifecyclePolicy {"PolicyId":"$p"}
event deleted; its snapshots stay

== and deleted, likewise, though no call finds it any more
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME","RetainInterval":2,"ExtendDeletion":true,"CrossRegionCopyTargets":[{"TargetRegion":"eu-west-1"}]}
save p = PolicyId
advance 90000
> dlm DeleteLifecyclePolicy {"PolicyId":"$p"}
event deleted; what it has made still goes when its time is over
> dlm GetLifecyclePolicy {"PolicyId":"$p"}
! ResourceNotFoundException
> dlm GetLifecyclePolicies {}
= Policies#: 0
# Its copy is there.
region eu-west-1
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
region us-east-1
# Another default policy may take its place.
> dlm CreateLifecyclePolicy {"Description":"other","State":"DISABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME"}
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
advance 172800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
region eu-west-1
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0

== images of instances that are still there go, too
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"INSTANCE","RetainInterval":2,"ExtendDeletion":true}
save p = PolicyId
advance 90000
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
> dlm DeleteLifecyclePolicy {"PolicyId":"$p"}
advance 172800
event deregistered: policy-
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
