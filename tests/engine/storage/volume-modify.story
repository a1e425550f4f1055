# ModifyVolume: modifying, optimizing (the new figures are in effect), completed.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html; durations are ours, fixed here.
> stratus SetTiming {"Name":"volume.modifying","MinimumMillis":10000,"MaximumMillis":10000}
> stratus SetTiming {"Name":"volume.optimizing-per-gib","MinimumMillis":1000,"MaximumMillis":1000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":50,"VolumeType":"gp2"}
save v = VolumeId
advance 10
> ec2 DescribeVolumesModifications {"VolumeIds":["$v"]}
! InvalidVolumeModification.NotFound: $v
> ec2 ModifyVolume {"VolumeId":"$v","Size":100,"VolumeType":"gp3","Throughput":250}
= VolumeModification.ModificationState: modifying
= VolumeModification.OriginalSize: 50
= VolumeModification.OriginalVolumeType: gp2
= VolumeModification.OriginalIops: 150
= VolumeModification.TargetSize: 100
= VolumeModification.TargetVolumeType: gp3
= VolumeModification.TargetIops: 3000
= VolumeModification.TargetThroughput: 250
= VolumeModification.Progress: 0
= VolumeModification.StartTime: 2025-03-03T09:00:10Z
# The new figures are billed from the start.
meter $v VolumeStorage: 50 × gp2 10s ended; 100 × gp3 0s running
meter $v VolumeThroughput: 250 × gp3 0s running
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].Size: 50
= Volumes[0].State: available
> ec2 ModifyVolume {"VolumeId":"$v","Size":200}
! IncorrectModificationState: MODIFYING
advance 10
event modifying → optimizing
> ec2 DescribeVolumes {"VolumeIds":["$v"]}
= Volumes[0].Size: 100
= Volumes[0].VolumeType: gp3
= Volumes[0].Throughput: 250
advance 50
> ec2 DescribeVolumesModifications {"VolumeIds":["$v"]}
= VolumesModifications[0].ModificationState: optimizing
= VolumesModifications[0].Progress: 50
= VolumesModifications[0].EndTime: -
> ec2 ModifyVolume {"VolumeId":"$v","Size":200}
! IncorrectModificationState: OPTIMIZING
advance 50
> ec2 DescribeVolumesModifications {"VolumeIds":["$v"]}
= VolumesModifications[0].ModificationState: completed
= VolumesModifications[0].Progress: 100
= VolumesModifications[0].EndTime: 2025-03-03T09:02:00Z
