# Sixty rules a direction and address family; a prefix list counts as many as it can hold:
# https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
> ec2 CreateManagedPrefixList {"PrefixListName":"partners","MaxEntries":59,"AddressFamily":"IPv4"}
save pl = PrefixList.PrefixListId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"PrefixListIds":[{"PrefixListId":"$pl","Description":"partners"}]}]}
= SecurityGroupRules[0].PrefixListId: $pl
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":443,"ToPort":443,"CidrIp":"0.0.0.0/0"}
! RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.
# IPv6 and the other direction have room of their own.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]}
> ec2 AuthorizeSecurityGroupEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"10.0.0.0/8"}]}]}
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"ip-permission.prefix-list-id","Values":["$pl"]}]}
= SecurityGroups[0].IpPermissions[0].PrefixListIds: [{"Description":"partners","PrefixListId":"$pl"}]
> ec2 DeleteManagedPrefixList {"PrefixListId":"$pl"}
! DependencyViolation
