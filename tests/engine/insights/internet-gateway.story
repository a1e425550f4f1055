== From an internet gateway to an instance: the group refuses, then lets pass
# https://docs.aws.amazon.com/vpc/latest/reachability/getting-started-cli.html
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"web","Description":"web servers"}
save group = GroupId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SecurityGroupIds":["$group"]}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save private = Instances[0].PrivateIpAddress
advance 300
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$web","Protocol":"tcp","DestinationPort":8080,"ClientToken":"once","TagSpecifications":[{"ResourceType":"network-insights-path","Tags":[{"Key":"Name","Value":"in"}]}]}
save path = NetworkInsightsPath.NetworkInsightsPathId
= NetworkInsightsPath.NetworkInsightsPathArn: arn:aws:ec2:us-east-1:123456789012:network-insights-path/$path
= NetworkInsightsPath.SourceArn: arn:aws:ec2:us-east-1:123456789012:internet-gateway/$igw
= NetworkInsightsPath.Destination: $web
= NetworkInsightsPath.Protocol: tcp
= NetworkInsightsPath.DestinationPort: 8080
= NetworkInsightsPath.Tags: [{"Key":"Name","Value":"in"}]
# The same token makes no other path.
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$web","Protocol":"tcp","DestinationPort":8080,"ClientToken":"once","TagSpecifications":[{"ResourceType":"network-insights-path","Tags":[{"Key":"Name","Value":"in"}]}]}
= NetworkInsightsPath.NetworkInsightsPathId: $path
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"a"}
save one = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
= NetworkInsightsAnalysis.Status: running
= NetworkInsightsAnalysis.NetworkPathFound: -
advance 60
event running → succeeded
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$one"]}
= NetworkInsightsAnalyses[0].Status: succeeded
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations#: 1
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: *SG_*
= NetworkInsightsAnalyses[0].Explanations[0].Direction: ingress
= NetworkInsightsAnalyses[0].Explanations[0].NetworkInterface.Id: $eni
= NetworkInsightsAnalyses[0].Explanations[0].SecurityGroups[0].Id: $group
= NetworkInsightsAnalyses[0].Explanations[0].Vpc.Id: $vpc
# Nothing listens on 8080: the analyzer sends no packet, and does not know.
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"CidrIp":"0.0.0.0/0"}
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"b"}
save two = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$two"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].SequenceNumber: 1
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $igw
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].InboundHeader.DestinationAddresses: ["$public/32"]
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].InboundHeader.DestinationPortRanges: [{"From":8080,"To":8080}]
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].InboundHeader.Protocol: 6
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].InboundHeader.SourceAddresses[1]: 100.0.0.0/10
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].InboundHeader.SourcePortRanges: [{"From":0,"To":65535}]
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].OutboundHeader: {"DestinationAddresses":["$private/32"]}
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Vpc.Id: $vpc
= NetworkInsightsAnalyses[0].ForwardPathComponents[1].AclRule.RuleNumber: 100
= NetworkInsightsAnalyses[0].ForwardPathComponents[1].AclRule.Egress: false
= NetworkInsightsAnalyses[0].ForwardPathComponents[2].Component.Id: $group
= NetworkInsightsAnalyses[0].ForwardPathComponents[2].SecurityGroupRule: {"Cidr":"0.0.0.0/0","Direction":"ingress","PortRange":{"From":8080,"To":8080},"Protocol":"tcp"}
= NetworkInsightsAnalyses[0].ForwardPathComponents[3].AttachedTo.Id: $web
= NetworkInsightsAnalyses[0].ForwardPathComponents[3].Component.Id: $eni
= NetworkInsightsAnalyses[0].ForwardPathComponents[3].InboundHeader: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[3].Vpc.Id: $vpc
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].Component.Id: $web
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].InboundHeader.DestinationAddresses: ["$private/32"]
= NetworkInsightsAnalyses[0].ForwardPathComponents[5]: -
# And back: the group remembers, the route leads out, the gateway gives the public address again.
= NetworkInsightsAnalyses[0].ReturnPathComponents[0].Component.Id: $web
= NetworkInsightsAnalyses[0].ReturnPathComponents[0].OutboundHeader.SourceAddresses: ["$private/32"]
= NetworkInsightsAnalyses[0].ReturnPathComponents[0].OutboundHeader.SourcePortRanges: [{"From":8080,"To":8080}]
= NetworkInsightsAnalyses[0].ReturnPathComponents[0].OutboundHeader.DestinationPortRanges: [{"From":0,"To":65535}]
= NetworkInsightsAnalyses[0].ReturnPathComponents[1].Component.Id: $eni
= NetworkInsightsAnalyses[0].ReturnPathComponents[2].Component.Id: $group
= NetworkInsightsAnalyses[0].ReturnPathComponents[2].SecurityGroupRule: -
= NetworkInsightsAnalyses[0].ReturnPathComponents[3].RouteTableRoute: {"DestinationCidr":"0.0.0.0/0","GatewayId":"$igw","Origin":"createroute","State":"active"}
= NetworkInsightsAnalyses[0].ReturnPathComponents[4].AclRule.Egress: true
= NetworkInsightsAnalyses[0].ReturnPathComponents[5].Component.Id: $igw
= NetworkInsightsAnalyses[0].ReturnPathComponents[5].InboundHeader: -
= NetworkInsightsAnalyses[0].ReturnPathComponents[5].OutboundHeader.SourceAddresses: ["$public/32"]
= NetworkInsightsAnalyses[0].ReturnPathComponents[5].OutboundHeader.DestinationAddresses[1]: 100.0.0.0/10
# What was found then stays; the first analysis still says no.
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsPathId":"$path","Filters":[{"Name":"path-found","Values":["false"]}]}
= NetworkInsightsAnalyses#: 1
= NetworkInsightsAnalyses[0].NetworkInsightsAnalysisId: $one
> ec2 DescribeNetworkInsightsAnalyses {"MaxResults":1}
= NetworkInsightsAnalyses#: 1
save next = NextToken
> ec2 DescribeNetworkInsightsAnalyses {"MaxResults":1,"NextToken":"$next"}
= NetworkInsightsAnalyses[0].NetworkInsightsAnalysisId: $two
# A path that must not go through the group is none.
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","FilterOutArns":["arn:aws:ec2:us-east-1:123456789012:security-group/$group"],"ClientToken":"c"}
save three = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$three"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: COMPONENT_FILTER_RESTRICTION_REMOVED_COMPONENT
# A path goes after its analyses.
> ec2 DeleteNetworkInsightsPath {"NetworkInsightsPathId":"$path"}
! AnalysisExistsForNetworkInsightsPath
> ec2 DeleteNetworkInsightsAnalysis {"NetworkInsightsAnalysisId":"$one"}
= NetworkInsightsAnalysisId: $one
> ec2 DeleteNetworkInsightsAnalysis {"NetworkInsightsAnalysisId":"$two"}
> ec2 DeleteNetworkInsightsAnalysis {"NetworkInsightsAnalysisId":"$three"}
> ec2 DeleteNetworkInsightsPath {"NetworkInsightsPathId":"$path"}
= NetworkInsightsPathId: $path
> ec2 DescribeNetworkInsightsPaths {"NetworkInsightsPathIds":["$path"]}
! InvalidNetworkInsightsPathId.NotFound

== What is kept, and what goes: analyses go by themselves after 120 days, a path whose end is gone stays
# https://docs.aws.amazon.com/vpc/latest/reachability/getting-started-cli.html
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$eni","Protocol":"tcp","ClientToken":"p"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"a"}
advance 60
> ec2 DescribeNetworkInsightsAnalyses {}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: NO_SOURCE_OR_DESTINATION
= NetworkInsightsAnalyses[0].Explanations[0].MissingComponent: $eni
advance 10368000
event deleted
> ec2 DescribeNetworkInsightsAnalyses {}
= NetworkInsightsAnalyses#: 0
> ec2 DescribeNetworkInsightsPaths {}
= NetworkInsightsPaths#: 1

== From an instance to the Internet, with no port named
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1}
save web = Instances[0].InstanceId
advance 300
> ec2 CreateNetworkInsightsPath {"Source":"arn:aws:ec2:us-east-1:123456789012:instance/$web","Destination":"$igw","Protocol":"udp","ClientToken":"p"}
save path = NetworkInsightsPath.NetworkInsightsPathId
= NetworkInsightsPath.Source: $web
= NetworkInsightsPath.DestinationPort: -
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"a"}
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsPathId":"$path"}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $web
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].OutboundHeader.Protocol: 17
= NetworkInsightsAnalyses[0].ForwardPathComponents[1].OutboundHeader: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[2].SecurityGroupRule.Direction: egress
= NetworkInsightsAnalyses[0].ForwardPathComponents[3].RouteTableRoute.DestinationCidr: 0.0.0.0/0
= NetworkInsightsAnalyses[0].ForwardPathComponents[3].RouteTableRoute.GatewayId: $igw
= NetworkInsightsAnalyses[0].ForwardPathComponents[5].Component.Id: $igw
= NetworkInsightsAnalyses[0].ForwardPathComponents[6]: -
# A stopped instance sends nothing.
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"b"}
save second = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$second"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: BAD_STATE
= NetworkInsightsAnalyses[0].Explanations[0].Component.Id: $web
= NetworkInsightsAnalyses[0].Explanations[0].State: stopped

== What is asked wrongly
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInsightsPath.html
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Protocol":"tcp","DestinationIp":"10.0.0.1","ClientToken":"a"}
! MissingParameter: The request must include either the Destination parameter or the FilterAtSource.DestinationAddress parameter.
> ec2 CreateNetworkInsightsPath {"Source":"$vpc","Destination":"$igw","Protocol":"tcp","ClientToken":"a"}
! InvalidParameterValue
> ec2 CreateNetworkInsightsPath {"Source":"i-0123456789abcdef0","Destination":"$igw","Protocol":"tcp","ClientToken":"a"}
! InvalidInstanceID.NotFound
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$igw","Protocol":"icmp","ClientToken":"a"}
! InvalidParameterValue
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$igw","Protocol":"tcp","DestinationPort":22,"FilterAtSource":{"DestinationPortRange":{"FromPort":22,"ToPort":22}},"ClientToken":"a"}
! InvalidParameterCombination
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$igw","Protocol":"tcp","ClientToken":"a","DryRun":true}
! DryRunOperation
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"nip-0123456789abcdef0","ClientToken":"a"}
! InvalidNetworkInsightsPathId.NotFound
> ec2 DeleteNetworkInsightsAnalysis {"NetworkInsightsAnalysisId":"nia-0123456789abcdef0"}
! InvalidNetworkInsightsAnalysisId.NotFound
> ec2 DescribeNetworkInsightsPaths {"Filters":[{"Name":"color","Values":["blue"]}]}
! InvalidParameterValue
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsPathId":"nip-0123456789abcdef0"}
! InvalidNetworkInsightsPathId.NotFound
