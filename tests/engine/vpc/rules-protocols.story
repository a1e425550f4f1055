# Protocols by name or number; types and codes for ICMP; all ports for protocols without any:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"icmp","FromPort":8,"ToPort":-1,"CidrIp":"0.0.0.0/0"}
= SecurityGroupRules[0].IpProtocol: icmp
= SecurityGroupRules[0].FromPort: 8
= SecurityGroupRules[0].ToPort: -1
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"58","Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]}
= SecurityGroupRules[0].IpProtocol: icmpv6
= SecurityGroupRules[0].FromPort: -1
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"50","FromPort":1,"ToPort":2,"CidrIp":"0.0.0.0/0"}
= SecurityGroupRules[0].IpProtocol: 50
= SecurityGroupRules[0].FromPort: -1
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"TCP","FromPort":0,"ToPort":65535,"CidrIp":"0.0.0.0/0"}
= SecurityGroupRules[0].IpProtocol: tcp
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"1","FromPort":8,"ToPort":-1,"CidrIp":"0.0.0.0/0"}
! InvalidPermission.Duplicate
> ec2 DescribeSecurityGroups {"GroupIds":["$sg"]}
= SecurityGroups[0].IpPermissions#: 4
= SecurityGroups[0].IpPermissions[2].IpProtocol: 50
= SecurityGroups[0].IpPermissions[2].FromPort: -
