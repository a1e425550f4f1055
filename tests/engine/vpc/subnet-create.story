# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1c","TagSpecifications":[{"ResourceType":"subnet","Tags":[{"Key":"Name","Value":"public"}]}]}
= Subnet.State: available
= Subnet.CidrBlock: 10.0.1.0/24
= Subnet.AvailabilityZone: us-east-1c
= Subnet.AvailabilityZoneId: use1-az3
# A subnet that is no default gives out no public addresses; five addresses are AWS's.
= Subnet.MapPublicIpOnLaunch: false
= Subnet.DefaultForAz: false
= Subnet.AvailableIpAddressCount: 251
= Subnet.VpcId: $vpc
= Subnet.Tags: [{"Key":"Name","Value":"public"}]
save subnet = Subnet.SubnetId
# It has the VPC's default ACL, and its main route table without an association of its own.
> ec2 DescribeNetworkAcls {"Filters":[{"Name":"association.subnet-id","Values":["$subnet"]}]}
= NetworkAcls[0].IsDefault: true
= NetworkAcls[0].VpcId: $vpc
> ec2 DescribeRouteTables {"Filters":[{"Name":"association.subnet-id","Values":["$subnet"]}]}
= RouteTables#: 0
# By zone id; host bits cleared; the smallest subnet has 11 addresses.
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.2.9/28","AvailabilityZoneId":"use1-az2"}
= Subnet.CidrBlock: 10.0.2.0/28
= Subnet.AvailabilityZone: us-east-1b
= Subnet.AvailableIpAddressCount: 11
# A subnet may be as large as its VPC.
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/24"}
save small = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$small","CidrBlock":"10.1.0.0/24"}
= Subnet.AvailableIpAddressCount: 251
