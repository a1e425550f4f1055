# Five groups an interface: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateSecurityGroup {"GroupName":"a","Description":"a"}
save a = GroupId
> ec2 CreateSecurityGroup {"GroupName":"b","Description":"b"}
save b = GroupId
> ec2 CreateSecurityGroup {"GroupName":"c","Description":"c"}
save c = GroupId
> ec2 CreateSecurityGroup {"GroupName":"d","Description":"d"}
save d = GroupId
> ec2 CreateSecurityGroup {"GroupName":"e","Description":"e"}
save e = GroupId
> ec2 CreateSecurityGroup {"GroupName":"f","Description":"f"}
save f = GroupId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Groups":["$a","$b","$c","$d","$e"]}
= NetworkInterface.Groups#: 5
save eni = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Groups":["$a","$b","$c","$d","$e","$f"]}
! SecurityGroupsPerInterfaceLimitExceeded
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Groups":["$a","$b","$c","$d","$e","$f"]}
! SecurityGroupsPerInterfaceLimitExceeded
# A group named twice counts once.
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Groups":["$f","$f"]}
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attribute":"groupSet"}
= Groups#: 1
= Groups[0].GroupName: f
