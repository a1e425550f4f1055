# The recycle bin keeps what a rule says, at the same price, and gives it back.
# https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html
== a snapshot comes back
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":7,"RetentionPeriodUnit":"DAYS"},"Description":"a week"}
= Status: available
= LockState: unlocked
save rule = Identifier
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> stratus WriteBlocks {"VolumeId":"$v","Length":10485760}
> ec2 CreateSnapshot {"VolumeId":"$v","Description":"dear"}
save s = SnapshotId
advance 600
> ec2 DeleteSnapshot {"SnapshotId":"$s"}
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
! InvalidSnapshot.NotFound
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$s"}
! InvalidSnapshot.NotFound
# It is paid for as before.
billed $s: 10 MiB
> ec2 ListSnapshotsInRecycleBin {}
= Snapshots#: 1
= Snapshots[0].SnapshotId: $s
= Snapshots[0].Description: dear
= Snapshots[0].RecycleBinExitTime: 2025-03-10T*
> ec2 RestoreSnapshotFromRecycleBin {"SnapshotId":"$s"}
= State: completed
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: completed
> ec2 ListSnapshotsInRecycleBin {}
= Snapshots#: 0
# Restored: its time in the bin ends nothing.
advance 700000
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}

== what nobody takes out is gone
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":1,"RetentionPeriodUnit":"DAYS"}}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 600
> ec2 DeleteSnapshot {"SnapshotId":"$s"}
advance 86400
event deleted for good
> ec2 ListSnapshotsInRecycleBin {}
= Snapshots#: 0
> ec2 RestoreSnapshotFromRecycleBin {"SnapshotId":"$s"}
! InvalidSnapshot.NotFound

== a rule for tags keeps only what has them, and the longest counts
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":3,"RetentionPeriodUnit":"DAYS"},"ResourceTags":[{"ResourceTagKey":"keep","ResourceTagValue":"yes"}]}
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":9,"RetentionPeriodUnit":"DAYS"},"ResourceTags":[{"ResourceTagKey":"keep"}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> ec2 CreateSnapshot {"VolumeId":"$v"}
save plain = SnapshotId
> ec2 CreateSnapshot {"VolumeId":"$v","TagSpecifications":[{"ResourceType":"snapshot","Tags":[{"Key":"keep","Value":"yes"}]}]}
save kept = SnapshotId
advance 600
> ec2 DeleteSnapshot {"SnapshotId":"$plain"}
> ec2 DeleteSnapshot {"SnapshotId":"$kept"}
> ec2 ListSnapshotsInRecycleBin {}
= Snapshots#: 1
= Snapshots[0].SnapshotId: $kept
= Snapshots[0].RecycleBinExitTime: 2025-03-12T*

== a Region's rule with exceptions
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":3,"RetentionPeriodUnit":"DAYS"},"ExcludeResourceTags":[{"ResourceTagKey":"scratch"}]}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> ec2 CreateSnapshot {"VolumeId":"$v","TagSpecifications":[{"ResourceType":"snapshot","Tags":[{"Key":"scratch","Value":""}]}]}
save s = SnapshotId
advance 600
> ec2 DeleteSnapshot {"SnapshotId":"$s"}
> ec2 ListSnapshotsInRecycleBin {}
= Snapshots#: 0

== an image and its snapshot
> rbin CreateRule {"ResourceType":"EC2_IMAGE","RetentionPeriod":{"RetentionPeriodValue":7,"RetentionPeriodUnit":"DAYS"}}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 120
> ec2 CreateImage {"InstanceId":"$web","Name":"golden"}
save image = ImageId
advance 1200
> ec2 DescribeImages {"ImageIds":["$image"]}
save behind = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
> ec2 DeregisterImage {"ImageId":"$image"}
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
> ec2 RunInstances {"ImageId":"$image","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
! InvalidAMIID.NotFound
> ec2 ListImagesInRecycleBin {}
= Images[0].Name: golden
> ec2 RestoreImageFromRecycleBin {"ImageId":"$image"}
> ec2 RunInstances {"ImageId":"$image","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
# Once its snapshot is gone, it cannot come back.
> ec2 DeregisterImage {"ImageId":"$image"}
> ec2 DeleteSnapshot {"SnapshotId":"$behind"}
> ec2 RestoreImageFromRecycleBin {"ImageId":"$image"}
! InvalidAMIID.Unavailable

== a volume
> rbin CreateRule {"ResourceType":"EBS_VOLUME","RetentionPeriod":{"RetentionPeriodValue":8,"RetentionPeriodUnit":"DAYS"}}
! ValidationException
> rbin CreateRule {"ResourceType":"EBS_VOLUME","RetentionPeriod":{"RetentionPeriodValue":7,"RetentionPeriodUnit":"DAYS"}}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> ec2 DeleteVolume {"VolumeId":"$v"}
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
! InvalidVolume.NotFound
> ec2 ListVolumesInRecycleBin {}
= Volumes[0].VolumeId: $v
> ec2 RestoreVolumeFromRecycleBin {"VolumeId":"$v"}
= Return: true
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available

== a locked rule
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":7,"RetentionPeriodUnit":"DAYS"},"LockConfiguration":{"UnlockDelay":{"UnlockDelayValue":7,"UnlockDelayUnit":"DAYS"}}}
= LockState: locked
save rule = Identifier
> rbin DeleteRule {"Identifier":"$rule"}
! ConflictException
said Reason: INVALID_RULE_STATE
> rbin UnlockRule {"Identifier":"$rule"}
= LockState: pending_unlock
> rbin UpdateRule {"Identifier":"$rule","RetentionPeriod":{"RetentionPeriodValue":1,"RetentionPeriodUnit":"DAYS"}}
! ConflictException
advance 604800
> rbin UpdateRule {"Identifier":"$rule","RetentionPeriod":{"RetentionPeriodValue":1,"RetentionPeriodUnit":"DAYS"}}
= RetentionPeriod.RetentionPeriodValue: 1
> rbin LockRule {"Identifier":"$rule","LockConfiguration":{"UnlockDelay":{"UnlockDelayValue":7,"UnlockDelayUnit":"DAYS"}}}
= LockState: locked

== rules, their tags, and what is refused
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":1,"RetentionPeriodUnit":"DAYS"},"Tags":[{"Key":"team","Value":"a"}]}
save rule = Identifier
save arn = RuleArn
> rbin TagResource {"ResourceArn":"$arn","Tags":[{"Key":"cost","Value":"b"}]}
> rbin UntagResource {"ResourceArn":"$arn","TagKeys":["team"]}
> rbin ListTagsForResource {"ResourceArn":"$arn"}
= Tags: [{"Key":"cost","Value":"b"}]
> rbin ListRules {"ResourceType":"EBS_SNAPSHOT"}
= Rules[0].Identifier: $rule
> rbin ListRules {"ResourceType":"EC2_IMAGE"}
= Rules#: 0
> rbin DeleteRule {"Identifier":"$rule"}
> rbin GetRule {"Identifier":"$rule"}
! ResourceNotFoundException
said Reason: RULE_NOT_FOUND
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":0,"RetentionPeriodUnit":"DAYS"}}
! ValidationException
> rbin CreateRule {"ResourceType":"EBS_SNAPSHOT","RetentionPeriod":{"RetentionPeriodValue":1,"RetentionPeriodUnit":"DAYS"},"ResourceTags":[{"ResourceTagKey":"a"}],"ExcludeResourceTags":[{"ResourceTagKey":"b"}]}
! ValidationException
