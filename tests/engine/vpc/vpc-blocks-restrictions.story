# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"172.16.0.0/16"}
! InvalidVpc.Range: is restricted
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"192.168.0.0/24"}
! InvalidVpc.Range
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"198.19.0.0/16"}
! InvalidVpc.Range
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.0.128.0/24"}
! InvalidVpc.Conflict
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.2.0.0/15"}
! InvalidVpc.Range
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc"}
! MissingParameter
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.2.0.0/16","AmazonProvidedIpv6CidrBlock":true}
! InvalidParameterCombination
# 100.64.0.0/10 goes with any primary block; five blocks are the most.
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"100.64.0.0/16"}
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.2.0.0/16"}
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.3.0.0/16"}
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.4.0.0/16"}
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.5.0.0/16"}
! CidrLimitExceeded
