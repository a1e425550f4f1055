# https://aws.amazon.com/vpc/pricing/, network analysis: by the analysis, and by the network interface that is analysed
== Reachability Analyzer and Network Access Analyzer
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$eni","Protocol":"tcp","ClientToken":"p"}
save path = NetworkInsightsPath.NetworkInsightsPathId
bill total: $0.000000000
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"a"}
save first = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
bill total: $0.100000000
bill $first: 1 analysis × $0.10 = $0.1000
# The same call again is the same analysis; another one costs as much again.
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"a"}
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"b"}
bill total: $0.200000000
# A scope costs by the network interfaces of the Region, once its analysis has succeeded.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"s","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}}}]}
save scope = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$scope","ClientToken":"a"}
save scoped = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
bill total: $0.200000000
advance 180
bill $scoped: 3 network interfaces × $0.002 = $0.00600
bill total: $0.206000000
bill services: Reachability Analyzer $0.20000; Network Access Analyzer $0.00600
bill month: March 2025 $0.206000000
bill hourly: $0.000000000
# What is deleted has cost what it has cost.
> ec2 DeleteNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeAnalysisId":"$scoped"}
bill total: $0.206000000
