# Default VPCs are the same whatever the order in which Regions are used (design: "Catalogue").
region eu-west-1
> ec2 DescribeVpcs {}
save first = Vpcs[0].VpcId
> ec2 DescribeSubnets {}
= Subnets#: 3
= Subnets[2].AvailabilityZone: eu-west-1c
region us-west-2
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save own = Vpc.VpcId
region eu-west-1
> ec2 DescribeVpcs {}
= Vpcs[0].VpcId: $first
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
> ec2 DescribeVpcs {}
= Vpcs#: 2
= Vpcs[0].VpcId: $first
= Vpcs[1].IsDefault: false
# What is in one Region is not in another.
> ec2 DescribeVpcs {"VpcIds":["$own"]}
! InvalidVpcID.NotFound: The vpc ID '$own' does not exist
