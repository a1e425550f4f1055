# A volume attaches only within its Availability Zone; its snapshot restores it in any.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":10,"VolumeType":"gp3"}
save v = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sdf"}
! InvalidVolume.ZoneMismatch: is not in the same availability zone as instance '$i'
> ec2 CreateSnapshot {"VolumeId":"$v"}
save s = SnapshotId
advance 60
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$s"}
save w = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$w","InstanceId":"$i","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$w","InstanceId":"i-00000000000000001","Device":"/dev/sdf"}
! InvalidInstanceID.NotFound
> ec2 AttachVolume {"VolumeId":"vol-00000000000000001","InstanceId":"$i","Device":"/dev/sdf"}
! InvalidVolume.NotFound
