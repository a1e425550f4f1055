# At most four modifications in a rolling 24 hours, each after the one before has completed.
# https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save v = VolumeId
advance 3600
> ec2 ModifyVolume {"VolumeId":"$v","Size":2}
advance 3600
> ec2 ModifyVolume {"VolumeId":"$v","Size":3}
advance 3600
> ec2 ModifyVolume {"VolumeId":"$v","Size":4}
advance 3600
> ec2 ModifyVolume {"VolumeId":"$v","Size":5}
advance 3600
> ec2 ModifyVolume {"VolumeId":"$v","Size":6}
! VolumeModificationRateExceeded: maximum modification rate per volume
# 24 hours after the first (10:00), the first no longer counts.
advance 68399
> ec2 ModifyVolume {"VolumeId":"$v","Size":6}
! VolumeModificationRateExceeded
advance 1
now 2025-03-04T09:00:00Z
advance 3600
> ec2 ModifyVolume {"VolumeId":"$v","Size":6}
= VolumeModification.OriginalSize: 5
