# In a VPC of one's own, a rule that is not there is an error, and nothing is revoked; in the default VPC it is listed as unknown:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSecurityGroup {"GroupName":"own","Description":"own","VpcId":"$vpc"}
save own = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$own","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
> ec2 RevokeSecurityGroupIngress {"GroupId":"$own","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]},{"IpProtocol":"tcp","FromPort":23,"ToPort":23,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
! InvalidPermission.NotFound: The specified rule does not exist in this security group.
> ec2 DescribeSecurityGroups {"GroupIds":["$own"]}
= SecurityGroups[0].IpPermissions#: 1
> ec2 RevokeSecurityGroupIngress {"GroupId":"$own","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
= RevokedSecurityGroupRules#: 1
= UnknownIpPermissions: -
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
= Return: true
= RevokedSecurityGroupRules#: 0
= UnknownIpPermissions#: 1
= UnknownIpPermissions[0].FromPort: 22
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg"}
! MissingParameter
