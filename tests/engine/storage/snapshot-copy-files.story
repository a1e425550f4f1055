# A copy in another Region has the very bytes, and so have a copy under another key and a snapshot back from the archive.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
# https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-archive.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
base64 hello = Hello, world
> stratus WriteBlocks {"VolumeId":"$v","Offset":5000,"Data":"$hello"}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 600
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$s","Encrypted":true}
save secret = SnapshotId
region eu-west-1
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$s"}
save far = SnapshotId
advance 600
> ec2 CreateVolume {"AvailabilityZone":"eu-west-1a","SnapshotId":"$far"}
save w = VolumeId
region us-east-1
> ec2 ModifySnapshotTier {"SnapshotId":"$s","StorageTier":"archive"}
> ec2 DeleteVolume {"VolumeId":"$v"}
advance 400000
> stratus ReadBlocks {"VolumeId":"$s","Offset":5000,"Length":12}
! IncorrectState
> ec2 RestoreSnapshotTier {"SnapshotId":"$s","PermanentRestore":true}
advance 400000
> stratus ReadBlocks {"VolumeId":"$s","Offset":5000,"Length":12}
decoded Data: Hello, world
> stratus ReadBlocks {"VolumeId":"$secret","Offset":5000,"Length":12}
decoded Data: Hello, world
region eu-west-1
> stratus ReadBlocks {"VolumeId":"$w","Offset":5000,"Length":12}
decoded Data: Hello, world
> stratus ReadBlocks {"VolumeId":"$w","Offset":1073741824,"Length":1}
! InvalidParameterValue
