# CreateDefaultVpc after the default one was deleted:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultVpc.html
> ec2 CreateDefaultVpc {}
! DefaultVpcAlreadyExists
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeSubnets {}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
save c = Subnets[2].SubnetId
save d = Subnets[3].SubnetId
save e = Subnets[4].SubnetId
save f = Subnets[5].SubnetId
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation: The vpc '$vpc' has dependencies and cannot be deleted.
> ec2 DeleteSubnet {"SubnetId":"$a"}
> ec2 DeleteSubnet {"SubnetId":"$b"}
> ec2 DeleteSubnet {"SubnetId":"$c"}
> ec2 DeleteSubnet {"SubnetId":"$d"}
> ec2 DeleteSubnet {"SubnetId":"$e"}
> ec2 DeleteSubnet {"SubnetId":"$f"}
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 DeleteInternetGateway {"InternetGatewayId":"$igw"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
> ec2 DescribeVpcs {}
= Vpcs#: 0
> ec2 DescribeSecurityGroups {}
= SecurityGroups#: 0
> ec2 DescribeRouteTables {}
= RouteTables#: 0
> ec2 DescribeNetworkAcls {}
= NetworkAcls#: 0
# Without a default VPC a group needs to be told its VPC.
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
! VPCIdNotSpecified: No default VPC for this user
> ec2 CreateDefaultSubnet {"AvailabilityZone":"us-east-1a"}
! DefaultVpcDoesNotExist
> ec2 CreateDefaultVpc {}
= Vpc.CidrBlock: 172.31.0.0/16
= Vpc.IsDefault: true
= Vpc.State: pending
> ec2 DescribeSubnets {"Filters":[{"Name":"default-for-az","Values":["true"]}]}
= Subnets#: 6
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.destination-cidr-block","Values":["0.0.0.0/0"]}]}
= RouteTables#: 1
