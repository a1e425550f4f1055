# Another key starts a full snapshot, and so does the first one of an encrypted volume made of an unencrypted snapshot.
# https://docs.aws.amazon.com/ebs/latest/userguide/how_snapshots_work.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":10737418240}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
advance 600
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$a","Encrypted":true}
save w = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$w"}
save b = SnapshotId
billed $b: 10240 MiB
advance 600
> ec2 CreateSnapshot {"VolumeId":"$w"}
save c = SnapshotId
billed $c: 0 MiB
advance 600
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$b","Encrypted":true,"KmsKeyId":"alias/other"}
save x = VolumeId
advance 10
> ec2 CreateSnapshot {"VolumeId":"$x"}
save d = SnapshotId
billed $d: 10240 MiB
