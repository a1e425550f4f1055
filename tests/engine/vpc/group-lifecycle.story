# A new group lets nothing in and all out (facts/network.md):
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web servers","TagSpecifications":[{"ResourceType":"security-group","Tags":[{"Key":"team","Value":"shop"}]}]}
= GroupId: sg-0*
= SecurityGroupArn: arn:aws:ec2:us-east-1:123456789012:security-group/sg-0*
= Tags: [{"Key":"team","Value":"shop"}]
save sg = GroupId
> ec2 DescribeSecurityGroups {"GroupIds":["$sg"]}
= SecurityGroups[0].GroupName: web
= SecurityGroups[0].Description: web servers
= SecurityGroups[0].IpPermissions#: 0
= SecurityGroups[0].IpPermissionsEgress: [{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}],"Ipv6Ranges":[],"PrefixListIds":[],"UserIdGroupPairs":[]}]
> ec2 DescribeSecurityGroups {"GroupNames":["web"]}
= SecurityGroups[0].GroupId: $sg
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"again"}
! InvalidGroup.Duplicate: The security group 'web' already exists for VPC
# The same name in another VPC is fine; by name one reaches the default VPC only.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"other","VpcId":"$vpc"}
save other = GroupId
> ec2 DescribeSecurityGroups {"GroupNames":["web"]}
= SecurityGroups#: 1
= SecurityGroups[0].GroupId: $sg
> ec2 DeleteSecurityGroup {"GroupName":"web"}
= Return: true
= GroupId: $sg
> ec2 DescribeSecurityGroups {"GroupIds":["$sg"]}
! InvalidGroup.NotFound: The security group '$sg' does not exist
> ec2 DeleteSecurityGroup {"GroupId":"$sg"}
! InvalidGroup.NotFound
> ec2 DeleteSecurityGroup {"GroupId":"$other"}
