# Many sites by one attachment: https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-concentrator.html
> ec2 CreateTransitGateway {"Options":{"AmazonSideAsn":64600}}
save tgw = TransitGateway.TransitGatewayId
save rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateVpnConcentrator {"Type":"ipsec.1"}
! MissingParameter
> ec2 CreateVpnConcentrator {"Type":"ipsec.1","TransitGatewayId":"$tgw"}
! IncorrectState
advance 240
> ec2 CreateVpnConcentrator {"Type":"ipsec.1","TransitGatewayId":"$tgw","TagSpecifications":[{"ResourceType":"vpn-concentrator","Tags":[{"Key":"Name","Value":"branches"}]}]}
= VpnConcentrator.State: pending
= VpnConcentrator.VpnConcentratorId: vcn-0*
= VpnConcentrator.TransitGatewayId: $tgw
= VpnConcentrator.Type: ipsec.1
save vcn = VpnConcentrator.VpnConcentratorId
save att = VpnConcentrator.TransitGatewayAttachmentId
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.7","BgpAsn":65010}
save north = CustomerGateway.CustomerGatewayId
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.8","BgpAsn":65011}
save south = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$north","VpnConcentratorId":"$vcn"}
! IncorrectState
advance 120
> ec2 DescribeTransitGatewayAttachments {"Filters":[{"Name":"resource-type","Values":["vpn-concentrator"]}]}
= TransitGatewayAttachments[0].ResourceId: $vcn
= TransitGatewayAttachments[0].TransitGatewayAttachmentId: $att
= TransitGatewayAttachments[0].State: available
= TransitGatewayAttachments[0].Association.TransitGatewayRouteTableId: $rtb
> ec2 DescribeVpnConcentrators {"Filters":[{"Name":"state","Values":["available"]}]}
= VpnConcentrators[0].VpnConcentratorId: $vcn
= VpnConcentrators[0].Tags[0].Value: branches
# BGP only, and one target.
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$north","VpnConcentratorId":"$vcn","TransitGatewayId":"$tgw"}
! InvalidParameterCombination
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$north","VpnConcentratorId":"$vcn","Options":{"StaticRoutesOnly":true}}
! InvalidParameterCombination: uses BGP
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$north","VpnConcentratorId":"vcn-0123456789abcdef0"}
! InvalidVpnConcentratorID.NotFound
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$north","VpnConcentratorId":"$vcn","Options":{"LocalIpv4NetworkCidr":"192.168.1.0/24"}}
= VpnConnection.VpnConcentratorId: $vcn
= VpnConnection.TransitGatewayId: $tgw
= VpnConnection.GatewayAssociationState: associated
save one = VpnConnection.VpnConnectionId
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$south","VpnConcentratorId":"$vcn","Options":{"LocalIpv4NetworkCidr":"192.168.2.0/24"}}
save two = VpnConnection.VpnConnectionId
advance 600
# No attachments of their own; the concentrator's learns what both announce.
> ec2 DescribeTransitGatewayAttachments {}
= TransitGatewayAttachments#: 1
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes#: 2
= Routes[0].DestinationCidrBlock: 192.168.1.0/24
= Routes[0].TransitGatewayAttachments[0].ResourceType: vpn-concentrator
= Routes[0].TransitGatewayAttachments[0].ResourceId: $vcn
= Routes[1].DestinationCidrBlock: 192.168.2.0/24
# It is held by its connections, and holds the transit gateway.
> ec2 DeleteVpnConcentrator {"VpnConcentratorId":"$vcn"}
! DependencyViolation
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
! IncorrectState: has non-deleted VPN Concentrator Attachments
> ec2 DeleteVpnConnection {"VpnConnectionId":"$one"}
# A connection may move to a gateway of its own.
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
> ec2 ModifyVpnConnection {"VpnConnectionId":"$two","VpnGatewayId":"$vgw"}
= VpnConnection.VpnConcentratorId: -
= VpnConnection.VpnGatewayId: $vgw
advance 600
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes#: 0
> ec2 DeleteVpnConcentrator {"VpnConcentratorId":"$vcn"}
= Return: true
> ec2 DescribeVpnConcentrators {"VpnConcentratorIds":["$vcn"]}
= VpnConcentrators[0].State: deleting
> ec2 DeleteVpnConcentrator {"VpnConcentratorId":"$vcn"}
! IncorrectState
advance 120
> ec2 DescribeVpnConcentrators {"VpnConcentratorIds":["$vcn"]}
= VpnConcentrators[0].State: deleted
advance 7200
> ec2 DescribeVpnConcentrators {"VpnConcentratorIds":["$vcn"]}
! InvalidVpnConcentratorID.NotFound
