# A rule may name a group of its own VPC only (there is no peering here).
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSecurityGroup {"GroupName":"there","Description":"there","VpcId":"$vpc"}
save there = GroupId
> ec2 CreateSecurityGroup {"GroupName":"here","Description":"here"}
save here = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$here","IpPermissions":[{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"$there"}]}]}
! InvalidGroup.NotFound: belong to different networks
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$here","IpPermissions":[{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"$here","UserId":"999999999999"}]}]}
! InvalidGroup.NotFound
