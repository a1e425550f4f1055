# A volume made of a snapshot continues the chain: its snapshots hold only what has changed since.
# https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":10737418240}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$a"}
! IncorrectState: is not 'completed'
advance 600
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$a","VolumeType":"gp3"}
save w = VolumeId
= SnapshotId: $a
= Size: 20
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$a","Size":19}
! InvalidParameterValue: expect size >= 20GB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$a","Size":30}
= Size: 30
advance 10
> stratus WriteBlocks {"VolumeId":"$w","Length":1073741824}
> stratus WriteBlocks {"VolumeId":"$v","Length":2147483648}
> ec2 CreateSnapshot {"VolumeId":"$w"}
save b = SnapshotId
> ec2 CreateSnapshot {"VolumeId":"$v"}
save c = SnapshotId
billed $b: 1024 MiB
billed $c: 2048 MiB
advance 600
# Their common root goes: what both still need is stored once, and billed to the elder.
> ec2 DeleteSnapshot {"SnapshotId":"$a"}
billed $b: 10240 MiB
billed $c: 2048 MiB
# And what C needs of it is C's own when B goes too.
> ec2 DeleteSnapshot {"SnapshotId":"$b"}
billed $c: 10240 MiB
