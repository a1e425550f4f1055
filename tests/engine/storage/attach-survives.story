# What becomes of volumes when the instance stops, starts and is terminated.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"},"BlockDeviceMappings":[{"DeviceName":"/dev/sdb","Ebs":{"VolumeSize":20,"VolumeType":"gp3"}},{"DeviceName":"/dev/sdc","Ebs":{"VolumeSize":30,"VolumeType":"gp3","DeleteOnTermination":false}}]}
save i = Instances[0].InstanceId
advance 60
> ec2 DescribeVolumes {}
= Volumes#: 3
save root = Volumes[0].VolumeId
save goes = Volumes[1].VolumeId
save stays = Volumes[2].VolumeId
= Volumes[1].Attachments[0].DeleteOnTermination: true
= Volumes[2].Attachments[0].DeleteOnTermination: false
> ec2 StopInstances {"InstanceIds":["$i"]}
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"status","Values":["in-use"]}]}
= Volumes#: 3
meter $root VolumeStorage: 8 × gp3 120s running
> ec2 StartInstances {"InstanceIds":["$i"]}
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$i","BlockDeviceMappings":[{"DeviceName":"/dev/sdb","Ebs":{"DeleteOnTermination":true}}]}
> ec2 TerminateInstances {"InstanceIds":["$i"]}
advance 120
> ec2 DescribeVolumes {}
= Volumes#: 1
= Volumes[0].VolumeId: $stays
= Volumes[0].State: available
event was terminated
meter $root VolumeStorage: 8 × gp3 *s ended
