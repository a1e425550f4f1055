# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.1.0.0/16"}
= VpcId: $vpc
= CidrBlockAssociation.CidrBlock: 10.1.0.0/16
= CidrBlockAssociation.CidrBlockState.State: associating
save more = CidrBlockAssociation.AssociationId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
= Vpcs[0].CidrBlock: 10.0.0.0/16
= Vpcs[0].CidrBlockAssociationSet#: 2
= Vpcs[0].CidrBlockAssociationSet[1].CidrBlockState.State: associated
save primary = Vpcs[0].CidrBlockAssociationSet[0].AssociationId
# Each block gets a local route, and subnets may lie in any of them.
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= RouteTables[0].Routes#: 2
= RouteTables[0].Routes[1].DestinationCidrBlock: 10.1.0.0/16
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.1.7.0/24"}
save subnet = Subnet.SubnetId
> ec2 DisassociateVpcCidrBlock {"AssociationId":"$more"}
! InvalidCidrBlock.InUse: currently has a subnet within CIDR block 10.1.0.0/16
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
> ec2 DisassociateVpcCidrBlock {"AssociationId":"$more"}
= CidrBlockAssociation.CidrBlockState.State: disassociating
> ec2 DisassociateVpcCidrBlock {"AssociationId":"$more"}
! InvalidVpcCidrBlockAssociationID.NotFound
> ec2 DisassociateVpcCidrBlock {"AssociationId":"$primary"}
! OperationNotPermitted: It is the primary IPv4 CIDR block of the VPC
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
= Vpcs[0].CidrBlockAssociationSet#: 1
