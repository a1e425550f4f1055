== Paths that begin or end at a gateway, a connection, an attachment or an endpoint
# https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html: source and destination resources
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
# The VPN.
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"vgw-app","Source":"$vgw","Destination":"$app","DestinationPort":22}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"vgw-app"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $vgw
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].InboundHeader.SourcePortRanges: [{"From":0,"To":65535}]
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"vgw-app-80","Source":"$vgw","Destination":"$app","DestinationPort":80}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"vgw-app-80"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ENI_SG_RULES_MISMATCH
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"app-vgw","Source":"$app","Destination":"$vgw","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"app-vgw"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $app
= NetworkInsightsAnalyses[0].ForwardPathComponents[5].Component.Id: $vgw
= NetworkInsightsAnalyses[0].ForwardPathComponents[6]: -
# Each analysis costs ten cents.
bill $analysis: 1 analysis × $0.10 = $0.1000
meter $analysis PathAnalysis: 1 × *
# The peering connection.
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"pcx-app","Source":"$pcx","Destination":"$app","DestinationPort":5432}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"pcx-app"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $pcx
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"app-pcx","Source":"$app_eni","Destination":"$pcx","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"app-pcx"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $app_eni
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].Component.Id: $pcx
= NetworkInsightsAnalyses[0].ForwardPathComponents[5]: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].SourceVpc.Id: $a
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].DestinationVpc.Id: $b
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"web-pcx","Source":"$web","Destination":"$pcx","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"web-pcx"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: NO_ROUTE_TO_DESTINATION
= NetworkInsightsAnalyses[0].Explanations[0].RouteTable.Id: $way_out
= NetworkInsightsAnalyses[0].Explanations[0].Destination.Id: $pcx
# The transit gateway, and its attachments.
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"tgw-app","Source":"$tgw","Destination":"$app","DestinationPort":9000}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"tgw-app"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].TransitGateway.Id: $tgw
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].TransitGatewayRouteTableRoute.AttachmentId: $attach_a
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].TransitGatewayRouteTableRoute.ResourceType: vpc
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"attach-app","Source":"$attach_c","Destination":"$app","DestinationPort":9000}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"attach-app"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"attach-app-80","Source":"$attach_c","Destination":"$app","DestinationPort":80}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"attach-app-80"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ENI_SG_RULES_MISMATCH
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"app-tgw","Source":"$app","Destination":"$tgw","DestinationPort":80}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"app-tgw"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $app
# The endpoints.
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"app-ssm","Source":"$app","Destination":"$ssm","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"app-ssm"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $app
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"app-ssm-80","Source":"$app","Destination":"$ssm","DestinationPort":80}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"app-ssm-80"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ENI_SG_RULES_MISMATCH
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"app-s3","Source":"$app","Destination":"$s3","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"app-s3"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $app
= NetworkInsightsAnalyses[0].ForwardPathComponents[5].Component.Id: $s3
= NetworkInsightsAnalyses[0].ForwardPathComponents[6]: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[5].ServiceName: com.amazonaws.us-east-1.s3
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"web-s3","Source":"$web","Destination":"$s3","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"web-s3"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: NO_ROUTE_TO_DESTINATION
= NetworkInsightsAnalyses[0].Explanations[0].Destination.Id: $s3
> ec2 CreateNetworkInsightsPath {"Protocol":"udp","ClientToken":"udp-s3","Source":"$app","Destination":"$s3","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"udp-s3"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: VPCE_GATEWAY_PROTOCOL_RESTRICTION
= NetworkInsightsAnalyses[0].Explanations[0].VpcEndpoint.Id: $s3
# Through a NAT gateway: it gives the packet its own address, and a port of its own.
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"app-igw","Source":"$app","Destination":"$igw","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"app-igw"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $app
= NetworkInsightsAnalyses[0].ForwardPathComponents[6].Component.Id: $nat
= NetworkInsightsAnalyses[0].ForwardPathComponents[6].OutboundHeader.SourcePortRanges: [{"From":1024,"To":65535}]
# A way that must, and one that must not, lead by the NAT gateway.
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"in","FilterInArns":["arn:aws:ec2:us-east-1:123456789012:natgateway/$nat"]}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
= NetworkInsightsAnalysis.FilterInArns: ["arn:aws:ec2:us-east-1:123456789012:natgateway/$nat"]
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"in-other","FilterInArns":["arn:aws:ec2:us-east-1:123456789012:vpc-peering-connection/$pcx"]}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: COMPONENT_FILTER_RESTRICTION
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"out","FilterOutArns":["arn:aws:ec2:us-east-1:123456789012:natgateway/$nat"]}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: COMPONENT_FILTER_RESTRICTION_REMOVED_COMPONENT
# Filters on the header at either end. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PathRequestFilter.html
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f1","Source":"$peer","Destination":"$app","FilterAtSource":{"DestinationPortRange":{"FromPort":5000,"ToPort":6000},"SourceAddress":"$peer_address"},"FilterAtDestination":{"DestinationAddress":"$app_address"}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f1"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $peer
> ec2 DescribeNetworkInsightsPaths {"NetworkInsightsPathIds":["$path"]}
= NetworkInsightsPaths[0].FilterAtSource: {"DestinationPortRange":{"FromPort":5000,"ToPort":6000},"SourceAddress":"$peer_address"}
= NetworkInsightsPaths[0].FilterAtDestination: {"DestinationAddress":"$app_address"}
> ec2 DescribeNetworkInsightsPaths {"Filters":[{"Name":"filter-at-source.source-address","Values":["$peer_address"]}]}
= NetworkInsightsPaths#: 1
> ec2 DescribeNetworkInsightsPaths {"Filters":[{"Name":"filter-at-source.destination-port-range","Values":["5000-6000"]}]}
= NetworkInsightsPaths#: 1
> ec2 DescribeNetworkInsightsPaths {"Filters":[{"Name":"filter-at-destination.destination-address","Values":["10.9.9.9"]}]}
= NetworkInsightsPaths#: 0
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f2","Source":"$peer","Destination":"$app","FilterAtSource":{"DestinationPortRange":{"FromPort":5432,"ToPort":5432},"SourceAddress":"10.2.0.99"}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f2"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_SOURCE_SOURCE_ADDRESS
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f3","Source":"$peer","Destination":"$app","DestinationPort":5432,"FilterAtDestination":{"SourceAddress":"10.9.9.9"}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f3"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_DESTINATION_SOURCE_ADDRESS
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f4","Source":"$peer","Destination":"$app","DestinationPort":5432,"FilterAtDestination":{"DestinationAddress":"10.1.1.99"}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f4"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_DESTINATION_DESTINATION_ADDRESS
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f5","Source":"$peer","Destination":"$app","DestinationPort":5432,"FilterAtDestination":{"DestinationPortRange":{"FromPort":80,"ToPort":90}}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f5"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_DESTINATION_DESTINATION_PORT_RANGE
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f6","Source":"$peer","Destination":"$app","DestinationPort":5432,"FilterAtDestination":{"SourcePortRange":{"FromPort":1,"ToPort":1}}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f6"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
# An address in place of a destination: the filter at the source says where to.
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f7","Source":"$peer","FilterAtSource":{"DestinationAddress":"$app_address","DestinationPortRange":{"FromPort":5432,"ToPort":5432}}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f7"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $peer
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f8","Source":"$app","FilterAtSource":{"DestinationAddress":"198.51.100.77","DestinationPortRange":{"FromPort":443,"ToPort":443}}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f8"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $app
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"f9","Source":"$peer","FilterAtSource":{"DestinationAddress":"198.51.100.77","DestinationPortRange":{"FromPort":443,"ToPort":443}}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"f9"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 2
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: NO_ROUTE_TO_DESTINATION
= NetworkInsightsAnalyses[0].Explanations[1].ExplanationCode: IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
= NetworkInsightsAnalyses[0].Explanations[0].RouteTable.Id: $btable
= NetworkInsightsAnalyses[0].Explanations[0].Vpc.Id: $b
# An interface has its own addresses only; a path from or to the Internet has public ones.
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"g2","Source":"$peer","Destination":"$app","SourceIp":"10.2.0.250","DestinationPort":5432}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"g2"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ENI_ADDRESS_RESTRICTION
= NetworkInsightsAnalyses[0].Explanations[0].NetworkInterface.Id: $peer_eni
= NetworkInsightsAnalyses[0].Explanations[0].Address: 10.2.0.250
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"g3","Source":"$peer","Destination":"$app","DestinationIp":"10.1.1.250","DestinationPort":5432}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"g3"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ENI_ADDRESS_RESTRICTION
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"g4","Source":"$igw","Destination":"$web","SourceIp":"10.9.9.9","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"g4"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: IGW_EXPECTS_PUBLIC_ADDRESS
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"g5","Source":"$igw","Destination":"$web","SourceIp":"198.51.100.7","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"g5"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].InboundHeader.SourceAddresses: ["198.51.100.7/32"]
# From a machine to a machine by its public address is two paths: out of an internet gateway, and in.
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save web_public = Reservations[0].Instances[0].PublicIpAddress
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"g6","Source":"$app","Destination":"$web","FilterAtSource":{"DestinationAddress":"$web_public","DestinationPortRange":{"FromPort":443,"ToPort":443}}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"g6"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: IGW_NAT_REFLECTION
= NetworkInsightsAnalyses[0].Explanations[0].InternetGateway.Id: $igw
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"g8","Source":"$app","Destination":"$spoke","FilterAtSource":{"DestinationAddress":"$peer_address"}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"g8"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_SOURCE_DESTINATION_ADDRESS
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"g9","Source":"$app","Destination":"$igw","DestinationPort":443,"FilterAtDestination":{"SourcePortRange":{"FromPort":1,"ToPort":1023}}}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"g9"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_DESTINATION_SOURCE_PORT_RANGE
# Routes that are there, and are not taken: for another block, behind a more specific one, behind one that comes first.
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"h1","Source":"$app","Destination":"$pcx","DestinationIp":"10.3.0.9","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"h1"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: CANNOT_ROUTE
= NetworkInsightsAnalyses[0].Explanations[0].RouteTable.Id: $inner
= NetworkInsightsAnalyses[0].Explanations[0].RouteTableRoute: {"DestinationCidr":"10.2.0.0/16","Origin":"createroute","State":"active","VpcPeeringConnectionId":"$pcx"}
= NetworkInsightsAnalyses[0].Explanations[0].Address: 10.3.0.9
> ec2 CreateRoute {"RouteTableId":"$inner","DestinationCidrBlock":"192.168.0.0/16","TransitGatewayId":"$tgw"}
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"h2","Source":"$app","Destination":"$vgw","DestinationIp":"192.168.7.7","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"h2"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: HIGHER_PRIORITY_ROUTE
= NetworkInsightsAnalyses[0].Explanations[0].RouteTableRoute: {"DestinationCidr":"192.168.0.0/16","GatewayId":"$vgw","Origin":"enablevgwroutepropagation","State":"active"}
> ec2 DeleteRoute {"RouteTableId":"$inner","DestinationCidrBlock":"192.168.0.0/16"}
> ec2 CreateRoute {"RouteTableId":"$inner","DestinationCidrBlock":"192.168.7.0/24","VpcPeeringConnectionId":"$pcx"}
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"h3","Source":"$app","Destination":"$vgw","DestinationIp":"192.168.7.7","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"h3"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: MORE_SPECIFIC_ROUTE
= NetworkInsightsAnalyses[0].Explanations[0].RouteTableRoute.GatewayId: $vgw
# The same in the route table of the transit gateway.
> ec2 DescribeTransitGatewayRouteTables {}
save hub_table = TransitGatewayRouteTables[0].TransitGatewayRouteTableId
> ec2 CreateTransitGatewayVpcAttachment {"TransitGatewayId":"$tgw","VpcId":"$b","SubnetIds":["$bsubnet"]}
save attach_b = TransitGatewayVpcAttachment.TransitGatewayAttachmentId
> ec2 CreateRoute {"RouteTableId":"$ctable","DestinationCidrBlock":"10.2.0.0/16","TransitGatewayId":"$tgw"}
advance 120
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"h4","Source":"$spoke","Destination":"$attach_b","DestinationIp":"10.1.1.9","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"h4"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: TGW_RTB_CANNOT_ROUTE
= NetworkInsightsAnalyses[0].Explanations[0].TransitGatewayRouteTable.Id: $hub_table
= NetworkInsightsAnalyses[0].Explanations[0].TransitGatewayAttachment.Id: $attach_b
= NetworkInsightsAnalyses[0].Explanations[0].TransitGatewayRouteTableRoute.DestinationCidr: 10.2.0.0/16
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$hub_table","DestinationCidrBlock":"10.0.0.0/8","TransitGatewayAttachmentId":"$attach_b"}
advance 60
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"h5","Source":"$spoke","Destination":"$attach_b","DestinationIp":"10.1.1.9","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"h5"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: TGW_RTB_MORE_SPECIFIC_ROUTE
> ec2 CreateTransitGatewayRoute {"TransitGatewayRouteTableId":"$hub_table","DestinationCidrBlock":"10.2.0.0/16","TransitGatewayAttachmentId":"$attach_a"}
advance 60
> ec2 CreateNetworkInsightsPath {"Protocol":"tcp","ClientToken":"h6","Source":"$spoke","Destination":"$attach_b","DestinationIp":"10.2.0.9","DestinationPort":443}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"h6"}
save analysis = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$analysis"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: TGW_RTB_HIGHER_PRIORITY_ROUTE

== Paths across the accounts of an organization
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableReachabilityAnalyzerOrganizationSharing.html
> ec2 EnableReachabilityAnalyzerOrganizationSharing {}
! OperationNotPermitted: is not the management account

== An instance of EC2-Classic is no end: the Analyzer's networks are VPCs
# https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateVpc {"CidrBlock":"10.50.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"classic"}
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t1.micro","SecurityGroups":["web"]}
save seat = Instances[0].InstanceId
advance 120
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$seat","Protocol":"tcp","DestinationPort":22,"ClientToken":"a"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"b"}
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsPathId":"$path"}
= NetworkInsightsAnalyses[0].Status: succeeded
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: UNSUPPORTED_COMPONENT
= NetworkInsightsAnalyses[0].Explanations[0].Component.Id: $seat
