# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html: all volumes of an instance at one moment
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","BlockDeviceMappings":[{"DeviceName":"/dev/sdf","Ebs":{"VolumeSize":1,"VolumeType":"gp3"}},{"DeviceName":"/dev/sdg","Ebs":{"VolumeSize":2,"VolumeType":"gp3"}}],"TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"Team","Value":"blue"}]}]}
save web = Instances[0].InstanceId
> ec2 CreateSnapshots {"InstanceSpecification":{"InstanceId":"$web"}}
! IncorrectInstanceState
advance 60
> ec2 DescribeVolumes {"Filters":[{"Name":"attachment.device","Values":["/dev/sdf"]}]}
save data = Volumes[0].VolumeId
> ec2 CreateSnapshots {"InstanceSpecification":{"InstanceId":"$web"},"Description":"all","CopyTagsFromSource":"volume","TagSpecifications":[{"ResourceType":"snapshot","Tags":[{"Key":"Name","Value":"night"}]}]}
= Snapshots#: 3
= Snapshots[0].State: pending
= Snapshots[0].Description: all
= Snapshots[1].Tags: [{"Key":"Name","Value":"night"},{"Key":"Team","Value":"blue"}]
advance 120
> ec2 CreateSnapshots {"InstanceSpecification":{"InstanceId":"$web","ExcludeBootVolume":true,"ExcludeDataVolumeIds":["$data"]}}
= Snapshots#: 1
= Snapshots[0].VolumeSize: 2
> ec2 CreateSnapshots {"InstanceSpecification":{"InstanceId":"$web","ExcludeDataVolumeIds":["vol-00000000000000000"]}}
! InvalidParameterValue: not a data volume
> ec2 CreateSnapshots {"InstanceSpecification":{"InstanceId":"$web"},"OutpostArn":"arn:aws:outposts:us-east-1:123456789012:outpost/op-00000000000000000"}
! InvalidParameterValue: Outpost
> ec2 CreateSnapshots {"InstanceSpecification":{"InstanceId":"i-00000000000000000"}}
! InvalidInstanceID.NotFound
> ec2 DescribeSnapshots {"OwnerIds":["self"]}
= Snapshots#: 4

== a provisioned rate of initialization, and I/O of a sound volume
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","VolumeInitializationRate":200}
! InvalidParameterDependency
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3","OutpostArn":"arn:aws:outposts:us-east-1:123456789012:outpost/op-00000000000000000"}
! InvalidParameterValue: Outpost
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save volume = VolumeId
advance 10
> ec2 EnableVolumeIO {"VolumeId":"$volume"}
> ec2 CreateSnapshot {"VolumeId":"$volume"}
save snapshot = SnapshotId
advance 60
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snapshot","VolumeInitializationRate":99}
! InvalidParameterValue
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","SnapshotId":"$snapshot","VolumeInitializationRate":200}
= VolumeInitializationRate: 200
