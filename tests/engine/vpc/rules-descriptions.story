# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UpdateSecurityGroupRuleDescriptionsIngress.html
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"old"}]}]}
save rule = SecurityGroupRules[0].SecurityGroupRuleId
> ec2 UpdateSecurityGroupRuleDescriptionsIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"new"}]}]}
= Return: true
> ec2 DescribeSecurityGroups {"GroupIds":["$sg"]}
= SecurityGroups[0].IpPermissions[0].IpRanges[0].Description: new
> ec2 UpdateSecurityGroupRuleDescriptionsIngress {"GroupId":"$sg","SecurityGroupRuleDescriptions":[{"SecurityGroupRuleId":"$rule","Description":"newest"}]}
> ec2 DescribeSecurityGroupRules {"SecurityGroupRuleIds":["$rule"]}
= SecurityGroupRules[0].Description: newest
# Without a description the old one goes.
> ec2 UpdateSecurityGroupRuleDescriptionsIngress {"GroupId":"$sg","SecurityGroupRuleDescriptions":[{"SecurityGroupRuleId":"$rule"}]}
> ec2 DescribeSecurityGroupRules {"SecurityGroupRuleIds":["$rule"]}
= SecurityGroupRules[0].Description: -
> ec2 UpdateSecurityGroupRuleDescriptionsIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":23,"ToPort":23,"IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"new"}]}]}
! InvalidPermission.NotFound
> ec2 UpdateSecurityGroupRuleDescriptionsEgress {"GroupId":"$sg","SecurityGroupRuleDescriptions":[{"SecurityGroupRuleId":"$rule","Description":"x"}]}
! InvalidSecurityGroupRuleId.NotFound
> ec2 UpdateSecurityGroupRuleDescriptionsEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"all out"}]}]}
> ec2 DescribeSecurityGroups {"GroupIds":["$sg"]}
= SecurityGroups[0].IpPermissionsEgress[0].IpRanges[0].Description: all out
> ec2 UpdateSecurityGroupRuleDescriptionsIngress {"GroupId":"$sg"}
! MissingParameter
