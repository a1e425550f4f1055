# https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html
> ec2 CreateTransitGateway {"Description":"hub","Options":{"AmazonSideAsn":64513,"VpnEcmpSupport":"disable"},"TagSpecifications":[{"ResourceType":"transit-gateway","Tags":[{"Key":"Name","Value":"hub"}]}]}
= TransitGateway.State: pending
= TransitGateway.TransitGatewayId: tgw-0*
= TransitGateway.TransitGatewayArn: arn:aws:ec2:us-east-1:123456789012:transit-gateway/tgw-0*
= TransitGateway.Options.AmazonSideAsn: 64513
= TransitGateway.Options.VpnEcmpSupport: disable
= TransitGateway.Options.DefaultRouteTableAssociation: enable
save tgw = TransitGateway.TransitGatewayId
save rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$one","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"}
save a = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$one","CidrBlock":"10.0.2.0/24","AvailabilityZone":"us-east-1a"}
save again = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$one","CidrBlock":"10.0.3.0/24","AvailabilityZone":"us-east-1b"}
save b = Subnet.SubnetId
# Not before the transit gateway is available.
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$one","SubnetIds":["$a"]}
! IncorrectState: is in invalid state
advance 180
event pending → available
> ec2 DescribeTransitGateways {"Filters":[{"Name":"state","Values":["available"]},{"Name":"options.amazon-side-asn","Values":["64513"]}]}
= TransitGateways[0].Description: hub
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$one","SubnetIds":["$a","$again"]}
! DuplicateSubnetsInSameZone
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$one","SubnetIds":["$a"],"Options":{"ApplianceModeSupport":"enable"}}
= TransitGatewayVpcAttachment.State: pending
= TransitGatewayVpcAttachment.Options.ApplianceModeSupport: enable
save att = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$one","SubnetIds":["$b"]}
! DuplicateTransitGatewayAttachment
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"interface-type","Values":["transit_gateway"]}]}
= NetworkInterfaces[0].Description: Network Interface for Transit Gateway Attachment $att
= NetworkInterfaces[0].Groups#: 0
# A route may be there before.
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$one"]}]}
save main = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$main","DestinationCidrBlock":"10.0.0.0/8","TransitGatewayId":"$tgw"}
> ec2 DescribeRouteTables {"RouteTableIds":["$main"]}
= RouteTables[0].Routes[1].State: blackhole
advance 90
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.transit-gateway-id","Values":["$tgw"]}]}
= RouteTables[0].Routes[1].State: active
> ec2 DescribeTransitGatewayAttachments {"Filters":[{"Name":"resource-type","Values":["vpc"]}]}
= TransitGatewayAttachments[0].Association: {"State":"associated","TransitGatewayRouteTableId":"$rtb"}
= TransitGatewayAttachments[0].ResourceId: $one
> ec2 DescribeTransitGatewayVpcAttachments {"TransitGatewayAttachmentIds":["$att"]}
= TransitGatewayVpcAttachments[0].State: available
> ec2 AcceptTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att"}
! IncorrectState
> ec2 ModifyTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att","AddSubnetIds":["$b"]}
= TransitGatewayVpcAttachment.SubnetIds: ["$a","$b"]
# Routes: propagated from the VPC, and static ones.
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes[0].DestinationCidrBlock: 10.0.0.0/16
= Routes[0].State: active
= Routes[0].TransitGatewayAttachments[0].ResourceId: $one
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","TransitGatewayAttachmentId":"$att"}
= Route.Type: static
= Route.State: active
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","Blackhole":true}
! RouteAlreadyExists
> ec2 ReplaceTransitGatewayRoute {"TransitGatewayRouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0","Blackhole":true}
= Route.State: blackhole
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"route-search.longest-prefix-match","Values":["10.0.7.7"]}]}
= Routes#: 1
= Routes[0].DestinationCidrBlock: 10.0.0.0/16
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"route-search.supernet-of-match","Values":["10.0.0.0/24"]}]}
= Routes#: 2
> ec2 DeleteTransitGatewayRoute {"TransitGatewayRouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0"}
= Route.State: deleted
> ec2 DeleteTransitGatewayRoute {"TransitGatewayRouteTableId":"$rtb","DestinationCidrBlock":"0.0.0.0/0"}
! InvalidRoute.NotFound
# Prefix lists.
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":3,"AddressFamily":"IPv4","Entries":[{"Cidr":"203.0.113.0/24"}]}
save pl = PrefixList.PrefixListId
> ec2 CreateTransitGatewayPrefixListReference {"TransitGatewayRouteTableId":"$rtb","PrefixListId":"$pl","TransitGatewayAttachmentId":"$att"}
= TransitGatewayPrefixListReference.State: pending
> ec2 GetTransitGatewayPrefixListReferences {"TransitGatewayRouteTableId":"$rtb"}
= TransitGatewayPrefixListReferences[0].State: available
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"route-search.exact-match","Values":["203.0.113.0/24"]}]}
= Routes[0].PrefixListId: $pl
> ec2 DeleteManagedPrefixList {"PrefixListId":"$pl"}
! DependencyViolation
> ec2 ModifyTransitGatewayPrefixListReference {"TransitGatewayRouteTableId":"$rtb","PrefixListId":"$pl","Blackhole":true}
= TransitGatewayPrefixListReference.Blackhole: true
> ec2 DeleteTransitGatewayPrefixListReference {"TransitGatewayRouteTableId":"$rtb","PrefixListId":"$pl"}
# A table of one's own.
> ec2 CreateTransitGatewayRouteTable {"TransitGatewayId":"$tgw"}
= TransitGatewayRouteTable.State: pending
= TransitGatewayRouteTable.DefaultAssociationRouteTable: false
save own = TransitGatewayRouteTable.TransitGatewayRouteTableId
> ec2 AssociateTransitGatewayRouteTable {"TransitGatewayRouteTableId":"$own","TransitGatewayAttachmentId":"$att"}
! Resource.AlreadyAssociated
> ec2 DisassociateTransitGatewayRouteTable {"TransitGatewayRouteTableId":"$rtb","TransitGatewayAttachmentId":"$att"}
= Association.State: disassociating
> ec2 AssociateTransitGatewayRouteTable {"TransitGatewayRouteTableId":"$own","TransitGatewayAttachmentId":"$att"}
= Association.State: associating
> ec2 GetTransitGatewayRouteTableAssociations {"TransitGatewayRouteTableId":"$own"}
= Associations[0].State: associated
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$own","TransitGatewayAttachmentId":"$att"}
= Propagation.State: enabled
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$own","TransitGatewayAttachmentId":"$att"}
! TransitGatewayRouteTablePropagation.Duplicate
> ec2 GetTransitGatewayAttachmentPropagations {"TransitGatewayAttachmentId":"$att"}
= TransitGatewayAttachmentPropagations#: 2
> ec2 DisableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$rtb","TransitGatewayAttachmentId":"$att"}
> ec2 GetTransitGatewayRouteTablePropagations {"TransitGatewayRouteTableId":"$rtb"}
= TransitGatewayRouteTablePropagations#: 0
> ec2 DeleteTransitGatewayRouteTable {"TransitGatewayRouteTableId":"$own"}
! IncorrectState
> ec2 DescribeTransitGatewayRouteTables {"Filters":[{"Name":"default-association-route-table","Values":["true"]}]}
= TransitGatewayRouteTables[0].TransitGatewayRouteTableId: $rtb
> ec2 ModifyTransitGateway {"TransitGatewayId":"$tgw","Description":"the hub","Options":{"AssociationDefaultRouteTableId":"$own","DnsSupport":"disable"}}
= TransitGateway.Options.AssociationDefaultRouteTableId: $own
= TransitGateway.Options.DnsSupport: disable
# The end.
> ec2 DeleteVpc {"VpcId":"$one"}
! DependencyViolation
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
! IncorrectState: has non-deleted VPC Attachments
meter $att TransitAttachment: 1 × vpc 90s running
bill $att: 90 s × $0.05/h ÷ 3600 = $0.00125
> ec2 DeleteTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att"}
= TransitGatewayVpcAttachment.State: deleting
> ec2 DescribeRouteTables {"RouteTableIds":["$main"]}
= RouteTables[0].Routes[1].State: blackhole
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
! IncorrectState
advance 90
> ec2 DescribeTransitGatewayVpcAttachments {}
= TransitGatewayVpcAttachments[0].State: deleted
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
= TransitGateway.State: deleting
advance 180
> ec2 DescribeTransitGateways {}
= TransitGateways[0].State: deleted
advance 3600
> ec2 DescribeTransitGateways {}
= TransitGateways#: 0
> ec2 DescribeTransitGatewayVpcAttachments {"TransitGatewayAttachmentIds":["$att"]}
! InvalidTransitGatewayAttachmentID.NotFound

== Two Regions
# https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html
> ec2 CreateTransitGateway {}
save here = TransitGateway.TransitGatewayId
save rtb = TransitGateway.Options.AssociationDefaultRouteTableId
region eu-west-1
> ec2 CreateTransitGateway {}
save there = TransitGateway.TransitGatewayId
advance 180
region us-east-1
> ec2 CreateTransitGatewayPeeringAttachment {"TransitGatewayId":"$here","PeerTransitGatewayId":"$there","PeerAccountId":"123456789012","PeerRegion":"eu-west-1"}
= TransitGatewayPeeringAttachment.State: initiatingRequest
= TransitGatewayPeeringAttachment.AccepterTgwInfo.Region: eu-west-1
save att = TransitGatewayPeeringAttachment.TransitGatewayAttachmentId
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$att"}
! OperationNotPermitted
region eu-west-1
> ec2 AcceptTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$att"}
= TransitGatewayPeeringAttachment.State: pending
advance 90
region us-east-1
> ec2 DescribeTransitGatewayPeeringAttachments {"Filters":[{"Name":"state","Values":["available"]},{"Name":"remote-owner-id","Values":["123456789012"]}]}
= TransitGatewayPeeringAttachments#: 1
# A peering carries static routes only.
> ec2 EnableTransitGatewayRouteTablePropagation {"TransitGatewayRouteTableId":"$rtb","TransitGatewayAttachmentId":"$att"}
! InvalidParameterValue
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$rtb","DestinationCidrBlock":"10.9.0.0/16","TransitGatewayAttachmentId":"$att"}
= Route.TransitGatewayAttachments[0].ResourceType: peering
> ec2 DeleteTransitGatewayPeeringAttachment {"TransitGatewayAttachmentId":"$att"}
= TransitGatewayPeeringAttachment.State: deleting
advance 90
region eu-west-1
> ec2 DescribeTransitGatewayPeeringAttachments {}
= TransitGatewayPeeringAttachments[0].State: deleted
> ec2 DeleteTransitGateway {"TransitGatewayId":"$there"}
