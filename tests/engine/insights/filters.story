== Filters at the ends of a path that its packets do not fit
# https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":2,"MaxCount":2}
save client = Instances[0].InstanceId
save web = Instances[1].InstanceId
save address = Instances[1].PrivateIpAddress
save own = Instances[0].PrivateIpAddress
advance 300
# A filter that fits: the path is found.
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$web","Protocol":"tcp","FilterAtSource":{"SourceAddress":"$own","DestinationAddress":"$address","DestinationPortRange":{"FromPort":22,"ToPort":22}},"ClientToken":"fits"}
save path = NetworkInsightsPath.NetworkInsightsPathId
save fits = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"1"}
save one = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$web","Protocol":"tcp","FilterAtSource":{"SourceAddress":"10.9.9.9"},"ClientToken":"source-source"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"2"}
save two = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$web","Protocol":"tcp","DestinationPort":22,"FilterAtDestination":{"SourceAddress":"10.9.9.9"},"ClientToken":"destination-source"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"4"}
save four = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$web","Protocol":"tcp","DestinationPort":22,"FilterAtDestination":{"DestinationAddress":"10.9.9.9"},"ClientToken":"destination-destination"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"5"}
save five = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$web","Protocol":"tcp","DestinationPort":22,"FilterAtDestination":{"DestinationPortRange":{"FromPort":80,"ToPort":81}},"ClientToken":"destination-port"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"6"}
save six = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
# A component that is not on the way cannot be on the path.
> ec2 CreateSecurityGroup {"GroupName":"elsewhere","Description":"of nobody"}
save group = GroupId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$fits","FilterInArns":["arn:aws:ec2:us-east-1:123456789012:security-group/$group"],"ClientToken":"7"}
save seven = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$one"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$two"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_SOURCE_SOURCE_ADDRESS
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$four"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_DESTINATION_SOURCE_ADDRESS
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$five"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_DESTINATION_DESTINATION_ADDRESS
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$six"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: FILTER_AT_DESTINATION_DESTINATION_PORT_RANGE
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$seven"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: COMPONENT_FILTER_RESTRICTION
