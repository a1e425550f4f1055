# DeleteVolume: from available only; deleting, then gone. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-deleting-volume.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"VolumeType":"gp3"}
save v = VolumeId
> ec2 DeleteVolume {"VolumeId":"$v"}
! IncorrectState: 'creating'
advance 10
> ec2 DeleteVolume {"VolumeId":"$v"}
meter $v VolumeStorage: 8 × gp3 10s ended
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: deleting
advance 10
event deleted
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
! InvalidVolume.NotFound
> ec2 DeleteVolume {"VolumeId":"$v"}
! InvalidVolume.NotFound
undo
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: deleting
undo
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
