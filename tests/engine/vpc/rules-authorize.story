# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"203.0.113.25/24","Description":"office"}]}]}
= Return: true
= SecurityGroupRules#: 1
= SecurityGroupRules[0].SecurityGroupRuleId: sgr-0*
= SecurityGroupRules[0].GroupId: $sg
= SecurityGroupRules[0].GroupOwnerId: 123456789012
= SecurityGroupRules[0].IsEgress: false
= SecurityGroupRules[0].IpProtocol: tcp
= SecurityGroupRules[0].FromPort: 22
= SecurityGroupRules[0].ToPort: 22
# Host bits are cleared (AWS's canonical form).
= SecurityGroupRules[0].CidrIpv4: 203.0.113.0/24
= SecurityGroupRules[0].Description: office
= SecurityGroupRules[0].SecurityGroupRuleArn: arn:aws:ec2:us-east-1:123456789012:security-group-rule/sgr-0*
event ingress rule added: peer: 203.0.113.0/24, TCP, from port: 22, to port: 22, ALLOW
# One permission with several sources makes a rule of each; Describe groups them again.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"198.51.100.0/24"}],"Ipv6Ranges":[{"CidrIpv6":"2001:db8::1/32"}],"UserIdGroupPairs":[{"GroupId":"$sg"}]},{"IpProtocol":"udp","FromPort":53,"ToPort":53,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
= SecurityGroupRules#: 4
= SecurityGroupRules[1].CidrIpv6: 2001:db8::/32
= SecurityGroupRules[2].ReferencedGroupInfo: {"GroupId":"$sg","UserId":"123456789012"}
> ec2 DescribeSecurityGroups {"GroupIds":["$sg"]}
= SecurityGroups[0].IpPermissions#: 2
= SecurityGroups[0].IpPermissions[0]: {"FromPort":22,"IpProtocol":"tcp","IpRanges":[{"CidrIp":"203.0.113.0/24","Description":"office"},{"CidrIp":"198.51.100.0/24"}],"Ipv6Ranges":[{"CidrIpv6":"2001:db8::/32"}],"PrefixListIds":[],"ToPort":22,"UserIdGroupPairs":[{"GroupId":"$sg","UserId":"123456789012"}]}
= SecurityGroups[0].IpPermissions[1].IpProtocol: udp
> ec2 DescribeSecurityGroupRules {"Filters":[{"Name":"group-id","Values":["$sg"]}]}
= SecurityGroupRules#: 6
