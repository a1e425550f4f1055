# https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateSecurityGroup {"VpcId":"$one","GroupName":"web","Description":"web servers"}
save web = GroupId
> ec2 CreateSecurityGroup {"VpcId":"$two","GroupName":"db","Description":"databases"}
save db = GroupId
# Without an active connection the two belong to different networks.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$db","IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"GroupId":"$web"}]}]}
! InvalidGroup.NotFound
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$two"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
advance 15
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$db","IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"UserId":"123456789012","GroupId":"$web","VpcPeeringConnectionId":"$pcx","Description":"from the web"}]}]}
= SecurityGroupRules[0].ReferencedGroupInfo: {"GroupId":"$web","PeeringStatus":"active","UserId":"123456789012","VpcId":"$one","VpcPeeringConnectionId":"$pcx"}
> ec2 DescribeSecurityGroups {"GroupIds":["$db"]}
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].VpcPeeringConnectionId: $pcx
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].Description: from the web
> ec2 DescribeSecurityGroupReferences {"GroupId":["$web"]}
= SecurityGroupReferenceSet: [{"GroupId":"$web","ReferencingVpcId":"$two","VpcPeeringConnectionId":"$pcx"}]
> ec2 DescribeStaleSecurityGroups {"VpcId":"$two"}
= StaleSecurityGroupSet#: 0
> ec2 DeleteVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
> ec2 DescribeStaleSecurityGroups {"VpcId":"$two"}
= StaleSecurityGroupSet[0].GroupId: $db
= StaleSecurityGroupSet[0].StaleIpPermissions[0].UserIdGroupPairs[0].PeeringStatus: deleted
= StaleSecurityGroupSet[0].StaleIpPermissions[0].FromPort: 3306
= StaleSecurityGroupSet[0].StaleIpPermissionsEgress#: 0
# The group may go though a rule across the connection names it.
> ec2 DeleteSecurityGroup {"GroupId":"$web"}
> ec2 RevokeSecurityGroupIngress {"GroupId":"$db","IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"GroupId":"$web"}]}]}
= RevokedSecurityGroupRules[0].ReferencedGroupId: $web
> ec2 DescribeStaleSecurityGroups {"VpcId":"$two"}
= StaleSecurityGroupSet#: 0
