# Time-based copies: done in the time that is asked for.
# https://docs.aws.amazon.com/ebs/latest/userguide/time-based-copies.html

== pending until the promised moment, whatever the snapshot's size
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3"}
save v = VolumeId
advance 60
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Length":1073741824}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 3600
region eu-west-1
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":10}
! InvalidParameterValue
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":20}
! InvalidParameterValue
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":2895}
! InvalidParameterValue
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":30}
save c = SnapshotId
> ec2 DescribeSnapshots {"SnapshotIds":["$c"]}
= Snapshots[0].TransferType: time-based
= Snapshots[0].CompletionDurationMinutes: 30
= Snapshots[0].Progress: 0%
advance 900
> ec2 DescribeSnapshots {"Filters":[{"Name":"transfer-type","Values":["time-based"]}]}
= Snapshots[0].State: pending
= Snapshots[0].Progress: 50%
advance 899
> ec2 DescribeSnapshots {"SnapshotIds":["$c"]}
= Snapshots[0].State: pending
= Snapshots[0].Progress: 99%
advance 1
> ec2 DescribeSnapshots {"SnapshotIds":["$c"]}
= Snapshots[0].State: completed
= Snapshots[0].Progress: 100%
# The data crosses once, and its haste costs by the GiB: $0.02 each.
bill $c: *1,073,741,824 bytes × $0.02/GB ÷ 1,073,741,824 = $0.0200; 1,073,741,824 bytes × $0.02/GB ÷ 1,073,741,824 = $0.0200
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1"}
save plain = SnapshotId
> ec2 DescribeSnapshots {"SnapshotIds":["$plain"]}
= Snapshots[0].TransferType: standard
= Snapshots[0].CompletionDurationMinutes: -

== at most 500 MiB/s each, and 2,000 MiB/s from one Region to another
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1000,"VolumeType":"gp3"}
save v = VolumeId
advance 60
# 879 GiB in a quarter of an hour would be 1,000 MiB/s; at 500 it takes half an hour.
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Length":943718400000}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 86400
region eu-west-1
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":15,"Encrypted":true,"KmsKeyId":"alias/one"}
save first = SnapshotId
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":15,"Encrypted":true,"KmsKeyId":"alias/two"}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":15,"Encrypted":true,"KmsKeyId":"alias/three"}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":15,"Encrypted":true,"KmsKeyId":"alias/four"}
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":15,"Encrypted":true,"KmsKeyId":"alias/five"}
! ResourceLimitExceeded
# Without a duration there is no such quota, and another Region has its own.
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1"}
region us-west-2
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":15}
region eu-west-1
advance 1799
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
= Snapshots[0].State: pending
advance 2
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
= Snapshots[0].State: completed
> ec2 CopySnapshot {"SourceSnapshotId":"$s","SourceRegion":"us-east-1","CompletionDurationMinutes":15,"Encrypted":true,"KmsKeyId":"alias/five"}

== an image's snapshots
> ec2 CopyImage {"Name":"mine","SourceImageId":"$al2023","SourceRegion":"us-east-1","SnapshotCopyCompletionDurationMinutes":7}
! InvalidParameterValue
> ec2 CopyImage {"Name":"mine","SourceImageId":"$al2023","SourceRegion":"us-east-1","SnapshotCopyCompletionDurationMinutes":60}
save ami = ImageId
advance 3590
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].State: pending
save s = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].Progress: 99%
= Snapshots[0].CompletionDurationMinutes: 60
advance 10
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: completed
advance 300
> ec2 DescribeImages {"ImageIds":["$ami"]}
= Images[0].State: available
