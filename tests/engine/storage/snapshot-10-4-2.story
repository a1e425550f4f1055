# The worked example: 10 GiB, then 4 GiB changed, then 2 GiB new = 16 GiB in all.
# https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":10737418240}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
advance 3600
> stratus WriteBlocks {"VolumeId":"$v","Offset":2147483648,"Length":4294967296}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save b = SnapshotId
advance 3600
> stratus WriteBlocks {"VolumeId":"$v","Offset":10737418240,"Length":2147483648}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save c = SnapshotId
billed $a: 10240 MiB
billed $b: 4096 MiB
billed $c: 2048 MiB
advance 3600
> ec2 DescribeSnapshots {"SnapshotIds":["$c"]}
= Snapshots[0].FullSnapshotSizeInBytes: 12884901888
