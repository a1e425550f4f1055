# One tunnel of a VPN connection goes down, and the other carries; both, and nothing passes.
# https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
# https://docs.aws.amazon.com/vpn/latest/s2svpn/tunnel-endpoint-lifecycle.html

== the customer's device lets go of a tunnel, of both, and takes one up again
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save app = Instances[0].InstanceId
save vpc = Instances[0].VpcId
> ec2 DescribeRouteTables {}
save table = RouteTables[0].RouteTableId
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9"}
save cgw = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$vpc"}
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"StaticRoutesOnly":true,"TunnelOptions":[{"Phase1EncryptionAlgorithms":[{"Value":"AES256"}],"Phase2EncryptionAlgorithms":[{"Value":"AES256-GCM-16"}],"Phase1IntegrityAlgorithms":[{"Value":"SHA2-384"}],"Phase2IntegrityAlgorithms":[{"Value":"SHA2-256"}],"Phase1DHGroupNumbers":[{"Value":20}],"Phase2DHGroupNumbers":[{"Value":14}],"Phase1LifetimeSeconds":7200,"Phase2LifetimeSeconds":1800,"DPDTimeoutSeconds":60}]}}
save vpn = VpnConnection.VpnConnectionId
save one = VpnConnection.Options.TunnelOptions[0].OutsideIpAddress
save two = VpnConnection.Options.TunnelOptions[1].OutsideIpAddress
# The configuration says what the tunnel's options say, and of the other tunnel AWS's least.
= VpnConnection.CustomerGatewayConfiguration: *<ike>*<authentication_protocol>sha2-384</authentication_protocol>*<encryption_protocol>aes-256-cbc</encryption_protocol>*<lifetime>7200</lifetime>*<perfect_forward_secrecy>group20</perfect_forward_secrecy>*<ipsec>*<authentication_protocol>hmac-sha2-256-128</authentication_protocol>*<encryption_protocol>aes-256-gcm-16</encryption_protocol>*<lifetime>1800</lifetime>*<perfect_forward_secrecy>group14</perfect_forward_secrecy>*<retries>6</retries>*<ike>*<authentication_protocol>sha1</authentication_protocol>*<encryption_protocol>aes-128-cbc</encryption_protocol>*<lifetime>28800</lifetime>*<perfect_forward_secrecy>group2</perfect_forward_secrecy>*<lifetime>3600</lifetime>*<retries>3</retries>*
> ec2 CreateVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"192.168.0.0/16"}
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"192.168.0.0/16","GatewayId":"$vgw"}
advance 300
> stratus OpenConnection {"Source":"$app","Destination":"192.168.7.7","Protocol":"tcp","Port":443}
= State: established
save conn = ConnectionId
> stratus SetVpnTunnel {"VpnConnectionId":"$vpn","OutsideIpAddress":"192.0.2.250","Status":"DOWN"}
! InvalidParameterValue
> stratus SetVpnTunnel {"VpnConnectionId":"$vpn","OutsideIpAddress":"$one"}
! InvalidParameterCombination
> stratus SetVpnTunnel {"VpnConnectionId":"$vpn","OutsideIpAddress":"$one","Status":"DOWN"}
event is down: IPSEC IS DOWN
> ec2 DescribeVpnConnections {"VpnConnectionIds":["$vpn"]}
= VpnConnections[0].State: available
= VpnConnections[0].VgwTelemetry[0].Status: DOWN
= VpnConnections[0].VgwTelemetry[0].StatusMessage: IPSEC IS DOWN
= VpnConnections[0].VgwTelemetry[0].AcceptedRouteCount: 0
= VpnConnections[0].VgwTelemetry[1].Status: UP
= VpnConnections[0].VgwTelemetry[1].AcceptedRouteCount: 1
# The other tunnel carries it.
> stratus SendOnConnection {"ConnectionId":"$conn"}
= State: allowed
> stratus SetVpnTunnel {"VpnConnectionId":"$vpn","OutsideIpAddress":"$two","Status":"DOWN"}
> stratus OpenConnection {"Source":"$app","Destination":"192.168.7.7","Protocol":"tcp","Port":443}
= State: timed-out
= Reason: *No VPN connection of $vgw that is up leads to 192.168.7.7. Both tunnels of $vpn are down: IPSEC IS DOWN.
> stratus SendOnConnection {"ConnectionId":"$conn"}
= State: dropped
> stratus SetVpnTunnel {"VpnConnectionId":"$vpn","OutsideIpAddress":"$two","Status":"UP"}
> stratus OpenConnection {"Source":"$app","Destination":"192.168.7.7","Protocol":"tcp","Port":443}
= State: established

== an endpoint is replaced: its tunnel is down meanwhile; pending maintenance is accepted, or applied by itself
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9"}
save cgw = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw"}
save vpn = VpnConnection.VpnConnectionId
save one = VpnConnection.Options.TunnelOptions[0].OutsideIpAddress
save two = VpnConnection.Options.TunnelOptions[1].OutsideIpAddress
advance 300
> stratus SetVpnTunnel {"VpnConnectionId":"$vpn","OutsideIpAddress":"$one","PendingMaintenance":true}
! UnsupportedOperation
# Turned on without a new endpoint, the connection stays up; anything else needs one.
> ec2 ModifyVpnTunnelOptions {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one","TunnelOptions":{"StartupAction":"start","EnableTunnelLifecycleControl":true},"SkipTunnelReplacement":true}
! InvalidParameterCombination
> ec2 ModifyVpnTunnelOptions {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one","TunnelOptions":{"EnableTunnelLifecycleControl":true},"SkipTunnelReplacement":true}
= VpnConnection.State: available
= VpnConnection.Options.TunnelOptions[0].EnableTunnelLifecycleControl: true
> ec2 ReplaceVpnTunnel {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one","ApplyPendingMaintenance":true}
! IncorrectState: No maintenance of the endpoint of this tunnel is pending.
> ec2 ReplaceVpnTunnel {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one"}
= Return: true
> ec2 ReplaceVpnTunnel {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one"}
! IncorrectState
> ec2 DescribeVpnConnections {"VpnConnectionIds":["$vpn"]}
= VpnConnections[0].VgwTelemetry[0].Status: DOWN
= VpnConnections[0].VgwTelemetry[1].Status: UP
> ec2 GetActiveVpnTunnelStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one"}
= ActiveVpnTunnelStatus.ProvisioningStatus: pending
> ec2 GetActiveVpnTunnelStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$two"}
= ActiveVpnTunnelStatus.ProvisioningStatus: available
advance 180
> ec2 DescribeVpnConnections {"VpnConnectionIds":["$vpn"]}
= VpnConnections[0].VgwTelemetry[0].Status: UP
> ec2 GetVpnTunnelReplacementStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one"}
= MaintenanceDetails.PendingMaintenance: -
= MaintenanceDetails.LastMaintenanceApplied: -
> stratus SetVpnTunnel {"VpnConnectionId":"$vpn","OutsideIpAddress":"$one","PendingMaintenance":true}
> ec2 GetVpnTunnelReplacementStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one"}
= MaintenanceDetails.PendingMaintenance: available
= MaintenanceDetails.MaintenanceAutoAppliedAfter: 2025-03-17T09:08:00Z
> ec2 ReplaceVpnTunnel {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one","ApplyPendingMaintenance":true}
> ec2 GetVpnTunnelReplacementStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one"}
= MaintenanceDetails.PendingMaintenance: -
= MaintenanceDetails.LastMaintenanceApplied: 2025-03-03T09:08:00Z
advance 180
# Nobody accepts it: two weeks later it is applied all the same.
> stratus SetVpnTunnel {"VpnConnectionId":"$vpn","OutsideIpAddress":"$one","PendingMaintenance":true}
advance 1209599
> ec2 GetVpnTunnelReplacementStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one"}
= MaintenanceDetails.PendingMaintenance: available
advance 1
event the endpoint of tunnel 1 is replaced, with pending maintenance: it is down meanwhile
> ec2 GetVpnTunnelReplacementStatus {"VpnConnectionId":"$vpn","VpnTunnelOutsideIpAddress":"$one"}
= MaintenanceDetails.PendingMaintenance: -
