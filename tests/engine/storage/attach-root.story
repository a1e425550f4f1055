# The root volume can be taken off only while the instance is stopped.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-detaching-volume.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save i = Instances[0].InstanceId
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.instance-id","Values":["$i"]}]}
= Volumes#: 1
= Volumes[0].Size: 8
= Volumes[0].VolumeType: gp3
= Volumes[0].State: in-use
= Volumes[0].SnapshotId: snap-*
= Volumes[0].Attachments[0].Device: /dev/xvda
= Volumes[0].Attachments[0].DeleteOnTermination: true
save root = Volumes[0].VolumeId
> ec2 DetachVolume {"VolumeId":"$root"}
! OperationNotPermitted: Unable to detach root volume '/dev/xvda' from instance '$i'
> ec2 StopInstances {"InstanceIds":["$i"]}
advance 60
> ec2 DetachVolume {"VolumeId":"$root"}
advance 10
> ec2 DescribeVolumes {"VolumeIds":["$root"]}
= Volumes[0].State: available
# Without it there is nothing to boot from.
# https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html
> ec2 StartInstances {"InstanceIds":["$i"]}
! InvalidParameterValue: Instance does not have a volume attached at root (/dev/xvda)
> ec2 AttachVolume {"VolumeId":"$root","InstanceId":"$i","Device":"/dev/xvda"}
# A root that is attached later does not go with the instance.
= DeleteOnTermination: false
advance 10
> ec2 StartInstances {"InstanceIds":["$i"]}
advance 60
> ec2 TerminateInstances {"InstanceIds":["$i"]}
advance 60
> ec2 DescribeVolumes {"VolumeIds":["$root"]}
= Volumes[0].State: available
