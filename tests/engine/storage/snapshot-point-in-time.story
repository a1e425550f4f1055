# The content is fixed at the moment of the call, however long the copying takes.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-create-snapshot.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":1073741824}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
# Written while it is pending: not in it, but in the next.
> stratus WriteBlocks {"VolumeId":"$v","Offset":5368709120,"Length":1073741824}
advance 600
> ec2 DescribeSnapshots {"SnapshotIds":["$a"]}
= Snapshots[0].FullSnapshotSizeInBytes: 1073741824
> ec2 CreateSnapshot {"VolumeId":"$v"}
save b = SnapshotId
billed $b: 1024 MiB
# A snapshot outlives its volume.
> ec2 DeleteVolume {"VolumeId":"$v"}
advance 600
> ec2 DescribeSnapshots {"SnapshotIds":["$b"]}
= Snapshots[0].VolumeId: $v
= Snapshots[0].FullSnapshotSizeInBytes: 2147483648
> ec2 CreateVolume {"AvailabilityZone":"us-east-1d","SnapshotId":"$b"}
= Size: 20
