# A /64 of the VPC's /56, as most subnets have.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
save six = Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
= Subnet.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock: $block
= Subnet.AssignIpv6AddressOnCreation: false
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","Ipv6CidrBlock":"$six"}
! InvalidSubnet.Conflict
