# https://docs.aws.amazon.com/vpn/latest/s2svpn/SetUpVPNConnections.html
== customer gateways
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9","BgpAsn":65001,"DeviceName":"office","TagSpecifications":[{"ResourceType":"customer-gateway","Tags":[{"Key":"Name","Value":"office"}]}]}
save office = CustomerGateway.CustomerGatewayId
= CustomerGateway.State: available
= CustomerGateway.Type: ipsec.1
= CustomerGateway.IpAddress: 198.51.100.9
= CustomerGateway.BgpAsn: 65001
= CustomerGateway.DeviceName: office
# An identical request answers what is there.
> ec2 CreateCustomerGateway {"Type":"ipsec.1","PublicIp":"198.51.100.9","BgpAsn":65001,"DeviceName":"office"}
= CustomerGateway.CustomerGatewayId: $office
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.10"}
= CustomerGateway.BgpAsn: 65000
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.11","BgpAsnExtended":4200000000}
= CustomerGateway.BgpAsnExtended: 4200000000
= CustomerGateway.BgpAsn: -
> ec2 CreateCustomerGateway {"Type":"ipsec.1","BgpAsn":65000}
! MissingParameter
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"somewhere"}
! InvalidParameterValue: Value (somewhere) for parameter ipAddress is invalid.
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9","BgpAsn":0}
! InvalidParameterValue
> ec2 DescribeCustomerGateways {"Filters":[{"Name":"bgp-asn","Values":["65001"]},{"Name":"ip-address","Values":["198.51.100.9"]},{"Name":"state","Values":["available"]},{"Name":"type","Values":["ipsec.1"]},{"Name":"tag:Name","Values":["office"]}]}
= CustomerGateways#: 1
> ec2 DeleteCustomerGateway {"CustomerGatewayId":"$office"}
event available → deleted
> ec2 DescribeCustomerGateways {"CustomerGatewayIds":["$office"]}
= CustomerGateways[0].State: deleted
advance 3600
> ec2 DescribeCustomerGateways {"CustomerGatewayIds":["$office"]}
! InvalidCustomerGatewayID.NotFound

== virtual private gateways
> stratus SetTiming {"Name":"vpn-gateway.attaching","MinimumMillis":30000,"MaximumMillis":30000}
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 CreateVpnGateway {"Type":"ipsec.1","TagSpecifications":[{"ResourceType":"vpn-gateway","Tags":[{"Key":"Name","Value":"v"}]}]}
save vgw = VpnGateway.VpnGatewayId
= VpnGateway.State: available
= VpnGateway.AmazonSideAsn: 64512
= VpnGateway.VpcAttachments#: 0
> ec2 CreateVpnGateway {"Type":"ipsec.1","AmazonSideAsn":1}
! InvalidParameterValue
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
= VpcAttachment.State: attaching
= VpcAttachment.VpcId: $vpc
advance 30
> ec2 DescribeVpnGateways {"Filters":[{"Name":"attachment.state","Values":["attached"]},{"Name":"attachment.vpc-id","Values":["$vpc"]},{"Name":"amazon-side-asn","Values":["64512"]}]}
= VpnGateways#: 1
> ec2 CreateVpnGateway {"Type":"ipsec.1","AmazonSideAsn":65010}
save second = VpnGateway.VpnGatewayId
> ec2 AttachVpnGateway {"VpnGatewayId":"$second","VpcId":"$vpc"}
! VpnGatewayAttachmentLimitExceeded
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save other = Vpc.VpcId
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$other"}
! VpnGatewayAttachmentLimitExceeded
> ec2 DetachVpnGateway {"VpnGatewayId":"$second","VpcId":"$vpc"}
! InvalidVpnGatewayAttachment.NotFound
> ec2 DeleteVpnGateway {"VpnGatewayId":"$vgw"}
! IncorrectState
> ec2 DetachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
> ec2 DescribeVpnGateways {"VpnGatewayIds":["$vgw"]}
= VpnGateways[0].VpcAttachments[0].State: detaching
advance 30
> ec2 DeleteVpnGateway {"VpnGatewayId":"$vgw"}
> ec2 DescribeVpnGateways {"VpnGatewayIds":["$vgw"]}
= VpnGateways[0].State: deleted
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
! InvalidVpnGatewayID.NotFound: The vpnGateway ID '$vgw' does not exist
advance 3600
> ec2 DescribeVpnGateways {}
= VpnGateways#: 1

== a connection with static routes, and their propagation
# https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNRoutingTypes.html
> stratus SetTiming {"Name":"vpn-connection.pending","MinimumMillis":180000,"MaximumMillis":180000}
> stratus SetTiming {"Name":"vpn-connection.route","MinimumMillis":10000,"MaximumMillis":10000}
> stratus SetTiming {"Name":"vpn-connection.changing","MinimumMillis":120000,"MaximumMillis":120000}
> stratus SetTiming {"Name":"vpn-connection.deleting","MinimumMillis":90000,"MaximumMillis":90000}
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9"}
save cgw = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
advance 60
> ec2 CreateVpnConnection {"Type":"ipsec.2","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw"}
! InvalidParameterValue
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"cgw-00000000000000000","VpnGatewayId":"$vgw"}
! InvalidCustomerGatewayID.NotFound
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"TunnelOptions":[{"TunnelInsideCidr":"169.254.5.0/30"}]}}
! InvalidParameterValue: Invalid parameter value 169.254.5.0/30 for TunnelInsideCidr
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"TunnelOptions":[{"PreSharedKey":"short"}]}}
! InvalidParameterValue
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"TunnelOptions":[{"Phase1LifetimeSeconds":60}]}}
! InvalidParameterValue
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"StaticRoutesOnly":true,"TunnelOptions":[{"TunnelInsideCidr":"169.254.10.0/30","PreSharedKey":"example_key.1","DPDTimeoutAction":"restart","IKEVersions":[{"Value":"ikev2"}],"Phase1DHGroupNumbers":[{"Value":14},{"Value":19}]}]}}
save vpn = VpnConnection.VpnConnectionId
= VpnConnection.State: pending
= VpnConnection.Category: VPN
= VpnConnection.CustomerGatewayId: $cgw
= VpnConnection.VpnGatewayId: $vgw
= VpnConnection.GatewayAssociationState: associated
= VpnConnection.Options.StaticRoutesOnly: true
= VpnConnection.Options.LocalIpv4NetworkCidr: 0.0.0.0/0
= VpnConnection.Options.TunnelOptions#: 2
= VpnConnection.Options.TunnelOptions[0].TunnelInsideCidr: 169.254.10.0/30
= VpnConnection.Options.TunnelOptions[0].PreSharedKey: example_key.1
= VpnConnection.Options.TunnelOptions[0].DpdTimeoutAction: restart
= VpnConnection.Options.TunnelOptions[0].IkeVersions[0].Value: ikev2
= VpnConnection.Options.TunnelOptions[0].Phase1DHGroupNumbers[1].Value: 19
= VpnConnection.CustomerGatewayConfiguration: *<vpn_connection id="$vpn">*<ip_address>198.51.100.9</ip_address>*
= VpnConnection.VgwTelemetry[0].Status: DOWN
save tunnel = VpnConnection.Options.TunnelOptions[0].OutsideIpAddress
> ec2 CreateVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"192.168.0.0/16"}
> ec2 DescribeVpnConnections {"VpnConnectionIds":["$vpn"]}
= VpnConnections[0].Routes[0].State: pending
= VpnConnections[0].Routes[0].Source: Static
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 EnableVgwRoutePropagation {"RouteTableId":"$rtb","GatewayId":"$vgw"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].PropagatingVgws[0].GatewayId: $vgw
= RouteTables[0].Routes#: 1
advance 180
event pending → available: both tunnels are up
> ec2 DescribeVpnConnections {"Filters":[{"Name":"state","Values":["available"]},{"Name":"customer-gateway-id","Values":["$cgw"]},{"Name":"vpn-gateway-id","Values":["$vgw"]},{"Name":"option.static-routes-only","Values":["true"]},{"Name":"route.destination-cidr-block","Values":["192.168.0.0/16"]},{"Name":"bgp-asn","Values":["65000"]}]}
= VpnConnections#: 1
= VpnConnections[0].VgwTelemetry[0].Status: UP
= VpnConnections[0].VgwTelemetry[0].AcceptedRouteCount: 1
= VpnConnections[0].Routes[0].State: available
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.origin","Values":["EnableVgwRoutePropagation"]}]}
= RouteTables#: 1
= RouteTables[0].Routes[1].DestinationCidrBlock: 192.168.0.0/16
= RouteTables[0].Routes[1].GatewayId: $vgw
= RouteTables[0].Routes[1].Origin: EnableVgwRoutePropagation
= RouteTables[0].Routes[1].State: active
# A static route to the gateway.
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.99.0.0/16","GatewayId":"$vgw"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].GatewayId: $vgw
= RouteTables[0].Routes[1].Origin: CreateRoute
> ec2 DeleteCustomerGateway {"CustomerGatewayId":"$cgw"}
! IncorrectState: The customer gateway is in use.
> ec2 GetActiveVpnTunnelStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$tunnel"}
= ActiveVpnTunnelStatus.IkeVersion: ikev2
= ActiveVpnTunnelStatus.Phase1DHGroup: 14
= ActiveVpnTunnelStatus.ProvisioningStatus: available
> ec2 ReplaceVpnTunnel {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$tunnel"}
! UnsupportedOperation
> ec2 ModifyVpnTunnelOptions {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"192.0.2.1","TunnelOptions":{"StartupAction":"start"}}
! InvalidParameterValue
> ec2 ModifyVpnTunnelOptions {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$tunnel","TunnelOptions":{"StartupAction":"start","EnableTunnelLifecycleControl":true}}
= VpnConnection.State: pending
= VpnConnection.Options.TunnelOptions[0].StartupAction: start
> ec2 ModifyVpnConnectionOptions {"VpnConnectionId":"$vpn","LocalIpv4NetworkCidr":"192.168.0.0/16"}
! InvalidVpnConnection.InvalidState
# While it changes it is down, and so are its routes.
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes#: 2
advance 120
> ec2 ReplaceVpnTunnel {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$tunnel"}
= Return: true
> ec2 GetVpnTunnelReplacementStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$tunnel"}
= VpnTunnelOutsideIpAddress: $tunnel
> ec2 ModifyVpnTunnelCertificate {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$tunnel"}
! InvalidParameterValue
> ec2 ModifyVpnConnectionOptions {"VpnConnectionId":"$vpn","LocalIpv4NetworkCidr":"192.168.0.0/16"}
= VpnConnection.Options.LocalIpv4NetworkCidr: 192.168.0.0/16
advance 120
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.10"}
save next = CustomerGateway.CustomerGatewayId
> ec2 ModifyVpnConnection {"VpnConnectionId":"$vpn"}
! MissingParameter
> ec2 ModifyVpnConnection {"VpnConnectionId":"$vpn","CustomerGatewayId":"$next"}
= VpnConnection.CustomerGatewayId: $next
advance 120
> ec2 DeleteVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"192.168.0.0/16"}
> ec2 DeleteVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"192.168.0.0/16"}
! InvalidRoute.NotFound
> ec2 DisableVgwRoutePropagation {"RouteTableId":"$rtb","GatewayId":"$vgw"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].PropagatingVgws#: 0
> ec2 DeleteVpnGateway {"VpnGatewayId":"$vgw"}
! IncorrectState
> ec2 DeleteVpnConnection {"VpnConnectionId":"$vpn"}
event available → deleting
advance 90
> ec2 DescribeVpnConnections {"VpnConnectionIds":["$vpn"]}
= VpnConnections[0].State: deleted
= VpnConnections[0].CustomerGatewayConfiguration: -
> ec2 CreateVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"192.168.0.0/16"}
! InvalidVpnConnectionID.NotFound
> ec2 DetachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
advance 60
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].State: blackhole
> ec2 DeleteVpnGateway {"VpnGatewayId":"$vgw"}
advance 3600
> ec2 DescribeVpnConnections {}
= VpnConnections#: 0

== BGP: the device announces the connection's local network
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeRouteTables {}
save rtb = RouteTables[0].RouteTableId
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9"}
save cgw = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
> ec2 EnableVgwRoutePropagation {"RouteTableId":"$rtb","GatewayId":"$vgw"}
! Gateway.NotAttached
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"LocalIpv4NetworkCidr":"172.20.0.0/16"}}
save vpn = VpnConnection.VpnConnectionId
> ec2 CreateVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"192.168.0.0/16"}
! InvalidParameterCombination
advance 300
> ec2 EnableVgwRoutePropagation {"RouteTableId":"$rtb","GatewayId":"$vgw"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[2].DestinationCidrBlock: 172.20.0.0/16
> ec2 DetachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].PropagatingVgws#: 0
= RouteTables[0].Routes#: 2

== quotas, and what keeps a VPC
# https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
! VpnGatewayLimitExceeded
> ec2 CreateVpnGateway {"Type":"ipsec.1","DryRun":true}
! VpnGatewayLimitExceeded
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
> ec2 DetachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
advance 60
> ec2 CreateCarrierGateway {"VpcId":"$vpc"}
save mobile = CarrierGateway.CarrierGatewayId
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
> ec2 DeleteCarrierGateway {"CarrierGatewayId":"$mobile"}
advance 60
> ec2 DeleteVpc {"VpcId":"$vpc"}
> ec2 DescribeVpnGateways {"VpnGatewayIds":["$vgw"]}
= VpnGateways[0].VpcAttachments[0].State: detached
# Tags of what is gone go with it.
> ec2 CreateTags {"Resources":["$vgw"],"Tags":[{"Key":"course","Value":"101"}]}
> ec2 DescribeTags {"Filters":[{"Name":"resource-type","Values":["vpn-gateway"]}]}
= Tags[0].ResourceId: $vgw
> ec2 DeleteVpnGateway {"VpnGatewayId":"$vgw"}
advance 3600
> ec2 DescribeTags {"Filters":[{"Name":"resource-type","Values":["vpn-gateway"]}]}
= Tags#: 0
