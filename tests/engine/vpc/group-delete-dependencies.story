# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
> ec2 DescribeSecurityGroups {}
save default = SecurityGroups[0].GroupId
> ec2 DeleteSecurityGroup {"GroupId":"$default"}
! CannotDelete: the specified group: "$default" name: "default" cannot be deleted by a user
> ec2 CreateSecurityGroup {"GroupName":"lb","Description":"lb"}
save lb = GroupId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web"}
save web = GroupId
# Another group's rule names it.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$web","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"UserIdGroupPairs":[{"GroupId":"$lb"}]}]}
> ec2 DeleteSecurityGroup {"GroupId":"$lb"}
! DependencyViolation: resource $lb has a dependent object
> ec2 RevokeSecurityGroupIngress {"GroupId":"$web","IpPermissions":[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"UserIdGroupPairs":[{"GroupId":"$lb"}]}]}
> ec2 DeleteSecurityGroup {"GroupId":"$lb"}
# A rule of its own that names it is no obstacle; an interface that has it is.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$web","IpPermissions":[{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"$web"}]}]}
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Groups":["$web"]}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 DeleteSecurityGroup {"GroupId":"$web"}
! DependencyViolation: resource $web has a dependent object
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Groups":["$default"]}
> ec2 DeleteSecurityGroup {"GroupId":"$web"}
