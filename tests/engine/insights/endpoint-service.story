# The Reachability Analyzer at an endpoint to a service of the account's own: what its Network Load Balancer does with the packet counts.
# https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html

== A load balancer without a listener, then with one, then with a target
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"web","Description":"web servers"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$a","SecurityGroupIds":["$group"]}
save web = Instances[0].InstanceId
> elbv2 CreateLoadBalancer {"Name":"service","Type":"network","Scheme":"internal","Subnets":["$a"]}
save lb = LoadBalancers[0].LoadBalancerArn
advance 300
> ec2 CreateVpcEndpointServiceConfiguration {"NetworkLoadBalancerArns":["$lb"],"AcceptanceRequired":false}
save service = ServiceConfiguration.ServiceId
save name = ServiceConfiguration.ServiceName
> ec2 CreateVpc {"CidrBlock":"10.11.0.0/16"}
save buyer = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$buyer","CidrBlock":"10.11.1.0/24","AvailabilityZone":"us-east-1a"}
save subnet = Subnet.SubnetId
> ec2 CreateSecurityGroup {"VpcId":"$buyer","GroupName":"buyer","Description":"buyers"}
save buyers = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$buyers","IpProtocol":"-1","CidrIp":"0.0.0.0/0"}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$subnet","SecurityGroupIds":["$buyers"]}
save client = Instances[0].InstanceId
> ec2 CreateVpcEndpoint {"VpcEndpointType":"Interface","VpcId":"$buyer","ServiceName":"$name","SubnetIds":["$subnet"],"SecurityGroupIds":["$buyers"]}
save endpoint = VpcEndpoint.VpcEndpointId
advance 300
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$endpoint","Protocol":"tcp","DestinationPort":443,"ClientToken":"one"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"one"}
save one = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$one"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ELBV2_LISTENERS_MISMATCH
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"TCP","Port":22,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"TCP","Port":443,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"two"}
save two = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$two"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ELBV2_LISTENER_REQUIRES_TG_ACCEPT
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$web"}]}
advance 120
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"three"}
save three = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$three"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
# The service as an end says the same; to the machine behind it the way leads by the endpoint; no other port and protocol gets there.
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$service","Protocol":"tcp","ClientToken":"four"}
save to_service = NetworkInsightsPath.NetworkInsightsPathId
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$web","Protocol":"tcp","DestinationPort":443,"ClientToken":"five"}
save to_web = NetworkInsightsPath.NetworkInsightsPathId
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$endpoint","Protocol":"tcp","DestinationPort":80,"ClientToken":"six"}
save to_80 = NetworkInsightsPath.NetworkInsightsPathId
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$endpoint","Protocol":"udp","DestinationPort":443,"ClientToken":"seven"}
save by_udp = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$to_service","ClientToken":"four"}
save four = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$to_web","ClientToken":"five"}
save five = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$to_80","ClientToken":"six"}
save six = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$by_udp","ClientToken":"seven"}
save seven = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$four"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$five"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$six"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$seven"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
