# An Amazon-provided block is a /56; the default ACL and group then let IPv6 through too:
# https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
= Vpc.Ipv6CidrBlockAssociationSet#: 1
= Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock: 2600:1f18:*::/56
= Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6Pool: Amazon
= Vpc.Ipv6CidrBlockAssociationSet[0].NetworkBorderGroup: us-east-1
save block = Vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
> ec2 DescribeNetworkAcls {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= NetworkAcls[0].Entries#: 8
= NetworkAcls[0].Entries[1]: {"Egress":true,"Ipv6CidrBlock":"::/0","Protocol":"-1","RuleAction":"allow","RuleNumber":101}
= NetworkAcls[0].Entries[3]: {"Egress":true,"Ipv6CidrBlock":"::/0","Protocol":"-1","RuleAction":"deny","RuleNumber":32768}
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= SecurityGroups[0].IpPermissionsEgress[0].Ipv6Ranges[0].CidrIpv6: ::/0
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= RouteTables[0].Routes[1].DestinationIpv6CidrBlock: $block
= RouteTables[0].Routes[1].GatewayId: local
# Another VPC gets another block, and one can be had later.
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save plain = Vpc.VpcId
> ec2 AssociateVpcCidrBlock {"VpcId":"$plain","AmazonProvidedIpv6CidrBlock":true}
= Ipv6CidrBlockAssociation.Ipv6CidrBlockState.State: associating
= Ipv6CidrBlockAssociation.AssociationId: vpc-cidr-assoc-0*
> ec2 DescribeVpcs {"Filters":[{"Name":"ipv6-cidr-block-association.ipv6-cidr-block","Values":["$block"]}]}
= Vpcs#: 1
