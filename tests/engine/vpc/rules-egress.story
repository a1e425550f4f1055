# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupEgress.html
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 RevokeSecurityGroupEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
= Return: true
= RevokedSecurityGroupRules#: 1
= RevokedSecurityGroupRules[0].IsEgress: true
= RevokedSecurityGroupRules[0].CidrIpv4: 0.0.0.0/0
> ec2 AuthorizeSecurityGroupEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
= SecurityGroupRules[0].IsEgress: true
# The same rule may stand on both sides.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
> ec2 AuthorizeSecurityGroupEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
! InvalidPermission.Duplicate
> ec2 DescribeSecurityGroups {"GroupIds":["$sg"]}
= SecurityGroups[0].IpPermissions#: 1
= SecurityGroups[0].IpPermissionsEgress#: 1
= SecurityGroups[0].IpPermissionsEgress[0].FromPort: 443
