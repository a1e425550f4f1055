# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16","TagSpecifications":[{"ResourceType":"vpc","Tags":[{"Key":"Name","Value":"one"},{"Key":"env","Value":"test"}]}]}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.2.0.0/16","TagSpecifications":[{"ResourceType":"vpc","Tags":[{"Key":"Name","Value":"two"},{"Key":"env","Value":"live"}]}]}
save two = Vpc.VpcId
> ec2 DescribeVpcs {"Filters":[{"Name":"is-default","Values":["true"]}]}
= Vpcs#: 1
> ec2 DescribeVpcs {"Filters":[{"Name":"cidr","Values":["10.*"]}]}
= Vpcs#: 2
= Vpcs[0].VpcId: $one
> ec2 DescribeVpcs {"Filters":[{"Name":"tag:env","Values":["live","stage"]}]}
= Vpcs#: 1
= Vpcs[0].VpcId: $two
> ec2 DescribeVpcs {"Filters":[{"Name":"tag-key","Values":["env"]},{"Name":"tag:Name","Values":["on?"]}]}
= Vpcs#: 1
= Vpcs[0].VpcId: $one
> ec2 DescribeVpcs {"Filters":[{"Name":"cidr-block-association.cidr-block","Values":["10.2.0.0/16"]}]}
= Vpcs[0].VpcId: $two
> ec2 DescribeVpcs {"Filters":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue: The filter 'colour' is invalid
> ec2 DescribeVpcs {"VpcIds":["$two","$one"]}
= Vpcs#: 2
= Vpcs[0].VpcId: $one
> ec2 DescribeVpcs {"VpcIds":["$two","vpc-00000000000000000"]}
! InvalidVpcID.NotFound
> ec2 CreateVpc {"CidrBlock":"10.3.0.0/16"}
> ec2 CreateVpc {"CidrBlock":"10.4.0.0/16"}
# MaxResults is 5 to 1,000.
> ec2 DescribeVpcs {"MaxResults":5}
= Vpcs#: 5
= NextToken: -
> ec2 DescribeVpcs {"MaxResults":4}
! InvalidParameterValue

== who deletes a page before asking for the next one misses nothing
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html: a token leads to the next rows, whatever has
# become of those before.
> ec2 CreateSecurityGroup {"GroupName":"g1","Description":"d"}
save g1 = GroupId
> ec2 CreateSecurityGroup {"GroupName":"g2","Description":"d"}
save g2 = GroupId
> ec2 CreateSecurityGroup {"GroupName":"g3","Description":"d"}
save g3 = GroupId
> ec2 CreateSecurityGroup {"GroupName":"g4","Description":"d"}
save g4 = GroupId
> ec2 CreateSecurityGroup {"GroupName":"g5","Description":"d"}
> ec2 CreateSecurityGroup {"GroupName":"g6","Description":"d"}
> ec2 CreateSecurityGroup {"GroupName":"g7","Description":"d"}
> ec2 DescribeSecurityGroups {"MaxResults":5}
= SecurityGroups#: 5
= SecurityGroups[4].GroupName: g4
save token = NextToken
> ec2 DeleteSecurityGroup {"GroupId":"$g1"}
> ec2 DeleteSecurityGroup {"GroupId":"$g2"}
> ec2 DeleteSecurityGroup {"GroupId":"$g3"}
> ec2 DeleteSecurityGroup {"GroupId":"$g4"}
> ec2 DescribeSecurityGroups {"MaxResults":5,"NextToken":"$token"}
= SecurityGroups#: 3
= SecurityGroups[0].GroupName: g5
= NextToken: -
# The same where the next one has gone as well.
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"group-name","Values":["g6","g7"]}],"MaxResults":5,"NextToken":"$token"}
= SecurityGroups#: 2
= SecurityGroups[0].GroupName: g6
# A token of another list leads nowhere.
> ec2 DescribeVpcs {"MaxResults":5,"NextToken":"$token"}
! InvalidParameterValue: token
