# A new ACL denies everything (facts/network.md): https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkAcl {"VpcId":"$vpc","TagSpecifications":[{"ResourceType":"network-acl","Tags":[{"Key":"Name","Value":"strict"}]}]}
= NetworkAcl.IsDefault: false
= NetworkAcl.Entries#: 2
= NetworkAcl.Entries[0]: {"CidrBlock":"0.0.0.0/0","Egress":true,"Protocol":"-1","RuleAction":"deny","RuleNumber":32767}
= NetworkAcl.Entries[1].Egress: false
= NetworkAcl.Tags[0].Value: strict
save acl = NetworkAcl.NetworkAclId
> ec2 DescribeNetworkAcls {"Filters":[{"Name":"association.subnet-id","Values":["$subnet"]}]}
= NetworkAcls[0].IsDefault: true
save default = NetworkAcls[0].NetworkAclId
save association = NetworkAcls[0].Associations[0].NetworkAclAssociationId
> ec2 DeleteNetworkAcl {"NetworkAclId":"$default"}
! InvalidParameterValue: cannot delete default network ACL $default
> ec2 ReplaceNetworkAclAssociation {"AssociationId":"$association","NetworkAclId":"$acl"}
= NewAssociationId: aclassoc-0*
save fresh = NewAssociationId
> ec2 DeleteNetworkAcl {"NetworkAclId":"$acl"}
! DependencyViolation: The networkAcl '$acl' has dependencies and cannot be deleted.
> ec2 ReplaceNetworkAclAssociation {"AssociationId":"$association","NetworkAclId":"$acl"}
! InvalidAssociationID.NotFound
> ec2 ReplaceNetworkAclAssociation {"AssociationId":"$fresh","NetworkAclId":"$default"}
> ec2 DeleteNetworkAcl {"NetworkAclId":"$acl"}
> ec2 DeleteNetworkAcl {"NetworkAclId":"$acl"}
! InvalidNetworkAclID.NotFound: The networkAcl ID '$acl' does not exist
