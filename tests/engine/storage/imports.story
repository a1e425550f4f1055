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

== encrypted, with a boot mode and a licence
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportImage.html
> s3 CreateBucket {"Bucket":"disks"}
> s3 PutObject {"Bucket":"disks","Key":"disk.raw","Body":"SGVsbG8="}
> ec2 ImportSnapshot {"Encrypted":true,"KmsKeyId":"alias/mine","DiskContainer":{"Format":"RAW","Url":"s3://disks/disk.raw"}}
= SnapshotTaskDetail.Encrypted: true
= SnapshotTaskDetail.KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/mine
> ec2 ImportSnapshot {"KmsKeyId":"alias/mine","DiskContainer":{"Format":"RAW","Url":"s3://disks/disk.raw"}}
! InvalidParameterDependency
> ec2 ImportImage {"BootMode":"uefi-preferred","DiskContainers":[{"Format":"raw","Url":"s3://disks/disk.raw"}]}
! InvalidParameterValue: uefi-preferred
> ec2 ImportImage {"UsageOperation":"RunInstances:9999","DiskContainers":[{"Format":"raw","Url":"s3://disks/disk.raw"}]}
! InvalidParameterValue
> ec2 ImportImage {"LicenseSpecifications":[{"LicenseConfigurationArn":"arn:aws:license-manager:us-east-1:123456789012:license-configuration:lic-1"}],"DiskContainers":[{"Format":"raw","Url":"s3://disks/disk.raw"}]}
! Unsupported: LicenseSpecifications
> ec2 ImportImage {"Platform":"Windows","LicenseType":"BYOL","BootMode":"uefi","Encrypted":true,"DiskContainers":[{"Format":"raw","Url":"s3://disks/disk.raw"}]}
= UsageOperation: RunInstances:0800
save image = ImageId
> ec2 DescribeImages {"ImageIds":["$image"]}
= Images[0].PlatformDetails: Windows BYOL
= Images[0].BootMode: uefi
= Images[0].BlockDeviceMappings[0].Ebs.Encrypted: true
> ec2 ImportImage {"UsageOperation":"RunInstances:0010","DiskContainers":[{"Format":"raw","Url":"s3://disks/disk.raw"}]}
save image = ImageId
> ec2 DescribeImages {"ImageIds":["$image"]}
= Images[0].PlatformDetails: Red Hat Enterprise Linux
