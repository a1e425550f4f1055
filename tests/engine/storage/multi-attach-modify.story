# What of a Multi-Attach enabled volume can be modified after it was made.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html
== io2: size and IOPS, not the type; Multi-Attach itself while it is attached to nothing
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"io2","Iops":1000,"MultiAttachEnabled":true}
save v = VolumeId
advance 120
> ec2 ModifyVolume {"VolumeId":"$v","VolumeType":"gp3","MultiAttachEnabled":false}
! InvalidParameterValue: type of a Multi-Attach enabled volume
> ec2 AttachVolume {"VolumeId":"$v","InstanceId":"$web","Device":"/dev/sdf"}
advance 20
> ec2 ModifyVolume {"VolumeId":"$v","MultiAttachEnabled":false}
! InvalidParameterValue: while the volume is attached
> ec2 ModifyVolume {"VolumeId":"$v","Size":20,"Iops":2000}
= VolumeModification.TargetSize: 20
= VolumeModification.TargetIops: 2000
advance 86400
> ec2 DetachVolume {"VolumeId":"$v"}
advance 20
> ec2 ModifyVolume {"VolumeId":"$v","MultiAttachEnabled":false}
= VolumeModification.TargetMultiAttachEnabled: false

== io1: nothing, and it is enabled only when it is made
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"io1","Iops":500,"MultiAttachEnabled":true}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"io1","Iops":500}
save plain = VolumeId
advance 20
> ec2 ModifyVolume {"VolumeId":"$v","Size":20}
! InvalidParameterValue: io1 volume cannot be modified
> ec2 ModifyVolume {"VolumeId":"$v","Iops":400}
! InvalidParameterValue
> ec2 ModifyVolume {"VolumeId":"$plain","MultiAttachEnabled":true}
! InvalidParameterValue: only when they are created
> ec2 ModifyVolume {"VolumeId":"$plain","Size":20}

== io1 shares in three Regions only, and with no Windows instance
> ec2 DescribeImages {"Owners":["amazon"],"Filters":[{"Name":"name","Values":["Windows_Server-2022-English-Full-Base-*"]}]}
save windows = Images[0].ImageId
> ec2 RunInstances {"ImageId":"$windows","MinCount":1,"MaxCount":1,"InstanceType":"t3.medium","Placement":{"AvailabilityZone":"us-east-1a"}}
save web = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"io1","Iops":500,"MultiAttachEnabled":true}
save old = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":10,"VolumeType":"io2","Iops":500,"MultiAttachEnabled":true}
save new = VolumeId
advance 600
> ec2 AttachVolume {"VolumeId":"$old","InstanceId":"$web","Device":"xvdf"}
! UnsupportedOperation: io2 volumes only
> ec2 AttachVolume {"VolumeId":"$new","InstanceId":"$web","Device":"xvdf"}
= State: attaching
region eu-west-1
> ec2 CreateVolume {"AvailabilityZone":"eu-west-1a","Size":10,"VolumeType":"io1","Iops":500,"MultiAttachEnabled":true}
! InvalidParameterCombination: not supported for io1 volumes in eu-west-1
> ec2 CreateVolume {"AvailabilityZone":"eu-west-1a","Size":10,"VolumeType":"io2","Iops":500,"MultiAttachEnabled":true}
= MultiAttachEnabled: true
