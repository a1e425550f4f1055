# A copy of a volume without a snapshot between.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copying-volume.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":10,"VolumeType":"gp3","Iops":4000,"Encrypted":true}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":2}
save plain = VolumeId
advance 60
base64 hello = Hello
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Data":"$hello"}
> ec2 CopyVolumes {"SourceVolumeId":"$plain"}
! UnsupportedOperation
> ec2 CopyVolumes {"SourceVolumeId":"$v","Size":1}
! InvalidParameterValue
> ec2 CopyVolumes {"SourceVolumeId":"$v"}
= Volumes[0].AvailabilityZone: us-east-1b
= Volumes[0].Iops: 4000
= Volumes[0].Encrypted: true
save copy = Volumes[0].VolumeId
base64 other = Other
> stratus WriteBlocks {"VolumeId":"$v","Offset":0,"Data":"$other"}
advance 60
> stratus ReadBlocks {"VolumeId":"$copy","Length":5}
decoded Data: Hello
> stratus ReadBlocks {"VolumeId":"$v","Length":5}
decoded Data: Other
