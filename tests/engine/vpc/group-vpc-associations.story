# https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$two","CidrBlock":"10.1.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web","VpcId":"$one"}
save group = GroupId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Groups":["$group"]}
! InvalidGroup.NotFound: belong to different networks
> ec2 AssociateSecurityGroupVpc {"GroupId":"$group","VpcId":"$one"}
! InvalidParameterValue
> ec2 AssociateSecurityGroupVpc {"GroupId":"$group","VpcId":"$two"}
= State: associating
> ec2 AssociateSecurityGroupVpc {"GroupId":"$group","VpcId":"$two"}
! Resource.AlreadyAssociated
> ec2 DescribeSecurityGroupVpcAssociations {"Filters":[{"Name":"group-id","Values":["$group"]}]}
= SecurityGroupVpcAssociations#: 1
= SecurityGroupVpcAssociations[0].VpcId: $two
= SecurityGroupVpcAssociations[0].State: associated
> ec2 GetSecurityGroupsForVpc {"VpcId":"$two"}
= SecurityGroupForVpcs#: 2
= SecurityGroupForVpcs[1].GroupId: $group
= SecurityGroupForVpcs[1].PrimaryVpcId: $one
> ec2 GetSecurityGroupsForVpc {"VpcId":"$two","Filters":[{"Name":"group-name","Values":["default"]}]}
= SecurityGroupForVpcs#: 1
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Groups":["$group"]}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 DisassociateSecurityGroupVpc {"GroupId":"$group","VpcId":"$two"}
! DependencyViolation
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 DisassociateSecurityGroupVpc {"GroupId":"$group","VpcId":"$two"}
= State: disassociating
> ec2 DisassociateSecurityGroupVpc {"GroupId":"$group","VpcId":"$two"}
! InvalidSecurityGroupVpcAssociation.NotFound
# A VPC that goes takes the association with it, not the group.
> ec2 AssociateSecurityGroupVpc {"GroupId":"$group","VpcId":"$two"}
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
> ec2 DeleteVpc {"VpcId":"$two"}
> ec2 DescribeSecurityGroupVpcAssociations {}
= SecurityGroupVpcAssociations#: 0
> ec2 DescribeSecurityGroups {"GroupIds":["$group"]}
= SecurityGroups#: 1

== the default group stays in its VPC; nobody refers to groups across VPCs
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 DescribeSecurityGroups {"GroupNames":["default"]}
save default = SecurityGroups[0].GroupId
> ec2 AssociateSecurityGroupVpc {"GroupId":"$default","VpcId":"$vpc"}
! InvalidParameterValue: default security group
> ec2 DescribeSecurityGroupReferences {"GroupId":["$default"]}
= SecurityGroupReferenceSet#: 0
> ec2 DescribeSecurityGroupReferences {"GroupId":["sg-00000000000000000"]}
! InvalidGroup.NotFound
> ec2 DescribeStaleSecurityGroups {"VpcId":"$vpc"}
= StaleSecurityGroupSet#: 0
> ec2 DescribeStaleSecurityGroups {"VpcId":"vpc-00000000000000000"}
! InvalidVpcID.NotFound
