== A scope is made, shown, found again and deleted
# https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/getting-started-cli.html
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"one","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"PacketHeaderStatement":{"DestinationPorts":["22","3000-3999"],"Protocols":["tcp"],"SourceAddresses":["198.51.100.0/24","203.0.113.25"]}}}],"ExcludePaths":[{"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NatGateway"]}}]}],"TagSpecifications":[{"ResourceType":"network-insights-access-scope","Tags":[{"Key":"Name","Value":"ssh"}]}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
= NetworkInsightsAccessScope.NetworkInsightsAccessScopeId: nis-*
= NetworkInsightsAccessScope.NetworkInsightsAccessScopeArn: arn:aws:ec2:us-east-1:123456789012:network-insights-access-scope/$scope
= NetworkInsightsAccessScope.CreatedDate: 2025-03-03T09:00:00Z
= NetworkInsightsAccessScope.UpdatedDate: 2025-03-03T09:00:00Z
= NetworkInsightsAccessScope.Tags: [{"Key":"Name","Value":"ssh"}]
= NetworkInsightsAccessScopeContent.NetworkInsightsAccessScopeId: $scope
= NetworkInsightsAccessScopeContent.MatchPaths: [{"Destination":{"PacketHeaderStatement":{"DestinationPorts":["22","3000-3999"],"Protocols":["tcp"],"SourceAddresses":["198.51.100.0/24","203.0.113.25"]}},"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}]
= NetworkInsightsAccessScopeContent.ExcludePaths: [{"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NatGateway"]}}]}]
# The same token: the same scope; with anything else a mistake.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"one","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"PacketHeaderStatement":{"DestinationPorts":["22","3000-3999"],"Protocols":["tcp"],"SourceAddresses":["198.51.100.0/24","203.0.113.25"]}}}],"ExcludePaths":[{"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NatGateway"]}}]}],"TagSpecifications":[{"ResourceType":"network-insights-access-scope","Tags":[{"Key":"Name","Value":"ssh"}]}]}
= NetworkInsightsAccessScope.NetworkInsightsAccessScopeId: $scope
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"one","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::VPNGateway"]}}}]}
! IdempotentParameterMismatch
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"two","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::VPNGateway"]}}}]}
save other = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 GetNetworkInsightsAccessScopeContent {"NetworkInsightsAccessScopeId":"$other"}
= NetworkInsightsAccessScopeContent.NetworkInsightsAccessScopeId: $other
= NetworkInsightsAccessScopeContent.MatchPaths: [{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::VPNGateway"]}}}]
= NetworkInsightsAccessScopeContent.ExcludePaths: -
> ec2 DescribeNetworkInsightsAccessScopes {"MaxResults":1}
= NetworkInsightsAccessScopes#: 1
= NetworkInsightsAccessScopes[0].NetworkInsightsAccessScopeId: $scope
save next = NextToken
> ec2 DescribeNetworkInsightsAccessScopes {"MaxResults":1,"NextToken":"$next"}
= NetworkInsightsAccessScopes[0].NetworkInsightsAccessScopeId: $other
= NextToken: -
> ec2 DescribeNetworkInsightsAccessScopes {"Filters":[{"Name":"tag:Name","Values":["ssh"]}]}
= NetworkInsightsAccessScopes#: 1
> ec2 CreateTags {"Resources":["$other"],"Tags":[{"Key":"Name","Value":"vpn"}]}
> ec2 DescribeNetworkInsightsAccessScopes {"NetworkInsightsAccessScopeIds":["$other"]}
= NetworkInsightsAccessScopes[0].Tags[0].Value: vpn
> ec2 DeleteNetworkInsightsAccessScope {"NetworkInsightsAccessScopeId":"$scope"}
= NetworkInsightsAccessScopeId: $scope
> ec2 GetNetworkInsightsAccessScopeContent {"NetworkInsightsAccessScopeId":"$scope"}
! InvalidNetworkInsightsAccessScopeId.NotFound
> ec2 DescribeNetworkInsightsAccessScopes {}
= NetworkInsightsAccessScopes#: 1

== An analysis runs for a while, and a scope goes after its analyses
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"s","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"a","TagSpecifications":[{"ResourceType":"network-insights-access-scope-analysis","Tags":[{"Key":"Name","Value":"first"}]}]}
save first = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
= NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId: nisa-*
= NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisArn: arn:aws:ec2:us-east-1:123456789012:network-insights-access-scope-analysis/$first
= NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeId: $scope
= NetworkInsightsAccessScopeAnalysis.Status: running
= NetworkInsightsAccessScopeAnalysis.StartDate: 2025-03-03T09:00:00Z
= NetworkInsightsAccessScopeAnalysis.EndDate: -
= NetworkInsightsAccessScopeAnalysis.AnalyzedEniCount: 0
= NetworkInsightsAccessScopeAnalysis.FindingsFound: -
= NetworkInsightsAccessScopeAnalysis.Tags[0].Value: first
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"a","TagSpecifications":[{"ResourceType":"network-insights-access-scope-analysis","Tags":[{"Key":"Name","Value":"first"}]}]}
= NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId: $first
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {}
= NetworkInsightsAccessScopeAnalyses#: 1
= NetworkInsightsAccessScopeAnalyses[0].FindingsFound: unknown
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$first"}
= NetworkInsightsAccessScopeAnalysisId: $first
= AnalysisStatus: running
= AnalysisFindings#: 0
advance 180
event running → succeeded: no findings
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeAnalysisIds":["$first"]}
= NetworkInsightsAccessScopeAnalyses[0].Status: succeeded
= NetworkInsightsAccessScopeAnalyses[0].FindingsFound: false
= NetworkInsightsAccessScopeAnalyses[0].AnalyzedEniCount: 0
= NetworkInsightsAccessScopeAnalyses[0].EndDate: 2025-03-03T09:0*
= NetworkInsightsAccessScopeAnalyses[0].WarningMessage: -
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"b"}
save second = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
# By scope, by time, by tag, page by page.
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeId":"$scope","AnalysisStartTimeBegin":"2025-03-03T09:01:00Z"}
= NetworkInsightsAccessScopeAnalyses#: 1
= NetworkInsightsAccessScopeAnalyses[0].NetworkInsightsAccessScopeAnalysisId: $second
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"AnalysisStartTimeEnd":"2025-03-03T09:01:00Z"}
= NetworkInsightsAccessScopeAnalyses#: 1
= NetworkInsightsAccessScopeAnalyses[0].NetworkInsightsAccessScopeAnalysisId: $first
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"AnalysisStartTimeEnd":"2025-03-01T00:00:00Z"}
= NetworkInsightsAccessScopeAnalyses#: 0
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"Filters":[{"Name":"tag-key","Values":["Name"]}]}
= NetworkInsightsAccessScopeAnalyses#: 1
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"MaxResults":1}
save next = NextToken
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"MaxResults":1,"NextToken":"$next"}
= NetworkInsightsAccessScopeAnalyses[0].NetworkInsightsAccessScopeAnalysisId: $second
> ec2 DeleteNetworkInsightsAccessScope {"NetworkInsightsAccessScopeId":"$scope"}
! AnalysisExistsForNetworkInsightsAccessScope
> ec2 DeleteNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeAnalysisId":"$first"}
= NetworkInsightsAccessScopeAnalysisId: $first
# One that still runs can go too; nothing comes of it.
> ec2 DeleteNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeAnalysisId":"$second"}
> ec2 DeleteNetworkInsightsAccessScope {"NetworkInsightsAccessScopeId":"$scope"}
advance 180
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$second"}
! InvalidNetworkInsightsAccessScopeAnalysisId.NotFound

== What is asked wrongly
# https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/resource-statement.html
# https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/packet-header-statement.html
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a"}
! MissingParameter: MatchPaths
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{}]}
! MissingParameter
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{}}]}
! MissingParameter
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"ResourceStatement":{}}}]}
! MissingParameter
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"PacketHeaderStatement":{}}}]}
! MissingParameter
# Ids or types, not both.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["vpc-0123456789abcdef0"],"ResourceTypes":["AWS::EC2::InternetGateway"]}}}]}
! InvalidParameterCombination
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::Volume"]}}}]}
! InvalidParameterValue: AWS::EC2::Volume
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["vol-0123456789abcdef0"]}}}]}
! InvalidParameterValue: vol-0123456789abcdef0
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["everything"]}}}]}
! InvalidParameterValue
# A NAT gateway is only ever gone through, an internet gateway never.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NatGateway"]}}}]}
! InvalidParameterValue: not supported as a source
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}]}]}
! InvalidParameterValue: not supported as a through resource
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::VPCEndpoint"]}}}]}
! InvalidParameterValue: not supported as a source
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}],"ExcludePaths":[{"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::EC2::NatGateway"]}},{"ResourceStatement":{"ResourceTypes":["AWS::EC2::VPCPeeringConnection"]}}]}]}
! InvalidParameterValue: exactly one element
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Destination":{"ResourceStatement":{"Resources":["arn:aws:resource-groups:us-east-1:123456789012:group/bastions"]}}}]}
! InvalidParameterValue: resource groups
# Headers.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"PacketHeaderStatement":{"SourceAddresses":["10.0.0.0/8"],"SourcePrefixLists":["pl-0123456789abcdef0"]}}}]}
! InvalidParameterCombination
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"PacketHeaderStatement":{"SourceAddresses":["10.0.0.0/40"]}}}]}
! InvalidParameterValue
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"PacketHeaderStatement":{"DestinationAddresses":["2001:db8::/32"]}}}]}
! InvalidParameterValue: IPv4
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"PacketHeaderStatement":{"DestinationPorts":["80-22"]}}}]}
! InvalidParameterValue: 80-22
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","MatchPaths":[{"Source":{"PacketHeaderStatement":{"DestinationPrefixLists":["sg-0123456789abcdef0"]}}}]}
! InvalidParameterValue
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"a","DryRun":true,"MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}]}
! DryRunOperation
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"nis-0123456789abcdef0","ClientToken":"a"}
! InvalidNetworkInsightsAccessScopeId.NotFound
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"scope","ClientToken":"a"}
! InvalidNetworkInsightsAccessScopeId.Malformed
> ec2 DescribeNetworkInsightsAccessScopes {"Filters":[{"Name":"color","Values":["blue"]}]}
! InvalidParameterValue
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeId":"nis-0123456789abcdef0"}
! InvalidNetworkInsightsAccessScopeId.NotFound

== What a scope names must be there when it is analysed
# https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/network-access-analyzer-troubleshooting.html
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"s","MatchPaths":[{"Source":{"ResourceStatement":{"Resources":["vpc-0123456789abcdef0"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"a"}
save analysis = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 180
event running → failed
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {}
= NetworkInsightsAccessScopeAnalyses[0].Status: failed
= NetworkInsightsAccessScopeAnalyses[0].StatusMessage: The request failed due to missing component vpc-0123456789abcdef0
= NetworkInsightsAccessScopeAnalyses[0].FindingsFound: unknown
meter $analysis AnalysedInterfaces: none
