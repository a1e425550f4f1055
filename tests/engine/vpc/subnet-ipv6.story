# A subnet's IPv6 block comes out of its VPC's; its interfaces then get addresses from it.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
save block = Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
save association = Vpc.Ipv6CidrBlockAssociationSet[0].AssociationId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
= Subnet.Ipv6CidrBlockAssociationSet#: 1
= Subnet.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlockState.State: associated
save subnet = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.1.0/24","Ipv6CidrBlock":"$block"}
! InvalidSubnet.Conflict
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","AssignIpv6AddressOnCreation":{"Value":true}}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
= NetworkInterface.Ipv6Addresses#: 1
= NetworkInterface.Ipv6Addresses[0].Ipv6Address: 2600:1f18:*
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv6AddressCount":2}
= NetworkInterface.Ipv6Addresses#: 2
> ec2 DisassociateVpcCidrBlock {"AssociationId":"$association"}
! InvalidCidrBlock.InUse
> ec2 DescribeSubnets {"Filters":[{"Name":"ipv6-cidr-block-association.ipv6-cidr-block","Values":["$block"]}]}
= Subnets#: 1
