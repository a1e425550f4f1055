# A volume is attached to one instance. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save a = Instances[0].InstanceId
save b = Instances[1].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$a","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$b","Device":"/dev/sdf"}
! VolumeInUse: $v is already attached to an instance
advance 10
> ec2 DetachVolume {"VolumeId":"$v","InstanceId":"$b"}
! InvalidAttachment.NotFound: The volume '$v' is not attached to instance '$b'
> ec2 DetachVolume {"VolumeId":"$v","InstanceId":"$a","Device":"/dev/sdg"}
! InvalidAttachment.NotFound: as device '/dev/sdg'
> ec2 DetachVolume {"VolumeId":"$v","InstanceId":"nonsense"}
! InvalidParameterValue: Expected: 'i-...'
> ec2 DetachVolume {"VolumeId":"$v","InstanceId":"$a","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$b","Device":"/dev/sdf"}
! VolumeInUse
advance 10
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$b","Device":"/dev/sdf"}
# What is being made cannot be attached yet.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save new = VolumeId
> ec2 AttachVolume {"VolumeId":"$new","InstanceId":"$b","Device":"/dev/sdg"}
! IncorrectState: $new is not 'available'.
