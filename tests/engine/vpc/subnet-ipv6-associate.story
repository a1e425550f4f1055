# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSubnetCidrBlock.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
save association = Vpcs[0].Ipv6CidrBlockAssociationSet[0].AssociationId
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","AssignIpv6AddressOnCreation":{"Value":true}}
! InvalidParameterValue: Invalid value 'true' for assign-ipv6-address-on-creation. Cannot set assign-ipv6-address-on-creation to true unless the subnet ($subnet) has an IPv6 CIDR block associated with it.
> ec2 AssociateSubnetCidrBlock {"SubnetId":"$subnet"}
! MissingParameter
> ec2 AssociateSubnetCidrBlock {"SubnetId":"$subnet","Ipv6CidrBlock":"2001:db8::/64"}
! InvalidSubnet.Range
> ec2 AssociateSubnetCidrBlock {"SubnetId":"$subnet","Ipv6CidrBlock":"$block"}
= SubnetId: $subnet
= Ipv6CidrBlockAssociation.AssociationId: subnet-cidr-assoc-*
= Ipv6CidrBlockAssociation.Ipv6CidrBlock: $block
= Ipv6CidrBlockAssociation.Ipv6CidrBlockState.State: associating
save id = Ipv6CidrBlockAssociation.AssociationId
> ec2 AssociateSubnetCidrBlock {"SubnetId":"$subnet","Ipv6CidrBlock":"$block"}
! SubnetCidrBlockLimitExceeded
> ec2 DescribeSubnets {"Filters":[{"Name":"ipv6-cidr-block-association.association-id","Values":["$id"]}]}
= Subnets#: 1
= Subnets[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlockState.State: associated
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","AssignIpv6AddressOnCreation":{"Value":true}}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
= NetworkInterface.Ipv6Addresses#: 1
save eni = NetworkInterface.NetworkInterfaceId
> ec2 DisassociateSubnetCidrBlock {"AssociationId":"$id"}
! InvalidCidrBlock.InUse
> ec2 DisassociateVpcCidrBlock {"AssociationId":"$association"}
! InvalidCidrBlock.InUse
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 DisassociateSubnetCidrBlock {"AssociationId":"$id"}
= Ipv6CidrBlockAssociation.Ipv6CidrBlockState.State: disassociating
> ec2 DisassociateSubnetCidrBlock {"AssociationId":"$id"}
! InvalidSubnetCidrBlockAssociationID.NotFound
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].Ipv6CidrBlockAssociationSet#: 0
= Subnets[0].AssignIpv6AddressOnCreation: false
> ec2 DisassociateVpcCidrBlock {"AssociationId":"$association"}

== the other attributes
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save subnet = Subnets[0].SubnetId
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet"}
! InvalidParameterCombination
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","PrivateDnsHostnameTypeOnLaunch":"resource-name","EnableResourceNameDnsARecordOnLaunch":{"Value":true}}
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].PrivateDnsNameOptionsOnLaunch: {"HostnameType":"resource-name","EnableResourceNameDnsARecord":true,"EnableResourceNameDnsAAAARecord":false}
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","EnableLniAtDeviceIndex":1}
> ec2 DescribeSubnets {"Filters":[{"Name":"enable-lni-at-device-index","Values":["1"]}]}
= Subnets#: 1
= Subnets[0].EnableLniAtDeviceIndex: 1
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","DisableLniAtDeviceIndex":{"Value":true}}
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].EnableLniAtDeviceIndex: -
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","MapCustomerOwnedIpOnLaunch":{"Value":true}}
! InvalidParameterValue: not on an Outpost
