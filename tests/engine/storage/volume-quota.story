# 50 TiB a volume type and Region. https://docs.aws.amazon.com/general/latest/gr/ebs-service.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":16384,"VolumeType":"gp3"}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":16384,"VolumeType":"gp3"}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":16384,"VolumeType":"gp3"}
save v = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":2049,"VolumeType":"gp3"}
! VolumeLimitExceeded: 50 TiB
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":2049,"VolumeType":"gp2"}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":2048,"VolumeType":"gp3"}
region eu-west-1
> ec2 CreateVolume {"AvailabilityZone":"eu-west-1a","Size":2049,"VolumeType":"gp3"}
region us-east-1
advance 10
> ec2 DeleteVolume {"VolumeId":"$v"}
advance 10
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":2049,"VolumeType":"gp3"}
# IOPS have a quota of their own: 100,000 of io2.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":100,"VolumeType":"io2","Iops":60000}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":100,"VolumeType":"io2","Iops":40001}
! MaxIOPSLimitExceeded
