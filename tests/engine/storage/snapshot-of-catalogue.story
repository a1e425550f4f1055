# The snapshot behind a public image: it can be restored, belongs to somebody else, and starts no chain of ours.
> ec2 DescribeImages {"ImageIds":["$al2023"]}
= Images[0].BlockDeviceMappings[0].Ebs.SnapshotId: snap-*
save s = Images[0].BlockDeviceMappings[0].Ebs.SnapshotId
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].OwnerAlias: amazon
= Snapshots[0].State: completed
= Snapshots[0].VolumeSize: 8
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$s","VolumeType":"gp3"}
save v = VolumeId
= Size: 8
advance 10
> ec2 CreateSnapshot {"VolumeId":"$v"}
save mine = SnapshotId
# How much of it is written is ours: 1.5 GiB.
billed $mine: 1536 MiB
> ec2 DeleteSnapshot {"SnapshotId":"$s"}
! AuthFailure: Not authorized for snapshot
> ec2 DeleteSnapshot {"SnapshotId":"snap-00000000000000001"}
! InvalidSnapshot.NotFound
