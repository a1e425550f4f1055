# The lesson: write, back up, lose, restore into another zone, attach there.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-restoring-volume.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1a"}}
save a = Instances[0].InstanceId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","Placement":{"AvailabilityZone":"us-east-1b"}}
save b = Instances[0].InstanceId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":20,"VolumeType":"gp3"}
save data = VolumeId
advance 60
> ec2 AttachVolume {"VolumeId":"$data","InstanceId":"$a","Device":"/dev/sdf"}
advance 10
> stratus WriteBlocks {"VolumeId":"$data","Length":5368709120}
> ec2 CreateSnapshot {"VolumeId":"$data","Description":"monday"}
save monday = SnapshotId
advance 600
> stratus WriteBlocks {"VolumeId":"$data","Length":1073741824}
> ec2 CreateSnapshot {"VolumeId":"$data","Description":"tuesday"}
save tuesday = SnapshotId
billed $monday: 5120 MiB
billed $tuesday: 1024 MiB
advance 600
> ec2 TerminateInstances {"InstanceIds":["$a"]}
advance 60
> ec2 DeleteVolume {"VolumeId":"$data"}
advance 10
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","SnapshotId":"$tuesday","VolumeType":"gp3"}
save restored = VolumeId
advance 10
> ec2 AttachVolume {"VolumeId":"$restored","InstanceId":"$b","Device":"/dev/sdf"}
advance 10
> ec2 DescribeVolumes {"VolumeIds":["$restored"]}
= Volumes[0].Attachments[0].State: attached
> ec2 DeleteSnapshot {"SnapshotId":"$monday"}
billed $tuesday: 5120 MiB
