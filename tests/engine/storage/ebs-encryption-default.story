# https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
> ec2 GetEbsEncryptionByDefault {}
= EbsEncryptionByDefault: false
> ec2 GetEbsDefaultKmsKeyId {}
= KmsKeyId: alias/aws/ebs
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
= Encrypted: false
save plain = VolumeId
> ec2 EnableEbsEncryptionByDefault {}
= EbsEncryptionByDefault: true
event EBS encryption by default is on
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
= Encrypted: true
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:key/*
# It cannot be left out of a single volume.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","Encrypted":false}
= Encrypted: true
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","KmsKeyId":"alias/mine"}
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/mine
> ec2 ModifyEbsDefaultKmsKeyId {"KmsKeyId":"nonsense!"}
! InvalidParameterValue
> ec2 ModifyEbsDefaultKmsKeyId {"KmsKeyId":"alias/ours"}
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/ours
> ec2 GetEbsDefaultKmsKeyId {}
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/ours
# What exists stays as it is; its snapshots too, their copies and volumes not.
advance 10
> ec2 CreateSnapshot {"VolumeId":"$plain"}
= Encrypted: false
save snapshot = SnapshotId
advance 60
> ec2 CopySnapshot {"SourceRegion":"us-east-1","SourceSnapshotId":"$snapshot"}
save copy = SnapshotId
> ec2 DescribeSnapshots {"SnapshotIds":["$copy"]}
= Snapshots[0].Encrypted: true
= Snapshots[0].KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/ours
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snapshot","VolumeType":"gp3"}
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/ours
# A launch too.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]}]}
= Volumes[0].Encrypted: true
# Each Region decides for itself.
region eu-west-1
> ec2 GetEbsEncryptionByDefault {}
= EbsEncryptionByDefault: false
region us-east-1
> ec2 ResetEbsDefaultKmsKeyId {}
= KmsKeyId: alias/aws/ebs
> ec2 DisableEbsEncryptionByDefault {}
= EbsEncryptionByDefault: false
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
= Encrypted: false
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","KmsKeyId":"alias/mine"}
! InvalidParameterDependency
