# Raw disks that come as objects.
# https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-import-snapshot.html
== a snapshot
> s3 CreateBucket {"Bucket":"disks"}
> s3 PutObject {"Bucket":"disks","Key":"disk.raw","Body":"SGVsbG8gZnJvbSBhIGRpc2s="}
> ec2 ImportSnapshot {"Description":"mine","DiskContainer":{"Format":"RAW","UserBucket":{"S3Bucket":"disks","S3Key":"nosuch.raw"}}}
! InvalidParameter
> ec2 ImportSnapshot {"Description":"mine","DiskContainer":{"Format":"RAW","UserBucket":{"S3Bucket":"disks","S3Key":"disk.raw"}}}
= SnapshotTaskDetail.Status: active
save task = ImportTaskId
advance 600
> ec2 DescribeImportSnapshotTasks {"ImportTaskIds":["$task"]}
= ImportSnapshotTasks[0].SnapshotTaskDetail.Status: completed
save s = ImportSnapshotTasks[0].SnapshotTaskDetail.SnapshotId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$s"}
save v = VolumeId
advance 60
> stratus ReadBlocks {"VolumeId":"$v","Length":17}
decoded Data: Hello from a disk

== another form of disk cannot be read
> s3 CreateBucket {"Bucket":"disks"}
> s3 PutObject {"Bucket":"disks","Key":"disk.vmdk","Body":"SGVsbG8="}
> ec2 ImportSnapshot {"DiskContainer":{"Format":"VMDK","Url":"s3://disks/disk.vmdk"}}
= SnapshotTaskDetail.Status: deleted
= SnapshotTaskDetail.StatusMessage: ClientError: Disk validation failed*

== an image
> s3 CreateBucket {"Bucket":"disks"}
> s3 PutObject {"Bucket":"disks","Key":"disk.raw","Body":"SGVsbG8="}
> ec2 ImportImage {"Description":"web","DiskContainers":[{"Format":"raw","UserBucket":{"S3Bucket":"disks","S3Key":"disk.raw"}}]}
= Status: active
save task = ImportTaskId
save image = ImageId
advance 1200
> ec2 DescribeImportImageTasks {"ImportTaskIds":["$task"]}
= ImportImageTasks[0].Status: completed
> ec2 DescribeImages {"ImageIds":["$image"]}
= Images[0].Name: $task
= Images[0].State: available
> ec2 RunInstances {"ImageId":"$image","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
> ec2 CancelImportTask {"ImportTaskId":"$task"}
! IncorrectState

== cancelled on its way
> s3 CreateBucket {"Bucket":"disks"}
> s3 PutObject {"Bucket":"disks","Key":"disk.raw","Body":"SGVsbG8="}
> ec2 ImportImage {"DiskContainers":[{"UserBucket":{"S3Bucket":"disks","S3Key":"disk.raw"}}]}
save task = ImportTaskId
> ec2 CancelImportTask {"ImportTaskId":"$task"}
= PreviousState: active
= State: deleted
> ec2 DescribeImages {"Owners":["self"]}
= Images#: 0
