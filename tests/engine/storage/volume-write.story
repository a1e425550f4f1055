# What a program writes changes whole 512 KiB blocks; when it is written plays no part.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-accessing-snapshot.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
> stratus WriteBlocks {"VolumeId":"$v","Length":1}
! IncorrectState
advance 10
# One byte touches a block; a byte on each side of a border touches two.
> stratus WriteBlocks {"VolumeId":"$v","Length":1}
> stratus WriteBlocks {"VolumeId":"$v","Offset":1048575,"Length":2}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save one = SnapshotId
billed $one: 1.5 MiB
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Length":0}
! InvalidParameterValue: Length
> ec2 CreateSnapshot {"VolumeId":"$v"}
save two = SnapshotId
billed $two: 0 MiB
> stratus WriteBlocks {"VolumeId":"$v","Offset":1073741823,"Length":1}
> stratus WriteBlocks {"VolumeId":"$v","Offset":1073741823,"Length":2}
! InvalidParameterValue: Length
> stratus WriteBlocks {"VolumeId":"$v","Offset":-1,"Length":2}
! InvalidParameterValue
> stratus WriteBlocks {"VolumeId":"vol-00000000000000009","Length":2}
! InvalidVolume.NotFound
> ec2 CreateSnapshot {"VolumeId":"$v"}
save three = SnapshotId
billed $three: 0.5 MiB
