# Tags at creation, and idempotency by ClientToken.
# https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"ClientToken":"one","TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"Name","Value":"data"}]}]}
save v = VolumeId
= Tags[0].Key: Name
= Tags[0].Value: data
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"ClientToken":"one","TagSpecifications":[{"ResourceType":"volume","Tags":[{"Key":"Name","Value":"data"}]}]}
= VolumeId: $v
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":9,"ClientToken":"one"}
! IdempotentParameterMismatch
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":9,"ClientToken":"two"}
> ec2 DescribeVolumes {}
= Volumes#: 2
> ec2 DescribeVolumes {"Filters":[{"Name":"tag:Name","Values":["da*"]}]}
= Volumes#: 1
= Volumes[0].VolumeId: $v
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":8,"TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"x"}]}]}
! InvalidParameterValue
> ec2 DescribeVolumes {}
= Volumes#: 2
