# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultSubnet.html
> ec2 CreateDefaultSubnet {"AvailabilityZone":"us-east-1b"}
! DefaultSubnetAlreadyExistsInAvailabilityZone: is already the default subnet in us-east-1b
> ec2 CreateDefaultSubnet {}
! MissingParameter
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
= Subnets#: 1
save old = Subnets[0].SubnetId
> ec2 DeleteSubnet {"SubnetId":"$old"}
> ec2 CreateDefaultSubnet {"AvailabilityZone":"us-east-1b"}
= Subnet.DefaultForAz: true
= Subnet.MapPublicIpOnLaunch: true
= Subnet.CidrBlock: 172.31.16.0/20
> ec2 CreateDefaultSubnet {"AvailabilityZone":"us-east-1z"}
! InvalidParameterValue: Subnets can currently only be created in the following availability zones
