# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html: the id stays, the kind of source stays.
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]},{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
save ssh = SecurityGroupRules[0].SecurityGroupRuleId
save http = SecurityGroupRules[1].SecurityGroupRuleId
> ec2 ModifySecurityGroupRules {"GroupId":"$sg","SecurityGroupRules":[{"SecurityGroupRuleId":"$ssh","SecurityGroupRule":{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIpv4":"203.0.113.0/24","Description":"office"}}]}
= Return: true
> ec2 DescribeSecurityGroupRules {"SecurityGroupRuleIds":["$ssh"]}
= SecurityGroupRules[0].CidrIpv4: 203.0.113.0/24
= SecurityGroupRules[0].Description: office
> ec2 ModifySecurityGroupRules {"GroupId":"$sg","SecurityGroupRules":[{"SecurityGroupRuleId":"$ssh","SecurityGroupRule":{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIpv4":"0.0.0.0/0"}}]}
! InvalidPermission.Duplicate
> ec2 ModifySecurityGroupRules {"GroupId":"$sg","SecurityGroupRules":[{"SecurityGroupRuleId":"$ssh","SecurityGroupRule":{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIpv6":"::/0"}}]}
! InvalidParameterValue: cannot change from one kind of source
> ec2 ModifySecurityGroupRules {"GroupId":"$sg","SecurityGroupRules":[{"SecurityGroupRuleId":"$ssh","SecurityGroupRule":{"IpProtocol":"tcp","FromPort":22,"ToPort":22}}]}
! MissingParameter
> ec2 ModifySecurityGroupRules {"GroupId":"$sg","SecurityGroupRules":[{"SecurityGroupRuleId":"$ssh","SecurityGroupRule":{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIpv4":"0.0.0.0/0","CidrIpv6":"::/0"}}]}
! InvalidParameterCombination
> ec2 ModifySecurityGroupRules {"GroupId":"$sg","SecurityGroupRules":[{"SecurityGroupRuleId":"sgr-00000000000000000","SecurityGroupRule":{"IpProtocol":"-1","CidrIpv4":"0.0.0.0/0"}}]}
! InvalidSecurityGroupRuleId.NotFound
> ec2 ModifySecurityGroupRules {"GroupId":"$sg","SecurityGroupRules":[{"SecurityGroupRuleId":"$http"}]}
! MissingParameter
