# Deleting the middle one moves what the last needs to it.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-snapshot.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":10737418240}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
advance 600
> stratus WriteBlocks {"VolumeId":"$v","Length":4294967296}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save b = SnapshotId
advance 600
# 1 GiB of B's 4 changes again.
> stratus WriteBlocks {"VolumeId":"$v","Length":1073741824}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save c = SnapshotId
billed $c: 1024 MiB
advance 600
> ec2 DeleteSnapshot {"SnapshotId":"$b"}
billed $a: 10240 MiB
billed $c: 4096 MiB
# The newest goes: the next is compared with what is left.
> ec2 DeleteSnapshot {"SnapshotId":"$c"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save d = SnapshotId
billed $d: 4096 MiB
