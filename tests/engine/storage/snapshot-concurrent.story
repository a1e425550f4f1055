# At most 5 pending snapshots a volume, 1 for st1 and sc1; a deleted pending one still completes, and counts.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-create-snapshot.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":125,"VolumeType":"st1"}
save slow = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$v"}
save first = SnapshotId
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
! ConcurrentSnapshotLimitExceeded: Maximum allowed in-progress snapshots for a single volume exceeded
> ec2 DeleteSnapshot {"SnapshotId":"$first"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
! ConcurrentSnapshotLimitExceeded
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
= Snapshots[0].State: pending
> ec2 CreateSnapshot {"VolumeId":"$slow"}
> ec2 CreateSnapshot {"VolumeId":"$slow"}
! ConcurrentSnapshotLimitExceeded
advance 60
> ec2 DescribeSnapshots {"SnapshotIds":["$first"]}
! InvalidSnapshot.NotFound
> ec2 CreateSnapshot {"VolumeId":"$v"}
> ec2 CreateSnapshot {"VolumeId":"$slow"}
