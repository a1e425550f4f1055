# Deleting a snapshot removes only what no other needs: A = 10 GiB, B changes 4; delete A, and B is billed 10.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-snapshot.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":10737418240}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
advance 3600
> stratus WriteBlocks {"VolumeId":"$v","Length":4294967296}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save b = SnapshotId
advance 3600
meter $a SnapshotBlocks: 20480 × standard 7200s running
meter $b SnapshotBlocks: 8192 × standard 3600s running
> ec2 DeleteSnapshot {"SnapshotId":"$a"}
billed $b: 10240 MiB
meter $a SnapshotBlocks: 20480 × standard 7200s ended
meter $b SnapshotBlocks: 8192 × standard 3600s ended; 20480 × standard 0s running
# B alone restores all of it.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1c","SnapshotId":"$b"}
save restored = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$restored"}
save c = SnapshotId
billed $c: 0 MiB
> ec2 DescribeSnapshots {"SnapshotIds":["$a"]}
! InvalidSnapshot.NotFound
undo
undo
undo
undo
billed $a: 10240 MiB
billed $b: 4096 MiB
