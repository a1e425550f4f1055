# Rules that name a group of another VPC behind a transit gateway.
# https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
== for what comes in, where the transit gateway and both attachments support it
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$one","CidrBlock":"10.0.1.0/24"}
save a = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$two","CidrBlock":"10.1.1.0/24"}
save b = Subnet.SubnetId
> ec2 CreateSecurityGroup {"VpcId":"$one","GroupName":"app","Description":"app"}
save app = GroupId
> ec2 CreateSecurityGroup {"VpcId":"$two","GroupName":"db","Description":"db"}
save db = GroupId
> ec2 CreateTransitGateway {}
save hub = TransitGateway.TransitGatewayId
= TransitGateway.Options.SecurityGroupReferencingSupport: disable
advance 300
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$hub","VpcId":"$one","SubnetIds":["$a"]}
= TransitGatewayVpcAttachment.Options.SecurityGroupReferencingSupport: enable
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$hub","VpcId":"$two","SubnetIds":["$b"]}
save second = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
advance 300
# Off by default at the transit gateway, on at attachments.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$db","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"UserIdGroupPairs":[{"GroupId":"$app"}]}]}
! InvalidGroup.NotFound
> ec2 ModifyTransitGateway {"TransitGatewayId":"$hub","Options":{"SecurityGroupReferencingSupport":"enable"}}
advance 300
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$db","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"UserIdGroupPairs":[{"GroupId":"$app"}]}]}
= SecurityGroupRules[0].ReferencedGroupInfo.GroupId: $app
= SecurityGroupRules[0].ReferencedGroupInfo.VpcId: $one
> ec2 AuthorizeSecurityGroupEgress {"GroupId":"$db","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"UserIdGroupPairs":[{"GroupId":"$app"}]}]}
! InvalidGroup.NotFound
> ec2 DescribeSecurityGroups {"GroupIds":["$db"]}
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].GroupId: $app
= SecurityGroups[0].IpPermissions[0].UserIdGroupPairs[0].VpcId: $one
> ec2 DescribeSecurityGroupReferences {"GroupId":["$app"]}
= SecurityGroupReferenceSet[0].ReferencingVpcId: $two
= SecurityGroupReferenceSet[0].TransitGatewayId: $hub
> ec2 DescribeStaleSecurityGroups {"VpcId":"$two"}
= StaleSecurityGroupSet#: 0
> ec2 DeleteTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$second"}
advance 300
> ec2 DescribeStaleSecurityGroups {"VpcId":"$two"}
= StaleSecurityGroupSet[0].GroupId: $db
# A rule whose link is gone can still be taken out.
> ec2 RevokeSecurityGroupIngress {"GroupId":"$db","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"UserIdGroupPairs":[{"GroupId":"$app"}]}]}
= Return: true
