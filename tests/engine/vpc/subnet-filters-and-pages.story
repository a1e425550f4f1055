# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone-id","Values":["use1-az4"]}]}
= Subnets#: 1
= Subnets[0].AvailabilityZone: us-east-1d
> ec2 DescribeSubnets {"Filters":[{"Name":"cidr-block","Values":["172.31.16.0/20","172.31.32.0/20"]}]}
= Subnets#: 2
> ec2 DescribeSubnets {"Filters":[{"Name":"cidrBlock","Values":["172.31.16.0/20"]},{"Name":"availabilityZone","Values":["us-east-1a"]}]}
= Subnets#: 0
> ec2 DescribeSubnets {"Filters":[{"Name":"map-public-ip-on-launch","Values":["false"]}]}
= Subnets#: 0
> ec2 DescribeSubnets {"Filters":[{"Name":"available-ip-address-count","Values":["4091"]}]}
= Subnets#: 6
> ec2 DescribeSubnets {"Filters":[{"Name":"tag:Name","Values":["x"]}]}
= Subnets#: 0
> ec2 DescribeSubnets {"MaxResults":5}
= Subnets#: 5
save token = NextToken
> ec2 DescribeSubnets {"MaxResults":5,"NextToken":"$token"}
= Subnets#: 1
= Subnets[0].AvailabilityZone: us-east-1f
= NextToken: -
> ec2 DescribeSubnets {"NextToken":"nonsense"}
! InvalidParameterValue: NextToken
> ec2 DescribeSubnets {"Filters":[{"Name":"vpc","Values":["x"]}]}
! InvalidParameterValue: The filter 'vpc' is invalid
