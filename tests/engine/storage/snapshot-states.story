# pending with Progress, then completed. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-create-snapshot.html
# Durations are ours, fixed here: 20 s and 10 s a changed GiB.
> stratus SetTiming {"Name":"snapshot.base","MinimumMillis":20000,"MaximumMillis":20000}
> stratus SetTiming {"Name":"snapshot.per-changed-gib","MinimumMillis":10000,"MaximumMillis":10000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":200,"VolumeType":"gp3"}
save v = VolumeId
> ec2 CreateSnapshot {"VolumeId":"$v"}
! IncorrectState: 'creating'
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":8589934592}
> ec2 CreateSnapshot {"VolumeId":"$v","Description":"before the upgrade","TagSpecifications":[{"ResourceType":"snapshot","Tags":[{"Key":"Name","Value":"nightly"}]}]}
save s = SnapshotId
= SnapshotId: snap-0*
= State: pending
= Progress: 0%
= VolumeId: $v
= VolumeSize: 200
= Description: before the upgrade
= OwnerId: 123456789012
= Encrypted: false
= StartTime: 2025-03-03T09:00:10Z
= StorageTier: standard
= Tags[0].Value: nightly
advance 50
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: pending
= Snapshots[0].Progress: 50%
= Snapshots[0].CompletionTime: -
advance 49
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].Progress: 99%
advance 1
event pending → completed
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].State: completed
= Snapshots[0].Progress: 100%
= Snapshots[0].CompletionTime: 2025-03-03T09:01:50Z
# The full size is what has been written of the 200 GiB: 8 GiB.
= Snapshots[0].FullSnapshotSizeInBytes: 8589934592
# A second one copies nothing, and takes only the 20 s.
> ec2 CreateSnapshot {"VolumeId":"$v"}
advance 20
> ec2 DescribeSnapshots {"Filters":[{"Name":"status","Values":["completed"]}]}
= Snapshots#: 2
> ec2 CreateSnapshot {"VolumeId":"vol-00000000000000009"}
! InvalidVolume.NotFound
