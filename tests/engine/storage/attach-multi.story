# Multi-Attach: io1 and io2 only, up to 16 instances of one zone.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"gp3","MultiAttachEnabled":true}
! InvalidParameterCombination: MultiAttachEnabled
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"io2","Iops":100,"MultiAttachEnabled":true}
save v = VolumeId
= MultiAttachEnabled: true
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save a = Instances[0].InstanceId
save b = Instances[1].InstanceId
advance 60
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$a","Device":"/dev/sdf"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$b","Device":"/dev/sdg"}
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$b","Device":"/dev/sdh"}
! VolumeInUse
advance 10
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].Attachments#: 2
> ec2 ModifyVolume {"VolumeId":"$v","MultiAttachEnabled":false}
! InvalidParameterValue: while the volume is attached to an instance
> ec2 DetachVolume {"VolumeId":"$v"}
! MissingParameter: InstanceId
> ec2 DetachVolume {"VolumeId":"$v","InstanceId":"$a"}
advance 10
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: in-use
= Volumes[0].Attachments#: 1
> ec2 TerminateInstances {"InstanceIds":["$b"]}
advance 60
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].State: available
