# CreateVolume: creating, then available. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-creating-volume.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3"}
save v = VolumeId
= VolumeId: vol-0*
= State: creating
= Size: 100
= VolumeType: gp3
= Iops: 3000
= Throughput: 125
= Encrypted: false
= MultiAttachEnabled: false
= SnapshotId:
= AvailabilityZone: us-east-1a
= CreateTime: 2025-03-03T09:00:00Z
= KmsKeyId: -
meter $v VolumeStorage: 100 × gp3 0s running
meter $v VolumeIops: none
meter $v VolumeThroughput: none
advance 10
event creating → available
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes#: 1
= Volumes[0].State: available
= Volumes[0].Attachments#: 0
= Volumes[0].Tags: -
meter $v VolumeStorage: 100 × gp3 10s running
