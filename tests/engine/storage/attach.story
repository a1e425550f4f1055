# AttachVolume and DetachVolume. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"gp3"}
save v = VolumeId
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sdf"}
! IncorrectState: Instance '$i' is not 'running'.
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sdf"}
= State: attaching
= Device: /dev/sdf
= InstanceId: $i
= VolumeId: $v
= DeleteOnTermination: false
= AttachTime: 2025-03-03T09:01:00Z
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: in-use
= Volumes[0].Attachments[0].State: attaching
> ec2 DetachVolume {"VolumeId":"$v"}
! IncorrectState: 'attaching'
advance 10
event attaching → attached
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$i"]},{"Name":"attachment.device","Values":["/dev/sdf"]},{"Name":"attachment.status","Values":["attached"]}]}
= Volumes#: 1
= Volumes[0].VolumeId: $v
> ec2 DescribeInstances {"InstanceIds":["$i"]}
= Reservations[0].Instances[0].BlockDeviceMappings#: 2
= Reservations[0].Instances[0].BlockDeviceMappings[1].DeviceName: /dev/sdf
= Reservations[0].Instances[0].BlockDeviceMappings[1].Ebs.VolumeId: $v
= Reservations[0].Instances[0].BlockDeviceMappings[1].Ebs.DeleteOnTermination: false
> ec2 DeleteVolume {"VolumeId":"$v"}
! VolumeInUse: Volume $v is currently attached to $i
> ec2 DetachVolume {"VolumeId":"$v"}
= State: detaching
= AttachTime: 2025-03-03T09:01:00Z
advance 10
event detached from
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
= Volumes[0].Attachments#: 0
> ec2 DescribeInstances {"InstanceIds":["$i"]}
= Reservations[0].Instances[0].BlockDeviceMappings#: 1
> ec2 DetachVolume {"VolumeId":"$v"}
! IncorrectState: 'available'
> ec2 DeleteVolume {"VolumeId":"$v"}
