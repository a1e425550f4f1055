# A volume lives in one Availability Zone of the Region that is asked.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
> ec2 CreateVolume {"Size":8}
! MissingParameter: AvailabilityZone
> ec2 CreateVolume {"AvailabilityZone":"us-east-1z","Size":8}
! InvalidZone.NotFound: The zone 'us-east-1z' does not exist.
> ec2 CreateVolume {"AvailabilityZone":"eu-west-1a","Size":8}
! InvalidZone.NotFound: eu-west-1a
> ec2 CreateVolume {"AvailabilityZone":"use1-az1","Size":8}
! InvalidZone.NotFound: use1-az1
> ec2 CreateVolume {"AvailabilityZoneId":"use1-az1","Size":8}
= AvailabilityZoneId: use1-az1
= AvailabilityZone: us-east-1*
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","AvailabilityZoneId":"use1-az1","Size":8}
! InvalidParameterCombination
region eu-west-1
> ec2 CreateVolume {"AvailabilityZone":"eu-west-1a","Size":8}
save there = VolumeId
> ec2 DescribeVolumes {}
= Volumes#: 1
region us-east-1
> ec2 DescribeVolumes {"VolumeIds":["$there"]}
! InvalidVolume.NotFound: $there
> ec2 DescribeVolumes {"VolumeIds":["vol-12"]}
! InvalidVolumeID.Malformed
# There is no Outpost. What is not simulated is refused, not passed over.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"OutpostArn":"arn:aws:outposts:x"}
! InvalidParameterValue: The Outpost does not exist.
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"Operator":{"Principal":"eks.amazonaws.com"}}
! Unsupported: Operator
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"VolumeType":"gp4"}
! UnknownVolumeType
