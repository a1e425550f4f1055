# Time travel over an attachment that was overtaken by the instance's end.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1}
save v = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$i","Device":"/dev/sdf"}
> ec2 TerminateInstances {"InstanceIds":["$i"]}
advance 120
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
undo
undo
undo
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
redo
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: in-use
redo
redo
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
