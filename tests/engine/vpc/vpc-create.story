# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","TagSpecifications":[{"ResourceType":"vpc","Tags":[{"Key":"Name","Value":"shop"}]}]}
= Vpc.State: pending
= Vpc.CidrBlock: 10.0.0.0/16
= Vpc.IsDefault: false
= Vpc.InstanceTenancy: default
= Vpc.Tags: [{"Key":"Name","Value":"shop"}]
save vpc = Vpc.VpcId
event created with 10.0.0.0/16
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
= Vpcs[0].State: available
# A VPC of one's own resolves names but gives no host names.
> ec2 DescribeVpcAttribute {"VpcId":"$vpc","Attribute":"enableDnsSupport"}
= EnableDnsSupport.Value: true
> ec2 DescribeVpcAttribute {"VpcId":"$vpc","Attribute":"enableDnsHostnames"}
= EnableDnsHostnames.Value: false
> ec2 DescribeVpcAttribute {"VpcId":"$vpc","Attribute":"enableNetworkAddressUsageMetrics"}
= EnableNetworkAddressUsageMetrics.Value: false
# It comes with a main route table that knows only local, a default ACL, a default group; no subnet, no gateway.
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= RouteTables#: 1
= RouteTables[0].Routes#: 1
= RouteTables[0].Routes[0].GatewayId: local
= RouteTables[0].Associations[0].Main: true
> ec2 DescribeNetworkAcls {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= NetworkAcls#: 1
= NetworkAcls[0].IsDefault: true
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= SecurityGroups#: 1
= SecurityGroups[0].GroupName: default
> ec2 DescribeSubnets {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= Subnets#: 0
# Host bits are cleared (canonical form).
> ec2 CreateVpc {"CidrBlock":"10.1.2.3/16","InstanceTenancy":"dedicated"}
= Vpc.CidrBlock: 10.1.0.0/16
= Vpc.InstanceTenancy: dedicated
undo
> ec2 DescribeVpcs {}
= Vpcs#: 2
