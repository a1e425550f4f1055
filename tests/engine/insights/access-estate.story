== The four scopes that Amazon makes, over one estate
# https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/getting-started.html: All-IGW-Ingress, AWS-IGW-Egress, AWS-VPC-Ingress, AWS-VPC-Egress
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save a = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.2.0.0/16"}
save b = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.3.0.0/16"}
save c = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$a","CidrBlock":"10.1.0.0/24","AvailabilityZone":"us-east-1a"}
save public = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$a","CidrBlock":"10.1.1.0/24","AvailabilityZone":"us-east-1a"}
save private = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$b","CidrBlock":"10.2.0.0/24","AvailabilityZone":"us-east-1a"}
save bsubnet = Subnet.SubnetId
> ec2 CreateSubnet {"VpcId":"$c","CidrBlock":"10.3.0.0/24","AvailabilityZone":"us-east-1a"}
save csubnet = Subnet.SubnetId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$a"}
> ec2 CreateRouteTable {"VpcId":"$a"}
save way_out = RouteTable.RouteTableId
> ec2 AssociateRouteTable {"RouteTableId":"$way_out","SubnetId":"$public"}
> ec2 CreateRoute {"RouteTableId":"$way_out","DestinationCidrBlock":"0.0.0.0/0","GatewayId":"$igw"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$a"]},{"Name":"association.main","Values":["true"]}]}
save inner = RouteTables[0].RouteTableId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$b"]}]}
save btable = RouteTables[0].RouteTableId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$c"]}]}
save ctable = RouteTables[0].RouteTableId
> ec2 CreateSecurityGroup {"VpcId":"$a","GroupName":"web","Description":"web"}
save web_group = GroupId
> ec2 CreateSecurityGroup {"VpcId":"$a","GroupName":"app","Description":"app"}
save app_group = GroupId
> ec2 CreateSecurityGroup {"VpcId":"$a","GroupName":"door","Description":"the endpoint"}
save door_group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$web_group","IpProtocol":"tcp","FromPort":443,"ToPort":443,"CidrIp":"0.0.0.0/0"}
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$app_group","IpPermissions":[{"IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"UserIdGroupPairs":[{"GroupId":"$web_group"}]},{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"192.168.0.0/16"}]},{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"IpRanges":[{"CidrIp":"10.2.0.0/16"}]},{"IpProtocol":"tcp","FromPort":9000,"ToPort":9000,"IpRanges":[{"CidrIp":"10.3.0.0/16"}]}]}
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$door_group","IpProtocol":"tcp","FromPort":443,"ToPort":443,"CidrIp":"10.1.0.0/16"}
# A NAT gateway, a peering connection, a transit gateway, a VPN, and two endpoints.
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateNatGateway {"SubnetId":"$public","AllocationId":"$eip"}
save nat = NatGateway.NatGatewayId
> ec2 CreateVpcPeeringConnection {"VpcId":"$a","PeerVpcId":"$b"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
> ec2 CreateTransitGateway {}
save tgw = TransitGateway.TransitGatewayId
> ec2 CreateCustomerGateway {"Type":"ipsec.1","IpAddress":"198.51.100.9"}
save cgw = CustomerGateway.CustomerGatewayId
> ec2 CreateVpnGateway {"Type":"ipsec.1"}
save vgw = VpnGateway.VpnGatewayId
> ec2 AttachVpnGateway {"VpnGatewayId":"$vgw","VpcId":"$a"}
> ec2 CreateVpnConnection {"Type":"ipsec.1","CustomerGatewayId":"$cgw","VpnGatewayId":"$vgw","Options":{"StaticRoutesOnly":true}}
save vpn = VpnConnection.VpnConnectionId
> ec2 CreateVpnConnectionRoute {"VpnConnectionId":"$vpn","DestinationCidrBlock":"192.168.0.0/16"}
> ec2 CreateVpcEndpoint {"VpcId":"$a","ServiceName":"com.amazonaws.us-east-1.s3","RouteTableIds":["$inner"]}
save s3 = VpcEndpoint.VpcEndpointId
> ec2 CreateVpcEndpoint {"VpcId":"$a","VpcEndpointType":"Interface","ServiceName":"com.amazonaws.us-east-1.ssm","SubnetIds":["$private"],"SecurityGroupIds":["$door_group"],"PrivateDnsEnabled":false}
save ssm = VpcEndpoint.VpcEndpointId
advance 600
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$a","SubnetIds":["$private"]}
save attach_a = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$c","SubnetIds":["$csubnet"]}
save attach_c = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
advance 120
> ec2 EnableVgwRoutePropagation {"RouteTableId":"$inner","GatewayId":"$vgw"}
> ec2 CreateRoute {"RouteTableId":"$inner","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"$nat"}
> ec2 CreateRoute {"RouteTableId":"$inner","DestinationCidrBlock":"10.2.0.0/16","VpcPeeringConnectionId":"$pcx"}
> ec2 CreateRoute {"RouteTableId":"$inner","DestinationCidrBlock":"10.3.0.0/16","TransitGatewayId":"$tgw"}
> ec2 CreateRoute {"RouteTableId":"$btable","DestinationCidrBlock":"10.1.0.0/16","VpcPeeringConnectionId":"$pcx"}
> ec2 CreateRoute {"RouteTableId":"$ctable","DestinationCidrBlock":"10.1.0.0/16","TransitGatewayId":"$tgw"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$public","Groups":["$web_group"],"AssociatePublicIpAddress":true}]}
save web = Instances[0].InstanceId
save web_eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$private","SecurityGroupIds":["$app_group"]}
save app = Instances[0].InstanceId
save app_eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save app_address = Instances[0].PrivateIpAddress
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$bsubnet"}
save peer = Instances[0].InstanceId
save peer_eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save peer_address = Instances[0].PrivateIpAddress
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$csubnet"}
save spoke = Instances[0].InstanceId
save spoke_eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save spoke_address = Instances[0].PrivateIpAddress
advance 300
# Inbound paths from internet gateways to network interfaces.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"all-igw-ingress","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NetworkInterface"]}}}],"TagSpecifications":[{"ResourceType":"network-insights-access-scope","Tags":[{"Key":"Name","Value":"All-IGW-Ingress (Amazon created)"}]}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"all-igw-ingress"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].Component.Id: $igw
= AnalysisFindings[0].FindingComponents[2].Component.Id: $web_group
= AnalysisFindings[0].FindingComponents[3].Component.Id: $web_eni
= AnalysisFindings[0].FindingComponents[0].InboundHeader.DestinationPortRanges: [{"From":443,"To":443}]
# Outbound paths from network interfaces to internet gateways: straight, and through the NAT gateway; TCP and UDP each.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"aws-igw-egress","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NetworkInterface"]}},"Destination":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}],"TagSpecifications":[{"ResourceType":"network-insights-access-scope","Tags":[{"Key":"Name","Value":"AWS-IGW-Egress (Amazon created)"}]}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"aws-igw-egress"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 4
# Inbound paths into VPCs from all gateways. A finding is a path that a packet can take: whether the answer finds back is not asked.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"aws-vpc-ingress","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway","AWS::EC2::VPCPeeringConnection","AWS::EC2::VPNGateway","AWS::EC2::TransitGatewayAttachment","AWS::EC2::VPCEndpointService"]}},"Destination":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NetworkInterface"]}}}],"TagSpecifications":[{"ResourceType":"network-insights-access-scope","Tags":[{"Key":"Name","Value":"AWS-VPC-Ingress (Amazon created)"}]}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"aws-vpc-ingress"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 7
# Outbound paths from VPCs to all gateways.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"aws-vpc-egress","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NetworkInterface"]}},"Destination":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway","AWS::EC2::VPCPeeringConnection","AWS::EC2::VPNGateway","AWS::EC2::TransitGatewayAttachment","AWS::EC2::VPCEndpoint"]}}}],"TagSpecifications":[{"ResourceType":"network-insights-access-scope","Tags":[{"Key":"Name","Value":"AWS-VPC-Egress (Amazon created)"}]}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"aws-vpc-egress"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 17
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeAnalysisIds":["$found"]}
= NetworkInsightsAccessScopeAnalyses[0].AnalyzedEniCount: 8
meter $found AnalysedInterfaces: 8 × *
> ec2 DescribeNetworkInsightsAccessScopes {"Filters":[{"Name":"tag:Name","Values":["*(Amazon created)"]}]}
= NetworkInsightsAccessScopes#: 4
# Every way out must go through the NAT gateway: what does not?
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"no-nat","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NetworkInterface"]}},"Destination":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}],"ExcludePaths":[{"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NatGateway"]}}]}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"no-nat"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 2
= AnalysisFindings[0].FindingComponents[0].Component.Id: $web_eni
= AnalysisFindings[1].FindingComponents[0].Component.Id: $web_eni
# And what does?
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"nat","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NetworkInterface"]}},"Destination":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"ThroughResources":[{"ResourceStatement":{"Resources":["$nat"]}}]}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"nat"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 2
= AnalysisFindings[0].FindingComponents[0].Component.Id: $app_eni
= AnalysisFindings[0].FindingComponents[0].OutboundHeader.Protocol: 6
= AnalysisFindings[1].FindingComponents[0].OutboundHeader.Protocol: 17
= AnalysisFindings[0].FindingComponents[0].OutboundHeader.SourceAddresses: ["$app_address/32"]
= AnalysisFindings[0].FindingComponents[0].OutboundHeader.DestinationPortRanges: [{"From":0,"To":65535}]
# Segmentation: nothing of B should get into A.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"segments","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$b"]}},"Destination":{"ResourceStatement":{"Resources":["$a"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"segments"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 2
= AnalysisFindings[0].FindingComponents[0].Component.Id: $peer_eni
# B and A by their subnet, group, interface, instance and ARN.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"by-ids","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$bsubnet"]}},"Destination":{"ResourceStatement":{"Resources":["$app_group"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"by-ids"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].Component.Id: $peer_eni
= AnalysisFindings[0].FindingComponents[0].OutboundHeader.DestinationPortRanges: [{"From":5432,"To":5432}]
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"by-arn","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["arn:aws:ec2:us-east-1:123456789012:instance/$peer"]}},"Destination":{"ResourceStatement":{"Resources":["$app_eni"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"by-arn"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
# From the peering connection on; through it; the other way round there is nothing.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"from-pcx","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$pcx"]}},"Destination":{"ResourceStatement":{"Resources":["$app"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"from-pcx"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].Component.Id: $pcx
= AnalysisFindings[0].FindingComponents[0].InboundHeader.SourceAddresses: ["$peer_address/32"]
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"through-pcx","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$b"]}},"Destination":{"ResourceStatement":{"Resources":["$app"]}},"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::EC2::VPCPeeringConnection"]}}]}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"through-pcx"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"back","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$app"]}},"Destination":{"ResourceStatement":{"Resources":["$b"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"back"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 0
# By the transit gateway, at either attachment; by the VPN.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"from-attachment","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$attach_c"]}},"Destination":{"ResourceStatement":{"Resources":["$app"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"from-attachment"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"to-attachment","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$spoke"]}},"Destination":{"ResourceStatement":{"Resources":["$attach_a"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"to-attachment"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 2
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"from-vpn","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$vgw"]}},"Destination":{"ResourceStatement":{"Resources":["$app"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"from-vpn"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].Component.Id: $vgw
= AnalysisFindings[0].FindingComponents[0].InboundHeader.SourceAddresses: ["192.168.0.0/16"]
= AnalysisFindings[0].FindingComponents[0].InboundHeader.DestinationPortRanges: [{"From":22,"To":22}]
# To the endpoints.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"to-ssm","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["$app"]}},"Destination":{"ResourceStatement":{"Resources":["$ssm"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"to-ssm"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].OutboundHeader.DestinationPortRanges: [{"From":443,"To":443}]
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"to-s3","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NetworkInterface"]}},"Destination":{"ResourceStatement":{"Resources":["$s3"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"to-s3"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].Component.Id: $app_eni
# By prefix list, at the destination.
> ec2 CreateManagedPrefixList {"PrefixListName":"partners","AddressFamily":"IPv4","MaxEntries":5,"Entries":[{"Cidr":"10.2.0.0/16"}]}
save list = PrefixList.PrefixListId
advance 60
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"by-list","MatchPaths":[{"Source":{"PacketHeaderStatement":{"SourcePrefixLists":["$list"],"Protocols":["tcp"]}},"Destination":{"ResourceStatement":{"Resources":["$web","$app"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"by-list"}
save found = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$found"}
= AnalysisFindings#: 2
= AnalysisFindings[0].FindingComponents[0].Component.Id: $peer_eni
= AnalysisFindings[1].FindingComponents[0].Component.Id: $peer_eni
# A thing that went away: the analysis of its scope fails.
> ec2 DeleteRoute {"RouteTableId":"$inner","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 DeleteNatGateway {"NatGatewayId":"$nat"}
advance 7200
> ec2 DescribeNetworkInsightsAccessScopes {}
save first_scope = NetworkInsightsAccessScopes[5].NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$first_scope","ClientToken":"late"}
save late = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeAnalysisIds":["$late"]}
= NetworkInsightsAccessScopeAnalyses[0].Status: failed
= NetworkInsightsAccessScopeAnalyses[0].StatusMessage: The request failed due to missing component $nat
