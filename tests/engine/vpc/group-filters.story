# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web servers"}
save web = GroupId
> ec2 CreateSecurityGroup {"GroupName":"db","Description":"databases"}
save db = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$web","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$db","IpPermissions":[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"UserIdGroupPairs":[{"GroupId":"$web"}]}]}
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"ip-permission.cidr","Values":["0.0.0.0/0"]}]}
= SecurityGroups#: 1
= SecurityGroups[0].GroupName: web
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"egress.ip-permission.cidr","Values":["0.0.0.0/0"]}]}
= SecurityGroups#: 3
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"ip-permission.group-name","Values":["web"]}]}
= SecurityGroups#: 1
= SecurityGroups[0].GroupName: db
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"ip-permission.from-port","Values":["5432"]},{"Name":"ip-permission.protocol","Values":["tcp"]}]}
= SecurityGroups[0].GroupId: $db
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"group-name","Values":["d*"]}]}
= SecurityGroups#: 2
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"description","Values":["databases"]}],"MaxResults":5}
= SecurityGroups#: 1
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"name","Values":["web"]}]}
! InvalidParameterValue: The filter 'name' is invalid
