# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html#ec2-classic-security-groups

== inbound rules only, by name
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 DescribeSecurityGroups {}
= SecurityGroups#: 1
= SecurityGroups[0].GroupName: default
= SecurityGroups[0].VpcId: -
= SecurityGroups[0].IpPermissionsEgress#: 0
= SecurityGroups[0].IpPermissions#: 3
save default = SecurityGroups[0].GroupId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web servers"}
save web = GroupId
> ec2 DescribeSecurityGroups {"GroupNames":["web"]}
= SecurityGroups[0].GroupId: $web
= SecurityGroups[0].VpcId: -
= SecurityGroups[0].IpPermissions#: 0
= SecurityGroups[0].IpPermissionsEgress#: 0
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"again"}
! InvalidGroup.Duplicate: The security group 'web' already exists
> ec2 CreateSecurityGroup {"GroupName":"default","Description":"again"}
! InvalidGroup.Reserved: The security group 'default' is reserved
> ec2 DeleteSecurityGroup {"GroupName":"default"}
! InvalidGroup.Reserved
> ec2 DescribeSecurityGroups {"GroupNames":["nobody"]}
! InvalidGroup.NotFound: The security group 'nobody' does not exist
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","SourceSecurityGroupName":"default"}
= SecurityGroupRules#: 3
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","IpProtocol":"-1","CidrIp":"10.0.0.0/8"}
! InvalidPermission.Malformed: Unsupported IP protocol "-1"  - supported: [tcp, udp, icmp]
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]}
! InvalidPermission.Malformed
> ec2 AuthorizeSecurityGroupEgress {"GroupId":"$web","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
! InvalidParameterValue
> ec2 RevokeSecurityGroupEgress {"GroupId":"$web","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
! InvalidParameterValue
> ec2 RevokeSecurityGroupIngress {"GroupName":"web","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}

== groups of another account
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateSecurityGroup {"GroupName":"db","Description":"databases"}
save db = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"UserId":"111122223333","GroupName":"partner"}]}]}
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"UserIdGroupPairs":[{"UserId":"amazon-elb","GroupName":"amazon-elb-sg"}]}]}
> ec2 DescribeSecurityGroups {"GroupNames":["db"]}
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].UserId: 111122223333
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].GroupName: partner
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].GroupId: sg-*
= SecurityGroups[0].IpPermissions[1].UserIdGroupPairs[0].UserId: amazon-elb
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"ip-permission.user-id","Values":["111122223333"]}]}
= SecurityGroups#: 1
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"UserId":"111122223333","GroupName":"partner"}]}]}
! InvalidPermission.Duplicate
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"UserIdGroupPairs":[{"UserId":"nobody","GroupName":"partner"}]}]}
! InvalidUserID.Malformed
> ec2 RevokeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"UserId":"111122223333","GroupName":"partner"}]}]}
> ec2 DescribeSecurityGroups {"GroupNames":["db"]}
= SecurityGroups[0].IpPermissions#: 1
# An id is of the account that it was seen with first, and an own group's of none other.
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"UserIdGroupPairs":[{"UserId":"111122223333","GroupId":"sg-00000000000000abc"}]}]}
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":23,"ToPort":23,"UserIdGroupPairs":[{"UserId":"444455556666","GroupId":"sg-00000000000000abc"}]}]}
! InvalidGroup.NotFound
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":23,"ToPort":23,"UserIdGroupPairs":[{"UserId":"444455556666","GroupId":"$db"}]}]}
! InvalidGroup.NotFound
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"ip-permission.user-id","Values":["444455556666"]}]}
= SecurityGroups#: 0
> ec2 RevokeSecurityGroupIngress {"GroupName":"db","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"UserIdGroupPairs":[{"UserId":"111122223333","GroupId":"sg-00000000000000abc"}]}]}
# A VPC's groups cannot do that.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 AssociateSecurityGroupVpc {"GroupId":"$db","VpcId":"$vpc"}
! InvalidParameterValue: is for EC2-Classic
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"db","Description":"the same name is free in a VPC"}
save other = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$other","IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"UserId":"111122223333","GroupName":"partner"}]}]}
! InvalidGroup.NotFound
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$other","IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"GroupId":"$db"}]}]}
! InvalidGroup.NotFound

== chosen at launch, and kept until termination
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web servers"}
save web = GroupId
> ec2 CreateSecurityGroup {"GroupName":"ssh","Description":"logins"}
save ssh = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupName":"web","SourceSecurityGroupName":"ssh"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","SecurityGroups":["ssh"],"SecurityGroupIds":["$web"]}
save id = Instances[0].InstanceId
= Instances[0].SecurityGroups#: 2
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","SecurityGroups":["nobody"]}
! InvalidGroup.NotFound: The security group 'nobody' does not exist
advance 60
> ec2 ModifyInstanceAttribute {"InstanceId":"$id","Groups":["$web"]}
! UnsupportedOperation
> ec2 DescribeInstanceAttribute {"InstanceId":"$id","Attribute":"groupSet"}
= Groups#: 2
> ec2 DeleteSecurityGroup {"GroupName":"web"}
! InvalidGroup.InUse: There are active instances using security group 'web'
> stratus SetEc2Classic {"Enabled":false}
! DependencyViolation
> ec2 TerminateInstances {"InstanceIds":["$id"]}
advance 60
# A rule of another group still names it.
> ec2 DeleteSecurityGroup {"GroupName":"ssh"}
! InvalidGroup.InUse
> ec2 DeleteSecurityGroup {"GroupName":"web"}
> ec2 DeleteSecurityGroup {"GroupName":"ssh"}
