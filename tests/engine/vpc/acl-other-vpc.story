> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateNetworkAcl {"VpcId":"$vpc"}
save acl = NetworkAcl.NetworkAclId
> ec2 DescribeNetworkAcls {"Filters":[{"Name":"default","Values":["true"]},{"Name":"entry.rule-action","Values":["allow"]}]}
= NetworkAcls#: 2
save association = NetworkAcls[0].Associations[0].NetworkAclAssociationId
> ec2 ReplaceNetworkAclAssociation {"AssociationId":"$association","NetworkAclId":"$acl"}
! InvalidParameterValue: belong to different networks
> ec2 CreateNetworkAcl {"VpcId":"vpc-00000000000000000"}
! InvalidVpcID.NotFound
