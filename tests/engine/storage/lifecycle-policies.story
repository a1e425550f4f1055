# Data Lifecycle Manager: schedules that take snapshots and let them expire.
# https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
== every twelve hours, the last two of each volume
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"daily"},{"Key":"Name","Value":"db"}]}]}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
advance 60
> dlm CreateLifecyclePolicy {"Description":"twice a day","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/AWSDataLifecycleManagerDefaultRole","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"daily"}],"Schedules":[{"Name":"half days","CopyTags":true,"TagsToAdd":[{"Key":"by","Value":"dlm"}],"CreateRule":{"Interval":12,"IntervalUnit":"HOURS","Times":["03:00"]},"RetainRule":{"Count":2}}]}}
save p = PolicyId
> dlm GetLifecyclePolicy {"PolicyId":"$p"}
= Policy.State: ENABLED
= Policy.PolicyDetails.Schedules[0].CreateRule.Interval: 12
# The world begins at 09:00: the first moment is 15:00.
advance 21500
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0
advance 400
event taken of vol-
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].VolumeId: $v
= Snapshots[0].StartTime: 2025-03-03T15:00:00Z
save first = Snapshots[0].SnapshotId
> ec2 DescribeSnapshots {"Filters":[{"Name":"tag:Name","Values":["db"]},{"Name":"tag:by","Values":["dlm"]},{"Name":"tag:aws:dlm:lifecycle-policy-id","Values":["$p"]}]}
= Snapshots#: 1
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
event expired: policy-
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
! InvalidSnapshot.NotFound
# Disabled, it takes none; what it has made stays.
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"DISABLED"}
advance 172800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
> dlm DeleteLifecyclePolicy {"PolicyId":"$p"}
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2

== kept for days, by a cron expression, of instances without their boot volume
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":1}}],"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> dlm CreateLifecyclePolicy {"Description":"weekdays","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"EBS_SNAPSHOT_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Parameters":{"ExcludeBootVolume":true},"Schedules":[{"Name":"s","CreateRule":{"CronExpression":"cron(0 10 ? * MON-FRI *)"},"RetainRule":{"Interval":1,"IntervalUnit":"DAYS"}}]}}
save p = PolicyId
advance 7200
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].VolumeSize: 1
advance 86400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
= Snapshots[0].StartTime: 2025-03-04T10:00:00Z
# Until Saturday evening: Friday's is gone, and none came.
advance 381600
now 2025-03-08T21:01:00Z
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0

== lists, tags and refusals
> dlm CreateLifecyclePolicy {"Description":"a","State":"DISABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","Tags":{"team":"x"},"PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1}}]}}
save p = PolicyId
> dlm GetLifecyclePolicies {"TargetTags":["k=v"]}
= Policies#: 1
= Policies[0].PolicyId: $p
> dlm GetLifecyclePolicies {"TargetTags":["k=w"]}
= Policies#: 0
> dlm GetLifecyclePolicies {"State":"ENABLED"}
= Policies#: 0
> dlm GetLifecyclePolicy {"PolicyId":"$p"}
save arn = Policy.PolicyArn
> dlm TagResource {"ResourceArn":"$arn","Tags":{"more":"y"}}
> dlm UntagResource {"ResourceArn":"$arn","TagKeys":["team"]}
> dlm ListTagsForResource {"ResourceArn":"$arn"}
= Tags: {"more":"y"}
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":5,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1}}]}}
! InvalidRequestException
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1}}]}}
! InvalidRequestException
> dlm GetLifecyclePolicy {"PolicyId":"policy-0123456789abcdef0"}
! ResourceNotFoundException

== paused: what would go by its age meanwhile stays for good
# https://docs.aws.amazon.com/ebs/latest/userguide/modify.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Interval":2,"IntervalUnit":"DAYS"}}]}}
save p = PolicyId
advance 90000
now 2025-03-04T10:01:00Z
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"DISABLED"}
advance 172800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
# It goes on with what it makes from then on.
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"ENABLED"}
advance 172800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 4
advance 86400
event expired: policy-
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 4

== another age is for new snapshots; a count stays a count, and a type a type
# https://docs.aws.amazon.com/ebs/latest/userguide/modify.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Interval":3,"IntervalUnit":"DAYS"}}]}}
save p = PolicyId
advance 5400
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 1
save first = Snapshots[0].SnapshotId
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Interval":1,"IntervalUnit":"DAYS"}}]}}
# On the fifth the second one goes, a day old; the first has three days.
advance 172800
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
= Snapshots[0].StartTime: 2025-03-03T10:00:00Z
advance 86400
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
! InvalidSnapshot.NotFound
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":3}}]}}
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Interval":1,"IntervalUnit":"DAYS"}}]}}
! InvalidRequestException: count-based
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","PolicyDetails":{"PolicyLanguage":"SIMPLIFIED","ResourceType":"VOLUME"}}
! InvalidRequestException: type of a policy
