# 50 GiB written on a 200 GiB volume = a 50 GiB snapshot.
# https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":200,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":53687091200}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
billed $s: 51200 MiB
# 50 GiB are 102,400 blocks of 512 KiB.
meter $s SnapshotBlocks: 102400 × standard 0s running
advance 3600
> ec2 DescribeSnapshots {"SnapshotIds":["$s"]}
= Snapshots[0].FullSnapshotSizeInBytes: 53687091200
= Snapshots[0].VolumeSize: 200
