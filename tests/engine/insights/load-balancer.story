# The Reachability Analyzer's way to a machine through a load balancer.
# https://docs.aws.amazon.com/vpc/latest/reachability/how-reachability-analyzer-works.html#intermediate-components

== From an internet gateway to an instance that only its load balancer reaches
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"front","Description":"load balancer"}
save front = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$front","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"web","Description":"web servers"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpPermissions":[{"IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"UserIdGroupPairs":[{"GroupId":"$front"}]}]}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":2,"MaxCount":2,"SubnetId":"$a","SecurityGroupIds":["$group"]}
save web = Instances[0].InstanceId
save second = Instances[1].InstanceId
save private = Instances[1].PrivateIpAddress
save eni = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
> elbv2 CreateLoadBalancer {"Name":"front","Type":"application","Subnets":["$a","$b"],"SecurityGroups":["$front"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":8080,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$web"},{"Id":"$second"}]}
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
save listener = Listeners[0].ListenerArn
advance 300
# The packet is for a node of the load balancer; another one comes to the machine. It is not the first target's turn only.
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$second","Protocol":"tcp","DestinationPort":80,"ClientToken":"one"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"one"}
save one = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$one"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
= NetworkInsightsAnalyses[0].Explanations: -
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].Component.Id: $igw
= NetworkInsightsAnalyses[0].ForwardPathComponents[0].InboundHeader.DestinationPortRanges: [{"From":80,"To":80}]
= NetworkInsightsAnalyses[0].ForwardPathComponents[2].Component.Id: $front
= NetworkInsightsAnalyses[0].ForwardPathComponents[3].Component.Arn: $lb
= NetworkInsightsAnalyses[0].ForwardPathComponents[3].ElasticLoadBalancerListener.Arn: $listener
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].Component.Arn: $tg
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].OutboundHeader.DestinationAddresses: ["$private/32"]
= NetworkInsightsAnalyses[0].ForwardPathComponents[4].OutboundHeader.DestinationPortRanges: [{"From":8080,"To":8080}]
# By the load balancer only, and without it.
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","FilterInArns":["$lb"],"ClientToken":"two"}
save two = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","FilterOutArns":["$lb"],"ClientToken":"three"}
save three = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$two"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$three"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
# The port where the packet sets out is the listener's, where it arrives the target's; an interface is an end as its instance is.
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$eni","Protocol":"tcp","FilterAtSource":{"DestinationPortRange":{"FromPort":80,"ToPort":80}},"FilterAtDestination":{"DestinationPortRange":{"FromPort":8080,"ToPort":8080}},"ClientToken":"four"}
save filtered = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$filtered","ClientToken":"four"}
save four = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
> ec2 CreateNetworkInsightsPath {"Source":"$igw","Destination":"$second","Protocol":"tcp","DestinationPort":443,"ClientToken":"five"}
save other = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$other","ClientToken":"five"}
save five = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$four"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$five"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
= NetworkInsightsAnalyses[0].Explanations[0].ExplanationCode: ENI_SG_RULES_MISMATCH

== The Network Access Analyzer finds what gets through load balancers
# "Classic, Application, Network, and Gateway Load Balancers (through only)", by their ARNs, or by their types:
# https://docs.aws.amazon.com/vpc/latest/network-access-analyzer/resource-statement.html
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"front","Description":"load balancer"}
save front = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$front","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"198.51.100.0/24"}
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"web","Description":"web servers"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpPermissions":[{"IpProtocol":"tcp","FromPort":8080,"ToPort":8081,"UserIdGroupPairs":[{"GroupId":"$front"}]}]}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":1,"MaxCount":1,"SubnetId":"$a","SecurityGroupIds":["$group"]}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save private = Instances[0].PrivateIpAddress
> elbv2 CreateLoadBalancer {"Name":"front","Type":"application","Subnets":["$a","$b"],"SecurityGroups":["$front"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":8080,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$web"}]}
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
save listener = Listeners[0].ListenerArn
> elb CreateLoadBalancer {"LoadBalancerName":"elder","Listeners":[{"Protocol":"TCP","LoadBalancerPort":80,"InstancePort":8081}],"Subnets":["$a"],"SecurityGroups":["$front"]}
> elb RegisterInstancesWithLoadBalancer {"LoadBalancerName":"elder","Instances":[{"InstanceId":"$web"}]}
advance 300
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"all","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"ResourceStatement":{"Resources":["$web"]}}}]}
save all = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"own","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"ThroughResources":[{"ResourceStatement":{"Resources":["$lb"]}}]}]}
save own = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"elder","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::ElasticLoadBalancing::LoadBalancer"]}}]}]}
save elder = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"but","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"Destination":{"ResourceStatement":{"Resources":["$web"]}}}],"ExcludePaths":[{"ThroughResources":[{"ResourceStatement":{"ResourceTypes":["AWS::ElasticLoadBalancing::LoadBalancer","AWS::ElasticLoadBalancingV2::LoadBalancer"]}}]}]}
save but = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$all","ClientToken":"1"}
save of_all = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$own","ClientToken":"2"}
save of_own = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$elder","ClientToken":"3"}
save of_elder = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$but","ClientToken":"4"}
save of_but = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 300
# By each of the two; of the one with two nodes, one is in another subnet than the machine, with network ACLs between.
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$of_all"}
= AnalysisFindings#: 3
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$of_own"}
= AnalysisFindings#: 2
# What sets out for the load balancer is not what arrives: each component has the ports of its own packet.
= AnalysisFindings[0].FindingComponents[0].InboundHeader.SourceAddresses: ["198.51.100.0/24"]
= AnalysisFindings[0].FindingComponents[0].InboundHeader.DestinationPortRanges: [{"From":80,"To":80}]
= AnalysisFindings[0].FindingComponents[3].Component.Arn: $lb
= AnalysisFindings[0].FindingComponents[3].ElasticLoadBalancerListener.Arn: $listener
= AnalysisFindings[0].FindingComponents[4].Component.Arn: $tg
= AnalysisFindings[0].FindingComponents[4].OutboundHeader.DestinationAddresses: ["$private/32"]
= AnalysisFindings[0].FindingComponents[4].OutboundHeader.DestinationPortRanges: [{"From":8080,"To":8080}]
= AnalysisFindings[0].FindingComponents[7].Component.Id: $eni
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$of_elder"}
= AnalysisFindings#: 1
> ec2 GetNetworkInsightsAccessScopeAnalysisFindings {"NetworkInsightsAccessScopeAnalysisId":"$of_but"}
= AnalysisFindings#: 0
# A load balancer that is not there.
> ec2 CreateNetworkInsightsAccessScope {"ClientToken":"gone","MatchPaths":[{"Source":{"ResourceStatement":{"ResourceTypes":["AWS::EC2::InternetGateway"]}},"ThroughResources":[{"ResourceStatement":{"Resources":["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/gone/0123456789abcdef"]}}]}]}
save gone = NetworkInsightsAccessScope.NetworkInsightsAccessScopeId
> ec2 StartNetworkInsightsAccessScopeAnalysis {"NetworkInsightsAccessScopeId":"$gone","ClientToken":"5"}
save of_gone = NetworkInsightsAccessScopeAnalysis.NetworkInsightsAccessScopeAnalysisId
advance 300
> ec2 DescribeNetworkInsightsAccessScopeAnalyses {"NetworkInsightsAccessScopeAnalysisIds":["$of_gone"]}
= NetworkInsightsAccessScopeAnalyses[0].Status: failed
= NetworkInsightsAccessScopeAnalyses[0].StatusMessage: *missing component arn:aws:elasticloadbalancing*

== A rule for some addresses leads these to its targets, and nobody else
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save a = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]}]}
save b = Subnets[0].SubnetId
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"front","Description":"load balancer"}
save front = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$front","IpProtocol":"tcp","FromPort":80,"ToPort":80,"CidrIp":"0.0.0.0/0"}
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"web","Description":"web servers"}
save group = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$group","IpPermissions":[{"IpProtocol":"tcp","FromPort":8080,"ToPort":8080,"UserIdGroupPairs":[{"GroupId":"$front"}]}]}
> ec2 RunInstances {"ImageId":"$al2023","InstanceType":"t3.micro","MinCount":2,"MaxCount":2,"SubnetId":"$a","SecurityGroupIds":["$group"]}
save client = Instances[0].InstanceId
save web = Instances[1].InstanceId
> elbv2 CreateLoadBalancer {"Name":"front","Type":"application","Scheme":"internal","Subnets":["$a","$b"],"SecurityGroups":["$front"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":8080,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 RegisterTargets {"TargetGroupArn":"$tg","Targets":[{"Id":"$web"}]}
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"DefaultActions":[{"Type":"fixed-response","FixedResponseConfig":{"StatusCode":"404"}}]}
save listener = Listeners[0].ListenerArn
# Those of the VPC may; the rule names no address that is "anybody".
> elbv2 CreateRule {"ListenerArn":"$listener","Priority":10,"Conditions":[{"Field":"source-ip","SourceIpConfig":{"Values":["172.31.0.0/16"]}}],"Actions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
save rule = Rules[0].RuleArn
advance 300
> ec2 CreateNetworkInsightsPath {"Source":"$client","Destination":"$web","Protocol":"tcp","DestinationPort":80,"ClientToken":"one"}
save path = NetworkInsightsPath.NetworkInsightsPathId
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"one"}
save one = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$one"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: true
# For others the listener has its own answer, and no target.
> elbv2 ModifyRule {"RuleArn":"$rule","Conditions":[{"Field":"source-ip","SourceIpConfig":{"Values":["198.51.100.0/24"]}}]}
> ec2 StartNetworkInsightsAnalysis {"NetworkInsightsPathId":"$path","ClientToken":"two"}
save two = NetworkInsightsAnalysis.NetworkInsightsAnalysisId
advance 60
> ec2 DescribeNetworkInsightsAnalyses {"NetworkInsightsAnalysisIds":["$two"]}
= NetworkInsightsAnalyses[0].NetworkPathFound: false
