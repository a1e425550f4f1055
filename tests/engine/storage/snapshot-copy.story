# CopySnapshot to another Region: the first is a full one, the next an incremental one.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save v = VolumeId
advance 10
> stratus WriteBlocks {"VolumeId":"$v","Length":10737418240}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save a = SnapshotId
region eu-west-1
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$a"}
! IncorrectState: is not 'completed'
advance 600
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$a","TagSpecifications":[{"ResourceType":"snapshot","Tags":[{"Key":"Name","Value":"copy"}]}]}
save ca = SnapshotId
= Tags[0].Value: copy
> ec2 DescribeSnapshots {"SnapshotIds":["$ca"]}
= Snapshots[0].State: pending
= Snapshots[0].VolumeId: vol-ffffffff
= Snapshots[0].VolumeSize: 20
= Snapshots[0].Description: [Copied $a from us-east-1]
billed $ca: 10240 MiB
advance 600
> ec2 CreateVolume {"AvailabilityZone":"eu-west-1b","SnapshotId":"$ca"}
= Size: 20
region us-east-1
> stratus WriteBlocks {"VolumeId":"$v","Length":4294967296}
> ec2 CreateSnapshot {"VolumeId":"$v"}
save b = SnapshotId
advance 600
region eu-west-1
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$b","Description":"second"}
save cb = SnapshotId
billed $cb: 4096 MiB
# Under another key it is a full one.
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$b","Encrypted":true}
save ce = SnapshotId
billed $ce: 10240 MiB
advance 600
> ec2 DescribeSnapshots {"SnapshotIds":["$ce"]}
= Snapshots[0].Encrypted: true
= Snapshots[0].KmsKeyId: arn:aws:kms:eu-west-1:123456789012:key/*
> ec2 CopySnapshot {"SourceRegion":"eu-west-1","SourceSnapshotId":"$ce","Encrypted":false}
! InvalidParameterValue: unencrypted
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$ca"}
! InvalidSnapshot.NotFound
> ec2 CopySnapshot {"SourceRegion":"mars","SourceSnapshotId":"$a"}
! InvalidParameterValue: mars
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$a","DestinationRegion":"eu-west-2"}
! InvalidParameterValue: DestinationRegion
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$a","KmsKeyId":"alias/x"}
! InvalidParameterDependency
# Within a Region and under the same key a copy holds nothing of its own.
> ec2 CopySnapshot {"SourceRegion":"eu-west-1","SourceSnapshotId":"$cb"}
save same = SnapshotId
billed $same: 0 MiB
