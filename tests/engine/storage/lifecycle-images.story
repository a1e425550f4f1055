# Data Lifecycle Manager: policies that make images of instances.
# https://docs.aws.amazon.com/ebs/latest/userguide/ami-policy.html
== every day an image of each tagged instance, the last two; variable tags say of what and when
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"},{"Key":"Name","Value":"web"}]}]}
save web = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"Name":"daily","CopyTags":true,"TagsToAdd":[{"Key":"by","Value":"dlm"}],"VariableTags":[{"Key":"of","Value":"\u0024(instance-id)"},{"Key":"at","Value":"\u0024(timestamp)"}],"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":2}}]}}
save p = PolicyId
> dlm GetLifecyclePolicies {"ResourceTypes":["INSTANCE"]}
= Policies[0].PolicyType: IMAGE_MANAGEMENT
advance 7200
event pending: an image of i-
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
= Images[0].State: available
= Images[0].SourceInstanceId: $web
save first = Images[0].ImageId
> ec2 DescribeImages {"Filters":[{"Name":"tag:Name","Values":["web"]},{"Name":"tag:by","Values":["dlm"]},{"Name":"tag:of","Values":["$web"]},{"Name":"tag:at","Values":["2025-03-03T10:00:00Z"]},{"Name":"tag:aws:dlm:lifecycle-policy-id","Values":["$p"]}]}
= Images#: 1
advance 86400
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 2
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
# The third one first; then the oldest goes, and its snapshots with it.
advance 86400
event deregistered: policy-
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 2
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 2
> ec2 DescribeImages {"ImageIds":["$first"]}
! InvalidAMIID.NotFound

== NoReboot false: the instance reboots first
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Parameters":{"NoReboot":false},"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":2}}]}}
advance 7200
event rebooting
> ec2 DescribeImages {"Owners":["self"]}
= Images[0].State: available

== by age: the last one stays until there is a next one
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> dlm CreateLifecyclePolicy {"Description":"mondays","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"CronExpression":"cron(0 10 ? * MON *)"},"RetainRule":{"Interval":2,"IntervalUnit":"DAYS"}}]}}
advance 432000
now 2025-03-08T09:01:00Z
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
save first = Images[0].ImageId
advance 259200
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
> ec2 DescribeImages {"ImageIds":["$first"]}
! InvalidAMIID.NotFound
# Of an instance that is terminated the last one stays for good.
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 1209600
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1

== by count, an instance that is terminated or has lost its tag: the policy no longer manages its images
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":3}}]}}
save p = PolicyId
advance 180000
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 3
> ec2 DeleteTags {"Resources":["$web"],"Tags":[{"Key":"backup"}]}
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":1}}]}}
advance 172800
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 3

== deprecation by age, and of copies in another Region
# https://docs.aws.amazon.com/dlm/latest/APIReference/API_DeprecateRule.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"},{"Key":"Name","Value":"web"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CopyTags":true,"CreateRule":{"CronExpression":"cron(0 10 3 3 ? *)"},"RetainRule":{"Interval":7,"IntervalUnit":"DAYS"},"DeprecateRule":{"Interval":5,"IntervalUnit":"DAYS"},"CrossRegionCopyRules":[{"TargetRegion":"eu-west-1","Encrypted":true,"CopyTags":true,"RetainRule":{"Interval":3,"IntervalUnit":"DAYS"},"DeprecateRule":{"Interval":1,"IntervalUnit":"DAYS"}}]}]}}
save p = PolicyId
advance 14400
> ec2 DescribeImages {"Owners":["self"]}
= Images[0].DeprecationTime: 2025-03-08T10:00:00.000Z
save first = Images[0].ImageId
region eu-west-1
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
= Images[0].SourceImageId: $first
= Images[0].BlockDeviceMappings[0].Ebs.Encrypted: true
> ec2 DescribeImages {"Filters":[{"Name":"tag:Name","Values":["web"]},{"Name":"tag:aws:dlm:lifecycle-policy-id","Values":["$p"]}]}
= Images#: 1
advance 86400
# Who owns a deprecated image sees it all the same.
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
advance 172800
event deregistered: policy-
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 0

== deprecation by count: the oldest of those that are kept, once
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":4},"DeprecateRule":{"Count":2}}]}}
advance 7200
> ec2 DescribeImages {"Owners":["self"]}
= Images[0].DeprecationTime: -
save first = Images[0].ImageId
advance 172800
event deprecated by policy-
> ec2 DescribeImages {"ImageIds":["$first"]}
= Images[0].DeprecationTime: 2025-03-05T10:00:00.000Z
# Who cancels it is not overridden.
> ec2 DisableImageDeprecation {"ImageId":"$first"}
advance 86400
> ec2 DescribeImages {"ImageIds":["$first"]}
= Images[0].DeprecationTime: -

== one that is protected stays, and is the user's from then on
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":1}}]}}
advance 7200
> ec2 DescribeImages {"Owners":["self"]}
save first = Images[0].ImageId
> ec2 EnableImageDeregistrationProtection {"ImageId":"$first"}
advance 86400
event stays, though policy-
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 2
> ec2 DisableImageDeregistrationProtection {"ImageId":"$first"}
advance 86400
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 2

== the default policy for instances: each that is a day old and has no recent image
# https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"scratch","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"INSTANCE","Exclusions":{"ExcludeBootVolumes":true}}
! InvalidRequestException: ExcludeTags
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"INSTANCE","CreateInterval":7,"RetainInterval":6}
! InvalidRequestException: at least CreateInterval
> dlm CreateLifecyclePolicy {"Description":"all","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"INSTANCE","CreateInterval":1,"RetainInterval":2,"ExtendDeletion":true,"Exclusions":{"ExcludeTags":[{"Key":"scratch","Value":"yes"}]},"CrossRegionCopyTargets":[{"TargetRegion":"eu-west-1"}]}
save p = PolicyId
> dlm CreateLifecyclePolicy {"Description":"more","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"INSTANCE"}
! ResourceAlreadyExistsException
# One for volumes stands beside it, and does not save again what an image has saved.
> dlm CreateLifecyclePolicy {"Description":"volumes","State":"DISABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","DefaultPolicy":"VOLUME"}
> dlm GetLifecyclePolicies {"DefaultPolicyType":"INSTANCE"}
= Policies#: 1
= Policies[0].PolicyType: IMAGE_MANAGEMENT
> dlm GetLifecyclePolicies {"DefaultPolicyType":"ALL"}
= Policies#: 2
# The next morning the instance is a day old.
advance 86400
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
= Images[0].SourceInstanceId: $web
advance 14400
region eu-west-1
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
region us-east-1
advance 172800
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 2
# Extended deletion: the last one goes, too, when the instance is gone.
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 259200
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0

== paused: what would go by its age meanwhile stays for good
# https://docs.aws.amazon.com/ebs/latest/userguide/modify.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Interval":1,"IntervalUnit":"DAYS"}}]}}
save p = PolicyId
advance 7200
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"DISABLED"}
advance 172800
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","State":"ENABLED"}
advance 259200
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 2

== what policies for images refuse, and what is for instances only
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1}}]}}
! InvalidRequestException: ResourceTypes must be INSTANCE
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1},"DeprecateRule":{"Count":2}}]}}
! InvalidRequestException: at most that of the schedule
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Interval":1,"IntervalUnit":"DAYS"},"DeprecateRule":{"Interval":1,"IntervalUnit":"WEEKS"}}]}}
! InvalidRequestException: at most the retention period
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1},"ShareRules":[{"TargetAccounts":["210987654321"]}]}]}}
! InvalidRequestException: ShareRules
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Scripts":[{"ExecutionHandler":"AWS_VSS_BACKUP"}]},"RetainRule":{"Count":1}}]}}
! InvalidRequestException: Scripts
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["VOLUME"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"VariableTags":[{"Key":"of","Value":"\u0024(instance-id)"}],"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1}}]}}
! InvalidRequestException: target instances
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"k","Value":"v"}],"Schedules":[{"VariableTags":[{"Key":"of","Value":"\u0024(volume-id)"}],"CreateRule":{"Interval":24,"IntervalUnit":"HOURS"},"RetainRule":{"Count":1}}]}}
! InvalidRequestException: is neither

== snapshots of instances carry variable tags, too
# https://docs.aws.amazon.com/dlm/latest/APIReference/API_Schedule.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> dlm CreateLifecyclePolicy {"Description":"a","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"VariableTags":[{"Key":"of","Value":"\u0024(instance-id)"}],"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":1}}]}}
advance 7200
> ec2 DescribeSnapshots {"Filters":[{"Name":"tag:of","Values":["$web"]}]}
= Snapshots#: 1

== a copy that does not fit the limit of copies at a time begins none of its snapshots, and is tried again
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html: 20 copies at a time to one Region.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":1}}],"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":2},"CrossRegionCopyRules":[{"TargetRegion":"eu-west-1","Encrypted":false}]}]}}
advance 3400
region eu-west-1
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":120}
# Both snapshots of the image would make 21.
advance 2400
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 19
advance 7200
event pending: a copy of ami-
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 1
= Images[0].State: available
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 21

== an image that cannot be begun leaves no snapshot, and its instance is not rebooted
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-creating-snapshot.html: five pending snapshots of a volume.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":1}}],"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]},{"Name":"attachment.device","Values":["/dev/sdf"]}]}
save v = Volumes[0].VolumeId
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Parameters":{"NoReboot":false},"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":2}}]}}
advance 3538
now 2025-03-03T09:59:58Z
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
advance 2
event no image of it by policy-
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 5

== two schedules at one moment: one reboot, and both images come
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Parameters":{"NoReboot":false},"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":2}},{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":3}}]}}
advance 7200
> ec2 DescribeImages {"Owners":["self"],"Filters":[{"Name":"state","Values":["available"]}]}
= Images#: 2

== what has failed, or what the user has deregistered, is none of those that are kept
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":2}}]}}
advance 7200
> ec2 DescribeImages {"Owners":["self"]}
save first = Images[0].ImageId
# The second one fails.
advance 82740
now 2025-03-04T10:00:00Z
> ec2 RebootInstances {"InstanceIds":["$web"]}
advance 86400
> ec2 DescribeImages {"ImageIds":["$first"]}
= Images[0].State: available
> ec2 DescribeImages {"Owners":["self"],"Filters":[{"Name":"state","Values":["failed"]}]}
= Images#: 1
save failed = Images[0].ImageId
# The third one is deregistered: the first stays with the fourth.
advance 3600
> ec2 DescribeImages {"Owners":["self"],"Filters":[{"Name":"state","Values":["available"]}]}
= Images#: 2
> ec2 DescribeImages {"Owners":["self"],"Filters":[{"Name":"creation-date","Values":["2025-03-05T10:00:00.000Z"]}]}
= Images#: 1
save third = Images[0].ImageId
> ec2 DeregisterImage {"ImageId":"$third"}
advance 82800
> ec2 DescribeImages {"ImageIds":["$first"]}
= Images[0].State: available
# Then two newer ones are there.
advance 86400
> ec2 DescribeImages {"ImageIds":["$first"]}
! InvalidAMIID.NotFound
> ec2 DescribeImages {"ImageIds":["$failed"]}
! InvalidAMIID.NotFound

== an instance that has lost its tag: its images are not deprecated either
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
save web = Instances[0].InstanceId
advance 60
> dlm CreateLifecyclePolicy {"Description":"images","State":"ENABLED","ExecutionRoleArn":"arn:aws:iam::123456789012:role/dlm","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":3}}]}}
save p = PolicyId
advance 93600
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 2
> ec2 DeleteTags {"Resources":["$web"],"Tags":[{"Key":"backup"}]}
> dlm UpdateLifecyclePolicy {"PolicyId":"$p","PolicyDetails":{"PolicyType":"IMAGE_MANAGEMENT","ResourceTypes":["INSTANCE"],"TargetTags":[{"Key":"backup","Value":"yes"}],"Schedules":[{"CreateRule":{"Interval":24,"IntervalUnit":"HOURS","Times":["10:00"]},"RetainRule":{"Count":3},"DeprecateRule":{"Count":3}}]}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"backup","Value":"yes"}]}]}
advance 86400
> ec2 DescribeImages {"Filters":[{"Name":"source-instance-id","Values":["$web"]}]}
= Images#: 2
= Images[0].DeprecationTime: -
= Images[1].DeprecationTime: -
