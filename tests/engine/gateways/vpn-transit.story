# VPN connections attached to transit gateways: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpn-attachments.html
> ec2 CreateTransitGateway {"Description":"hub","Options":{"AmazonSideAsn":64600}}
save tgw = TransitGateway.TransitGatewayId
save rtb = TransitGateway.Options.AssociationDefaultRouteTableId
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.7","BgpAsn":65010}
save cgw = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
# Not before the transit gateway is available, and not to two gateways at once.
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","TransitGatewayId":"$tgw"}
! IncorrectState: is in invalid state
advance 180
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","TransitGatewayId":"$tgw","VpnGatewayId":"$vgw"}
! InvalidParameterCombination
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"EnableAcceleration":true}}
! InvalidParameterCombination
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","TransitGatewayId":"$tgw","Options":{"EnableAcceleration":true,"LocalIpv4NetworkCidr":"192.168.0.0/16"}}
= VpnConnection.State: pending
= VpnConnection.TransitGatewayId: $tgw
= VpnConnection.GatewayAssociationState: associated
= VpnConnection.Options.EnableAcceleration: true
save vpn = VpnConnection.VpnConnectionId
save outside = VpnConnection.Options.TunnelOptions[0].OutsideIpAddress
# Its attachment comes with it, and no call of its own.
> ec2 DescribeTransitGatewayAttachments {"Filters":[{"Name":"resource-type","Values":["vpn"]}]}
= TransitGatewayAttachments[0].ResourceId: $vpn
= TransitGatewayAttachments[0].State: pending
= TransitGatewayAttachments[0].Association.TransitGatewayRouteTableId: $rtb
save att = TransitGatewayAttachments[0].TransitGatewayAttachmentId
> ec2 DeleteTransitGatewayVpcAttachment {"TransitGatewayAttachmentId":"$att"}
! InvalidTransitGatewayAttachmentID.NotFound
advance 300
# What BGP announces is propagated.
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"type","Values":["propagated"]}]}
= Routes[0].DestinationCidrBlock: 192.168.0.0/16
= Routes[0].TransitGatewayAttachments[0].ResourceType: vpn
= Routes[0].TransitGatewayAttachments[0].ResourceId: $vpn
> ec2 CreateVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"172.16.0.0/16"}
! InvalidParameterCombination
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$rtb","DestinationCidrBlock":"172.16.0.0/16","TransitGatewayAttachmentId":"$att"}
= Route.State: active
> ec2 DescribeVpnConnections {"Filters":[{"Name":"transit-gateway-id","Values":["$tgw"]}]}
= VpnConnections[0].VpnConnectionId: $vpn
= VpnConnections[0].State: available
= VpnConnections[0].VgwTelemetry[0].Status: UP
> ec2 GetActiveVpnTunnelStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$outside"}
= ActiveVpnTunnelStatus.ProvisioningStatus: available
> ec2 GetVpnTunnelReplacementStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$outside"}
= TransitGatewayId: $tgw
# The transit gateway is held, and so is the customer gateway.
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
! IncorrectState: has non-deleted VPN Attachments
> ec2 DeleteCustomerGateway {"CustomerGatewayId":"$cgw"}
! IncorrectState
# Samples for devices: https://docs.aws.amazon.com/vpn/latest/s2svpn/your-cgw.html
> ec2 GetVpnConnectionDeviceTypes {}
= VpnConnectionDeviceTypes[0].Vendor: Barracuda
> ec2 GetVpnConnectionDeviceTypes {"MaxResults":5}
! InvalidParameterValue
> ec2 GetVpnConnectionDeviceSampleConfiguration {"VpnConnectionId":"$vpn","VpnConnectionDeviceTypeId":"ffffffff"}
! InvalidVpnConnectionDeviceTypeId.NotFound
> ec2 GetVpnConnectionDeviceSampleConfiguration {"VpnConnectionId":"$vpn","VpnConnectionDeviceTypeId":"1b2a6c19","InternetKeyExchangeVersion":"ikev1"}
= VpnConnectionDeviceSampleConfiguration: *keyexchange=ikev1*right=$outside*ike=aes128-sha1-modp1024*router bgp 65010*remote-as 64600*
> ec2 GetVpnConnectionDeviceSampleConfiguration {"VpnConnectionId":"$vpn","VpnConnectionDeviceTypeId":"1b2a6c07","SampleType":"recommended"}
= VpnConnectionDeviceSampleConfiguration: *crypto ikev2 proposal PROPOSAL-0*aes-cbc-256*tunnel destination $outside*
> ec2 GetVpnConnectionDeviceSampleConfiguration {"VpnConnectionId":"$vpn","VpnConnectionDeviceTypeId":"1b2a6c0c","InternetKeyExchangeVersion":"ikev3"}
! InvalidParameterValue
# To another gateway: the attachment goes, and the route that led to it is a black hole.
> ec2 ModifyVpnConnection {"VpnConnectionId":"$vpn","VpnGatewayId":"$vgw"}
= VpnConnection.VpnGatewayId: $vgw
advance 300
> ec2 DescribeTransitGatewayAttachments {"TransitGatewayAttachmentIds":["$att"]}
= TransitGatewayAttachments[0].State: deleted
> ec2 SearchTransitGatewayRoutes {"TransitGatewayRouteTableId":"$rtb","Filters":[{"Name":"state","Values":["blackhole"]}]}
= Routes[0].DestinationCidrBlock: 172.16.0.0/16
> ec2 ModifyVpnConnection {"VpnConnectionId":"$vpn","TransitGatewayId":"$tgw"}
= VpnConnection.TransitGatewayId: $tgw
> ec2 DescribeTransitGatewayAttachments {"Filters":[{"Name":"state","Values":["pending"]}]}
= TransitGatewayAttachments[0].ResourceId: $vpn
advance 300
> ec2 DeleteVpnConnection {"VpnConnectionId":"$vpn"}
advance 300
event deleting → deleted
> ec2 DeleteTransitGateway {"TransitGatewayId":"$tgw"}
= TransitGateway.State: deleting
