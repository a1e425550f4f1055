> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"10.0.0.0/8"}
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"10.0.0.0/8"}
! InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/8, TCP, from port: 22, to port: 22, ALLOW" already exists
# The same after clearing host bits.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"10.1.2.3/8"}
! InvalidPermission.Duplicate
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"udp","FromPort":53,"ToPort":53,"IpRanges":[{"CidrIp":"10.0.0.0/8"},{"CidrIp":"10.0.0.0/8"}]}]}
! InvalidParameterValue: The same permission must not appear multiple times
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"10.0.0.1"}
! InvalidParameterValue: CIDR block 10.0.0.1 is malformed
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{"CidrIp":"::/0"}]}]}
! InvalidParameterValue: CIDR block ::/0 is malformed
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":80,"CidrIp":"0.0.0.0/0"}
! InvalidParameterValue: Must specify both from and to ports with TCP/UDP.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":90,"ToPort":80,"CidrIp":"0.0.0.0/0"}
! InvalidParameterValue: Invalid TCP/UDP port range (90:80)
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":0,"ToPort":65536,"CidrIp":"0.0.0.0/0"}
! InvalidParameterValue
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"all","CidrIp":"0.0.0.0/0"}
! InvalidParameterValue: Invalid value 'all' for IP protocol. Unknown protocol.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"icmp","CidrIp":"0.0.0.0/0"}
! InvalidParameterValue: Must specify both from and to ports with ICMP.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"icmp","FromPort":-1,"ToPort":3,"CidrIp":"0.0.0.0/0"}
! InvalidParameterValue
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80}]}
! InvalidPermission.Malformed
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg"}
! MissingParameter: ipPermissions
> ec2 AuthorizeSecurityGroupIngress {"IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
! MissingParameter: groupName or groupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"sg-00000000000000000","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
! InvalidGroup.NotFound
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"UserIdGroupPairs":[{"GroupId":"sg-00000000000000000"}]}]}
! InvalidGroup.NotFound
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"PrefixListIds":[{"PrefixListId":"pl-00000000000000000"}]}]}
! InvalidPrefixListID.NotFound
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"<all>"}]}]}
! InvalidParameterValue: Invalid rule description.
# Nothing of a refused call stays.
> ec2 DescribeSecurityGroups {"GroupIds":["$sg"]}
= SecurityGroups[0].IpPermissions#: 1
