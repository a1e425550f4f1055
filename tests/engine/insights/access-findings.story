== What is open to the Internet: the finding of AWS's guide
# https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-assess-impact-main.html: igw, acl, security group, interface
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"ssh","Description":"shells"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SecurityGroupIds":["$group"]}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save subnet = Instances[0].SubnetId
save private = Instances[0].PrivateIpAddress
# Another, whose group lets nobody in.
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
advance 300
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"s","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"a"}
save analysis = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeAnalysisIds":["$analysis"]}
= NetworkInsightsAccessScopeAnalyses[0].FindingsFound: true
= NetworkInsightsAccessScopeAnalyses[0].AnalyzedEniCount: 2
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$analysis"}
= AnalysisStatus: succeeded
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingId: AnalysisFinding-1
= AnalysisFindings[0].NetworkInsightsAccessScopeId: $scope
= AnalysisFindings[0].NetworkInsightsAccessScopeAnalysisId: $analysis
= AnalysisFindings[0].FindingComponents#: 4
= AnalysisFindings[0].FindingComponents[0].SequenceNumber: 1
= AnalysisFindings[0].FindingComponents[0].Component.Id: $igw
= AnalysisFindings[0].FindingComponents[0].Vpc.Id: $vpc
= AnalysisFindings[0].FindingComponents[0].InboundHeader.DestinationAddresses: ["$public/32"]
= AnalysisFindings[0].FindingComponents[0].InboundHeader.DestinationPortRanges: [{"From":22,"To":22}]
= AnalysisFindings[0].FindingComponents[0].InboundHeader.Protocol: 6
= AnalysisFindings[0].FindingComponents[0].InboundHeader.SourceAddresses[0]: 1.0.0.0/8
= AnalysisFindings[0].FindingComponents[0].InboundHeader.SourcePortRanges: [{"From":0,"To":65535}]
= AnalysisFindings[0].FindingComponents[0].OutboundHeader: {"DestinationAddresses":["$private/32"]}
= AnalysisFindings[0].FindingComponents[1].AclRule: {"Cidr":"0.0.0.0/0","Egress":false,"Protocol":"all","RuleAction":"allow","RuleNumber":100}
= AnalysisFindings[0].FindingComponents[2].Component.Id: $group
= AnalysisFindings[0].FindingComponents[2].SecurityGroupRule: {"Cidr":"0.0.0.0/0","Direction":"ingress","PortRange":{"From":22,"To":22},"Protocol":"tcp"}
= AnalysisFindings[0].FindingComponents[3].SequenceNumber: 4
= AnalysisFindings[0].FindingComponents[3].AttachedTo.Id: $web
= AnalysisFindings[0].FindingComponents[3].Component.Id: $eni
= AnalysisFindings[0].FindingComponents[3].InboundHeader.DestinationAddresses: ["$private/32"]
= AnalysisFindings[0].FindingComponents[3].Subnet.Id: $subnet
# $0.002 for each network interface.
meter $analysis AnalysedInterfaces: 2 × *
bill $analysis: 2 network interfaces × $0.002 = $0.00400
# Every rule is a finding of its own, with all ports that it lets pass; what nothing tells apart is one finding.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpPermissions":[{"IpProtocol":"tcp","FromPort":8000,"ToPort":8999,"IpRanges":[{"CidrIp":"198.51.100.0/24"}]},{"IpProtocol":"udp","FromPort":53,"ToPort":53,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"b"}
save second = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$second"}
= AnalysisFindings#: 3
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$second","MaxResults":1}
= AnalysisFindings#: 1
save next = NextToken
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$second","MaxResults":2,"NextToken":"$next"}
= AnalysisFindings#: 2
= AnalysisFindings[0].FindingId: AnalysisFinding-2
= NextToken: -
# A narrow scope: this port, from there.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"narrow","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"ResourceStatement":{"Resources":["$web"]},"PacketHeaderStatement":{"DestinationPorts":["8080"]}}}]}
save narrow = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$narrow","ClientToken":"c"}
save third = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$third"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].InboundHeader.SourceAddresses: ["198.51.100.0/24"]
= AnalysisFindings[0].FindingComponents[0].InboundHeader.DestinationPortRanges: [{"From":8080,"To":8080}]
= AnalysisFindings[0].FindingComponents[2].SecurityGroupRule.PortRange: {"From":8000,"To":8999}
# Trusted addresses are none of our business: nothing is left of port 8080.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"trusted","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"PacketHeaderStatement":{"DestinationPorts":["8080"]}}}],"ExcludePaths":[{"Source":{"PacketHeaderStatement":{"SourceAddresses":["198.51.0.0/16"]}}}]}
save trusted = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$trusted","ClientToken":"d"}
advance 180
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeId":"$trusted"}
= NetworkInsightsAccessScopeAnalyses[0].FindingsFound: false
# Half of them trusted: the other half is left, to the address.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"half","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"PacketHeaderStatement":{"DestinationPorts":["8080"]}}}],"ExcludePaths":[{"Source":{"PacketHeaderStatement":{"SourceAddresses":["198.51.100.0/25"]}}}]}
save half = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$half","ClientToken":"e"}
save fifth = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$fifth"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].InboundHeader.SourceAddresses: ["198.51.100.128/25"]
# What was found then stays.
> ec2 RevokeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$analysis"}
= AnalysisFindings#: 1
bill services: *Network Access Analyzer*

== A range of ports, asked for and left out: what lies inside is one thing, what lies outside another
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_PacketHeaderStatement.html
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"all","Description":"every port"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":0,"ToPort":65535,"CidrIp":"0.0.0.0/0"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SecurityGroupIds":["$group"]}
advance 300
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"in","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"PacketHeaderStatement":{"DestinationPorts":["22-80"]}}}]}
save inside = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"out","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}],"ExcludePaths":[{"Destination":{"PacketHeaderStatement":{"DestinationPorts":["22-80"]}}}]}
save outside = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$inside","ClientToken":"a"}
save first = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$outside","ClientToken":"b"}
save second = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$first"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].InboundHeader.DestinationPortRanges: [{"From":22,"To":80}]
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$second"}
= AnalysisFindings#: 1
= AnalysisFindings[0].FindingComponents[0].InboundHeader.DestinationPortRanges: [{"From":0,"To":21},{"From":81,"To":65535}]

== More parts of the Internet than are told apart: that nothing was found is no proof that there is nothing
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
> ec2 CreateManagedPrefixList {"PrefixListName":"many","AddressFamily":"IPv4","MaxEntries":70,"Entries":[{"Cidr":"198.51.0.0/24"},{"Cidr":"198.51.2.0/24"},{"Cidr":"198.51.4.0/24"},{"Cidr":"198.51.6.0/24"},{"Cidr":"198.51.8.0/24"},{"Cidr":"198.51.10.0/24"},{"Cidr":"198.51.12.0/24"},{"Cidr":"198.51.14.0/24"},{"Cidr":"198.51.16.0/24"},{"Cidr":"198.51.18.0/24"},{"Cidr":"198.51.20.0/24"},{"Cidr":"198.51.22.0/24"},{"Cidr":"198.51.24.0/24"},{"Cidr":"198.51.26.0/24"},{"Cidr":"198.51.28.0/24"},{"Cidr":"198.51.30.0/24"},{"Cidr":"198.51.32.0/24"},{"Cidr":"198.51.34.0/24"},{"Cidr":"198.51.36.0/24"},{"Cidr":"198.51.38.0/24"},{"Cidr":"198.51.40.0/24"},{"Cidr":"198.51.42.0/24"},{"Cidr":"198.51.44.0/24"},{"Cidr":"198.51.46.0/24"},{"Cidr":"198.51.48.0/24"},{"Cidr":"198.51.50.0/24"},{"Cidr":"198.51.52.0/24"},{"Cidr":"198.51.54.0/24"},{"Cidr":"198.51.56.0/24"},{"Cidr":"198.51.58.0/24"},{"Cidr":"198.51.60.0/24"},{"Cidr":"198.51.62.0/24"},{"Cidr":"198.51.64.0/24"},{"Cidr":"198.51.66.0/24"},{"Cidr":"198.51.68.0/24"},{"Cidr":"198.51.70.0/24"},{"Cidr":"198.51.72.0/24"},{"Cidr":"198.51.74.0/24"},{"Cidr":"198.51.76.0/24"},{"Cidr":"198.51.78.0/24"},{"Cidr":"198.51.80.0/24"},{"Cidr":"198.51.82.0/24"},{"Cidr":"198.51.84.0/24"},{"Cidr":"198.51.86.0/24"},{"Cidr":"198.51.88.0/24"},{"Cidr":"198.51.90.0/24"},{"Cidr":"198.51.92.0/24"},{"Cidr":"198.51.94.0/24"},{"Cidr":"198.51.96.0/24"},{"Cidr":"198.51.98.0/24"},{"Cidr":"198.51.100.0/24"},{"Cidr":"198.51.102.0/24"},{"Cidr":"198.51.104.0/24"},{"Cidr":"198.51.106.0/24"},{"Cidr":"198.51.108.0/24"},{"Cidr":"198.51.110.0/24"},{"Cidr":"198.51.112.0/24"},{"Cidr":"198.51.114.0/24"},{"Cidr":"198.51.116.0/24"},{"Cidr":"198.51.118.0/24"},{"Cidr":"198.51.120.0/24"},{"Cidr":"198.51.122.0/24"},{"Cidr":"198.51.124.0/24"},{"Cidr":"198.51.126.0/24"},{"Cidr":"198.51.128.0/24"},{"Cidr":"198.51.130.0/24"},{"Cidr":"198.51.132.0/24"},{"Cidr":"198.51.134.0/24"},{"Cidr":"198.51.136.0/24"},{"Cidr":"198.51.138.0/24"}]}
advance 300
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"s","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"a"}
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$web","Protocol":"tcp","DestinationPort":22,"ClientToken":"p"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"a"}
advance 180
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeId":"$scope"}
= NetworkInsightsAccessScopeAnalyses[0].Status: succeeded
= NetworkInsightsAccessScopeAnalyses[0].FindingsFound: unknown
= NetworkInsightsAccessScopeAnalyses[0].WarningMessage: Not all of the network was analyzed*
> ec2 DescribeNetworkInsightsAnalyses {}
= NetworkInsightsAnalyses[0].Status: failed
= NetworkInsightsAnalyses[0].NetworkPathFound: -
= NetworkInsightsAnalyses[0].StatusMessage: *Name the port, or an address.
# With the address named the answer is definite again.
> ec2 CreateNetworkInsightsPath {"Source":"$igw","SourceIp":"203.0.113.25","Destination":"$web","Protocol":"tcp","DestinationPort":22,"ClientToken":"q"}
save definite = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$definite","ClientToken":"b"}
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsPathId":"$definite"}
= NetworkInsightsAnalyses[0].Status: succeeded
= NetworkInsightsAnalyses[0].NetworkPathFound: false
