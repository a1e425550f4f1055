# What there is before anybody makes anything: Regions, zones, who one is.

== Regions
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
> ec2 DescribeRegions {"RegionNames":["us-east-1"]}
= Regions: [{"RegionName":"us-east-1","Endpoint":"ec2.us-east-1.amazonaws.com","OptInStatus":"opt-in-not-required"}]
> ec2 DescribeRegions {"Filters":[{"Name":"region-name","Values":["eu-*"]},{"Name":"opt-in-status","Values":["opt-in-not-required"]}]}
= Regions#: 5
= Regions[0].RegionName: eu-central-1
> ec2 DescribeRegions {"Filters":[{"Name":"endpoint","Values":["*ap-northeast-1*"]}]}
= Regions#: 1
# One that has to be opted in to (this account has, ours).
> ec2 DescribeRegions {"RegionNames":["af-south-1"]}
= Regions[0].OptInStatus: opted-in
> ec2 DescribeRegions {"RegionNames":["us-east-9"]}
! InvalidParameterValue: Invalid region name
> ec2 DescribeRegions {"Filters":[{"Name":"size","Values":["1"]}]}
! InvalidParameterValue: The filter 'size' is invalid

== zones, by name and by id
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
> ec2 DescribeAvailabilityZones {}
= AvailabilityZones#: 6
= AvailabilityZones[0].ZoneName: us-east-1a
= AvailabilityZones[0].ZoneId: use1-az*
= AvailabilityZones[0].State: available
= AvailabilityZones[0].RegionName: us-east-1
= AvailabilityZones[0].ZoneType: availability-zone
= AvailabilityZones[0].OptInStatus: opt-in-not-required
= AvailabilityZones[0].NetworkBorderGroup: us-east-1
save id = AvailabilityZones[0].ZoneId
> ec2 DescribeAvailabilityZones {"ZoneIds":["$id"]}
= AvailabilityZones#: 1
= AvailabilityZones[0].ZoneName: us-east-1a
> ec2 DescribeAvailabilityZones {"ZoneNames":["us-east-1c","us-east-1b"]}
= AvailabilityZones#: 2
= AvailabilityZones[0].ZoneName: us-east-1b
> ec2 DescribeAvailabilityZones {"Filters":[{"Name":"zone-name","Values":["*f"]},{"Name":"state","Values":["available"]}]}
= AvailabilityZones#: 1
> ec2 DescribeAvailabilityZones {"ZoneNames":["eu-west-1a"]}
! InvalidParameterValue: Invalid availability zone: [eu-west-1a]
region eu-west-1
> ec2 DescribeAvailabilityZones {}
= AvailabilityZones#: 3
= AvailabilityZones[0].ZoneId: euw1-az*

== the account's attributes
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAccountAttributes.html
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeAccountAttributes {"AttributeNames":["supported-platforms","default-vpc"]}
= AccountAttributes#: 2
= AccountAttributes[0].AttributeValues[0].AttributeValue: VPC
= AccountAttributes[1].AttributeValues[0].AttributeValue: $vpc

== who am I
# https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
> sts GetCallerIdentity {}
= Account: 123456789012
= Arn: arn:aws:iam::123456789012:user/*
= UserId: AIDA*

== a dry run says whether one may
> ec2 DescribeRegions {"DryRun":true}
! DryRunOperation: Request would have succeeded, but DryRun flag is set.
