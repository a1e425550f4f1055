# Encryption: AWS's own key for EBS unless another is named; a volume of an encrypted snapshot is encrypted.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"Encrypted":true}
= Encrypted: true
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:key/*
save own = KmsKeyId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"Encrypted":true,"KmsKeyId":"alias/aws/ebs"}
= KmsKeyId: $own
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"Encrypted":true,"KmsKeyId":"alias/backup"}
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/backup
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"KmsKeyId":"alias/backup"}
! InvalidParameterDependency: The parameter KmsKeyId requires the parameter Encrypted to be set.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"Encrypted":true,"KmsKeyId":"no key"}
! InvalidParameterValue: no key
advance 10
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
= Encrypted: true
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/backup
advance 60
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$s"}
= Encrypted: true
= KmsKeyId: arn:aws:kms:us-east-1:123456789012:alias/backup
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$s","Encrypted":false}
! InvalidParameterValue: encrypted snapshot
# Another Region has another key.
region eu-west-1
> ec2 CreateVolume {"AvailabilityZone":"eu-west-1a","Size":8,"Encrypted":true}
= KmsKeyId: arn:aws:kms:eu-west-1:123456789012:key/*
