> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","TagSpecifications":[{"ResourceType":"security-group-rule","Tags":[{"Key":"why","Value":"ssh"}]}],"IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]}
= SecurityGroupRules[0].Tags: [{"Key":"why","Value":"ssh"}]
save rule = SecurityGroupRules[0].SecurityGroupRuleId
> ec2 DescribeSecurityGroupRules {"Filters":[{"Name":"tag:why","Values":["ssh"]}]}
= SecurityGroupRules#: 1
> ec2 DescribeSecurityGroupRules {"SecurityGroupRuleIds":["$rule"]}
= SecurityGroupRules[0].Tags[0].Value: ssh
# An ingress rule is no egress rule.
> ec2 RevokeSecurityGroupEgress {"GroupId":"$sg","SecurityGroupRuleIds":["$rule"]}
! InvalidSecurityGroupRuleId.NotFound
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","SecurityGroupRuleIds":["$rule"],"IpProtocol":"-1","CidrIp":"0.0.0.0/0"}
! InvalidParameterCombination
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","SecurityGroupRuleIds":["$rule"]}
= RevokedSecurityGroupRules[0].SecurityGroupRuleId: $rule
# Its tags went with it.
> ec2 DescribeTags {"Filters":[{"Name":"resource-id","Values":["$rule"]}]}
= Tags#: 0
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","SecurityGroupRuleIds":["$rule"]}
! InvalidSecurityGroupRuleId.NotFound: The security group rule ID '$rule' does not exist
> ec2 DescribeSecurityGroupRules {"SecurityGroupRuleIds":["$rule"]}
! InvalidSecurityGroupRuleId.NotFound
> ec2 DescribeSecurityGroupRules {"SecurityGroupRuleIds":["rule"]}
! InvalidSecurityGroupRuleId.Malformed
