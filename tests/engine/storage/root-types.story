# Hard disks are for data: st1 and sc1 cannot be boot volumes.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
== not at launch, where AWS's error speaks of IOPS that nobody gave
# https://github.com/aws/aws-sdk/issues/542
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeType":"st1","VolumeSize":125}}]}
! InvalidParameterCombination: The parameter iops is not supported for st1 volumes.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeType":"st1","VolumeSize":125}}]}

== not by modification of a root
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":200}}]}
save web = Instances[0].InstanceId
advance 120
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]}]}
save root = Volumes[0].VolumeId
> ec2 ModifyVolume {"VolumeId":"$root","VolumeType":"sc1"}
! InvalidParameterValue: sc1 volumes cannot be used as boot volumes
> ec2 ModifyVolume {"VolumeId":"$root","VolumeType":"gp2"}
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 86400
> ec2 ModifyVolume {"VolumeId":"$root","VolumeType":"st1"}
! InvalidParameterValue
# Taken off it is a disk like others; as root it does not start a machine.
> ec2 DetachVolume {"VolumeId":"$root"}
advance 20
> ec2 ModifyVolume {"VolumeId":"$root","VolumeType":"st1"}
advance 60
> ec2 AttachVolume {"VolumeId":"$root","InstanceId":"$web","Device":"/dev/xvda"}
advance 20
> ec2 StartInstances {"InstanceIds":["$web"]}
! UnsupportedOperation: of type st1, which cannot be used as a boot volume
