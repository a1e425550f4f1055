# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/replace-root.html: back to the state at launch, while it runs
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web"}
! IncorrectInstanceState
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]}]}
save old = Volumes[0].VolumeId
save size = Volumes[0].Size
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","TagSpecifications":[{"ResourceType":"replace-root-volume-task","Tags":[{"Key":"Name","Value":"back"}]}]}
= ReplaceRootVolumeTask.ReplaceRootVolumeTaskId: replacevol-*
= ReplaceRootVolumeTask.InstanceId: $web
= ReplaceRootVolumeTask.TaskState: pending
= ReplaceRootVolumeTask.StartTime: 2025-03-03T09:01:00Z
save task = ReplaceRootVolumeTask.ReplaceRootVolumeTaskId
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web"}
! IncorrectState
advance 10
> ec2 DescribeReplaceRootVolumeTasks {"ReplaceRootVolumeTaskIds":["$task"]}
= ReplaceRootVolumeTasks[0].TaskState: in-progress
advance 60
event it reboots
> ec2 DescribeReplaceRootVolumeTasks {"Filters":[{"Name":"instance-id","Values":["$web"]},{"Name":"tag:Name","Values":["back"]}]}
= ReplaceRootVolumeTasks#: 1
= ReplaceRootVolumeTasks[0].TaskState: succeeded
= ReplaceRootVolumeTasks[0].CompleteTime: *
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]}]}
= Volumes#: 1
= Volumes[0].Size: $size
= Volumes[0].Attachments[0].DeleteOnTermination: true
save new = Volumes[0].VolumeId
differ $old $new
# The old one is kept.
> ec2 DescribeVolumes {"VolumeIds":["$old"]}
= Volumes[0].State: available
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].BlockDeviceMappings[0].DeviceName: /dev/xvda
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId: $new
= Reservations[0].Instances[0].State.Name: running
# To a snapshot of its line, and the old one goes.
> ec2 CreateSnapshot {"VolumeId":"$new"}
save snapshot = SnapshotId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save other = VolumeId
advance 120
> ec2 CreateSnapshot {"VolumeId":"$other"}
save foreign = SnapshotId
advance 120
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","SnapshotId":"$foreign"}
! InvalidParameterValue: lineage
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","ImageId":"$al2023-arm"}
! InvalidParameterValue: architecture
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","SnapshotId":"$snapshot","ImageId":"$al2023"}
! InvalidParameterCombination
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","SnapshotId":"$snapshot","DeleteReplacedRootVolume":true}
= ReplaceRootVolumeTask.SnapshotId: $snapshot
advance 120
> ec2 DescribeVolumes {"VolumeIds":["$new"]}
! InvalidVolume.NotFound
# By a volume that is there already: in the zone of the instance, attached to nothing.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateReplaceRootVolumeTask.html (VolumeId)
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save now = Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId
save zone = Reservations[0].Instances[0].Placement.AvailabilityZone
> ec2 CreateVolume {"AvailabilityZone":"$zone","SnapshotId":"$snapshot"}
save spare = VolumeId
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","VolumeId":"$spare"}
! IncorrectState: not 'available'
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snapshot"}
save afar = VolumeId
advance 60
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","VolumeId":"$afar"}
! InvalidVolume.ZoneMismatch
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","VolumeId":"$now"}
! VolumeInUse
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","VolumeId":"$spare","SnapshotId":"$snapshot"}
! InvalidParameterCombination
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","VolumeId":"$spare"}
= ReplaceRootVolumeTask.TaskState: in-progress
= ReplaceRootVolumeTask.SnapshotId: -
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId: $spare
> ec2 DescribeVolumes {"VolumeIds":["$now"]}
= Volumes[0].State: available
# Where nothing comes of it, such a volume stays.
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","VolumeId":"$now"}
save undone = ReplaceRootVolumeTask.ReplaceRootVolumeTaskId
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeReplaceRootVolumeTasks {"ReplaceRootVolumeTaskIds":["$undone"]}
= ReplaceRootVolumeTasks[0].TaskState: failed
> ec2 DescribeVolumes {"VolumeIds":["$now"]}
= Volumes[0].State: available
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
# An instance that no longer runs keeps what it has.
> ec2 CreateReplaceRootVolumeTask {"InstanceId":"$web","ImageId":"$al2023"}
save late = ReplaceRootVolumeTask.ReplaceRootVolumeTaskId
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeReplaceRootVolumeTasks {"ReplaceRootVolumeTaskIds":["$late"]}
= ReplaceRootVolumeTasks[0].TaskState: failed
> ec2 DescribeReplaceRootVolumeTasks {"ReplaceRootVolumeTaskIds":["replacevol-00000000000000000"]}
! InvalidReplaceRootVolumeTaskId.NotFound
