# Device names: their form, and that two volumes cannot share one.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save w = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sd1"}
! InvalidParameterValue: /dev/sd1 is not a valid EBS device name.
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"data"}
! InvalidParameterValue: data is not a valid EBS device name.
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sdf16"}
! InvalidParameterValue
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/xvdzz"}
! InvalidParameterValue
# The root is /dev/xvda.
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/xvda"}
! InvalidParameterValue: Attachment point /dev/xvda is already in use
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$w","InstanceId":"$i","Device":"/dev/sdf"}
! InvalidParameterValue: Attachment point /dev/sdf is already in use
> ec2 AttachVolume {"VolumeId":"$w","InstanceId":"$i","Device":"xvdba"}
= Device: xvdba
