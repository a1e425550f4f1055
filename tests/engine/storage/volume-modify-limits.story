# A volume only grows; its new shape is held to the type's limits, and keeps what is not said.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVolume.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":100,"VolumeType":"gp3","Iops":5000,"Throughput":500}
save v = VolumeId
> ec2 ModifyVolume {"VolumeId":"$v","Size":200}
! IncorrectState: 'creating'
advance 10
> ec2 ModifyVolume {"VolumeId":"$v","Size":99}
! InvalidParameterValue: New size cannot be smaller than existing size
> ec2 ModifyVolume {"VolumeId":"$v"}
! InvalidParameterCombination
> ec2 ModifyVolume {"VolumeId":"$v","Size":70000}
! InvalidParameterValue: maximum is 65536GiB
> ec2 ModifyVolume {"VolumeId":"$v","VolumeType":"gp2","Iops":300}
! InvalidParameterCombination: iops is not supported for gp2
> ec2 ModifyVolume {"VolumeId":"$v","VolumeType":"st1","Size":120}
! InvalidParameterValue: minimum is 125GiB
> ec2 ModifyVolume {"VolumeId":"vol-00000000000000009","Size":300}
! InvalidVolume.NotFound
> ec2 ModifyVolume {"VolumeId":"$v","Size":150}
= VolumeModification.TargetIops: 5000
= VolumeModification.TargetThroughput: 500
advance 3600
# To gp2 and back: performance follows the new type.
> ec2 ModifyVolume {"VolumeId":"$v","VolumeType":"gp2"}
= VolumeModification.TargetIops: 450
= VolumeModification.TargetThroughput: -
meter $v VolumeIops: 5000 × gp3 3610s ended
advance 3600
> ec2 ModifyVolume {"VolumeId":"$v","VolumeType":"gp3"}
= VolumeModification.TargetIops: 3000
= VolumeModification.TargetThroughput: 125
advance 3600
> ec2 DescribeVolumesModifications {"Filters":[{"Name":"modification-state","Values":["completed"]},{"Name":"target-volume-type","Values":["gp3"]}]}
= VolumesModifications#: 1
= VolumesModifications[0].VolumeId: $v
> ec2 DescribeVolumesModifications {"Filters":[{"Name":"target-size","Values":["1"]}]}
= VolumesModifications#: 0
