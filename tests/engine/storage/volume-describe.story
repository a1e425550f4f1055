# DescribeVolumes: filters and pages. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVolumes.html
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":1,"VolumeType":"gp3"}
save a = VolumeId
advance 60
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":2,"VolumeType":"gp2","Encrypted":true}
save b = VolumeId
> ec2 CreateVolume {"AvailabilityZone":"us-east-1b","Size":3,"VolumeType":"gp3"}
save c = VolumeId
> ec2 DescribeVolumes {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]},{"Name":"volume-type","Values":["gp3"]}]}
= Volumes#: 1
= Volumes[0].VolumeId: $c
> ec2 DescribeVolumes {"Filters":[{"Name":"size","Values":["1","3"]}]}
= Volumes#: 2
> ec2 DescribeVolumes {"Filters":[{"Name":"status","Values":["creating"]}]}
= Volumes#: 2
> ec2 DescribeVolumes {"Filters":[{"Name":"encrypted","Values":["true"]}]}
= Volumes[0].VolumeId: $b
> ec2 DescribeVolumes {"Filters":[{"Name":"create-time","Values":["2025-03-03T09:00:00.000Z"]}]}
= Volumes#: 1
= Volumes[0].VolumeId: $a
> ec2 DescribeVolumes {"Filters":[{"Name":"volume-id","Values":["$c","vol-0*"]}]}
= Volumes#: 3
> ec2 DescribeVolumes {"Filters":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue: The filter 'colour' is invalid
# Answers are in the order of making, whatever the order of asking.
> ec2 DescribeVolumes {"VolumeIds":["$c","$a","$c"]}
= Volumes#: 2
= Volumes[0].VolumeId: $a
= Volumes[1].VolumeId: $c
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":4}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":5}
> ec2 CreateVolume {"AvailabilityZone":"us-east-1a","Size":6}
> ec2 DescribeVolumes {"MaxResults":5}
= Volumes#: 5
save next = NextToken
> ec2 DescribeVolumes {"MaxResults":5,"NextToken":"$next"}
= Volumes#: 1
= Volumes[0].Size: 6
= NextToken: -
> ec2 DescribeVolumes {"MaxResults":4}
! InvalidParameterValue: maxResults
> ec2 DescribeVolumes {"MaxResults":5,"VolumeIds":["$a"]}
! InvalidParameterCombination: volumeIds
> ec2 DescribeVolumes {"NextToken":"nonsense"}
! InvalidParameterValue: NextToken
