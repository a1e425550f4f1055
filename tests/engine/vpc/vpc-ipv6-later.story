# A block that comes later opens the default ACL and the groups' outgoing rules too, where nobody has changed them:
# https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html and default-security-group.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"open","Description":"as it was made"}
save open = GroupId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"narrow","Description":"changed"}
save narrow = GroupId
> ec2 AuthorizeSecurityGroupEgress {"GroupId":"$narrow","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]}
> ec2 DescribeNetworkAcls {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save acl = NetworkAcls[0].NetworkAclId
> ec2 CreateNetworkAclEntry {"NetworkAclId":"$acl","RuleNumber":50,"Protocol":"-1","RuleAction":"deny","Egress":false,"CidrBlock":"203.0.113.0/24"}
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","AmazonProvidedIpv6CidrBlock":true}
> ec2 DescribeSecurityGroups {"GroupIds":["$open"]}
= SecurityGroups[0].IpPermissionsEgress[0].Ipv6Ranges: [{"CidrIpv6":"::/0"}]
> ec2 DescribeSecurityGroups {"GroupIds":["$narrow"]}
= SecurityGroups[0].IpPermissionsEgress[0].Ipv6Ranges#: 0
# Outgoing entries were as made: 101 comes; incoming ones were changed: none.
> ec2 DescribeNetworkAcls {"NetworkAclIds":["$acl"]}
= NetworkAcls[0].Entries#: 8
= NetworkAcls[0].Entries[1]: {"Egress":true,"Ipv6CidrBlock":"::/0","Protocol":"-1","RuleAction":"allow","RuleNumber":101}
= NetworkAcls[0].Entries[4].RuleNumber: 50
= NetworkAcls[0].Entries[5].RuleNumber: 100
= NetworkAcls[0].Entries[6].RuleNumber: 32767
# A second block changes nothing more.
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","AmazonProvidedIpv6CidrBlock":true}
> ec2 DescribeSecurityGroups {"GroupIds":["$open"]}
= SecurityGroups[0].IpPermissionsEgress[0].Ipv6Ranges#: 1
