# https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/vpn/pricing/: hours begun are charged whole
== a NAT gateway and its address
> stratus SetTiming {"Name":"nat-gateway.pending","MinimumMillis":60000,"MaximumMillis":60000}
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$subnet","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
advance 60
meter $nat NatGateway: 1 ×  0s running
advance 300
bill $nat: 3,600 s (hours begun; 300 s passed) × $0.045/h ÷ 3600 = $0.0450
bill total: $0.045500000
advance 3300
bill $nat: 3,600 s × $0.045/h ÷ 3600 = $0.0450
advance 1
bill $nat: 7,200 s (hours begun; 3,601 s passed) × $0.045/h ÷ 3600 = $0.0900
bill hourly: $0.050000000
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
advance 3600
bill $nat: 7,200 s (hours begun; 3,601 s passed) × $0.045/h ÷ 3600 = $0.0900
bill hourly: $0.005000000

== a VPN connection
> stratus SetTiming {"Name":"vpn-connection.pending","MinimumMillis":180000,"MaximumMillis":180000}
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9"}
save cgw = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw"}
save vpn = VpnConnection.VpnConnectionId
= VpnConnection.GatewayAssociationState: not-associated
bill $vpn: nothing
advance 180
advance 7200
bill $vpn: 7,200 s × $0.05/h ÷ 3600 = $0.1000
> ec2 DeleteVpnConnection {"VpnConnectionId":"$vpn"}
advance 3600
bill $vpn: 7,200 s × $0.05/h ÷ 3600 = $0.1000
