# Smallest and largest sizes. https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":0,"VolumeType":"gp3"}
! InvalidParameterValue: minimum is 1GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":65537,"VolumeType":"gp3"}
! InvalidParameterValue: maximum is 65536GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":124,"VolumeType":"st1"}
! InvalidParameterValue: minimum is 125GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":124,"VolumeType":"sc1"}
! InvalidParameterValue: minimum is 125GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":3,"VolumeType":"io1","Iops":100}
! InvalidParameterValue: minimum is 4GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1025,"VolumeType":"standard"}
! InvalidParameterValue: maximum is 1024GiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","VolumeType":"gp3"}
! MissingParameter: size
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":-5}
! InvalidParameterValue
> ec2 DescribeVolumes {}
= Volumes#: 0
