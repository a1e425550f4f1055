# The default ACL lets everything through, both ways, then denies (facts/network.md, "Network ACLs").
> ec2 DescribeNetworkAcls {}
= NetworkAcls#: 1
= NetworkAcls[0].IsDefault: true
= NetworkAcls[0].Associations#: 6
= NetworkAcls[0].Entries#: 4
= NetworkAcls[0].Entries[0]: {"CidrBlock":"0.0.0.0/0","Egress":true,"Protocol":"-1","RuleAction":"allow","RuleNumber":100}
= NetworkAcls[0].Entries[1]: {"CidrBlock":"0.0.0.0/0","Egress":true,"Protocol":"-1","RuleAction":"deny","RuleNumber":32767}
= NetworkAcls[0].Entries[2]: {"CidrBlock":"0.0.0.0/0","Egress":false,"Protocol":"-1","RuleAction":"allow","RuleNumber":100}
= NetworkAcls[0].Entries[3]: {"CidrBlock":"0.0.0.0/0","Egress":false,"Protocol":"-1","RuleAction":"deny","RuleNumber":32767}
# The default group allows all from itself and all out.
> ec2 DescribeSecurityGroups {}
= SecurityGroups#: 1
= SecurityGroups[0].GroupName: default
= SecurityGroups[0].Description: default VPC security group
save sg = SecurityGroups[0].GroupId
= SecurityGroups[0].IpPermissions#: 1
= SecurityGroups[0].IpPermissions[0].IpProtocol: -1
= SecurityGroups[0].IpPermissions[0].FromPort: -
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].GroupId: $sg
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].UserId: 123456789012
= SecurityGroups[0].IpPermissionsEgress#: 1
= SecurityGroups[0].IpPermissionsEgress[0].IpRanges[0].CidrIp: 0.0.0.0/0
