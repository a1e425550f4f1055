# Targets, filters, rules and sessions: making, changing, describing, deleting.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTrafficMirrorSession.html
# https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-quotas.html

== targets
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 CreateTrafficMirrorTarget {}
! MissingParameter
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"eni-01234567890123456"}
! InvalidTrafficMirrorTarget: The interface ID 'eni-01234567890123456' does not exist
> ec2 CreateTrafficMirrorTarget {"NetworkLoadBalancerArn":"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/watch/0123456789abcdef"}
! InvalidTrafficMirrorTarget
> ec2 CreateTrafficMirrorTarget {"GatewayLoadBalancerEndpointId":"vpce-01234567890123456"}
! InvalidVpcEndpointId.NotFound
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$eni","GatewayLoadBalancerEndpointId":"vpce-01234567890123456"}
! InvalidParameterCombination
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$eni","Description":"a probe","ClientToken":"one","TagSpecifications":[{"ResourceType":"traffic-mirror-target","Tags":[{"Key":"Name","Value":"probe"}]}]}
= TrafficMirrorTarget.Type: network-interface
= TrafficMirrorTarget.OwnerId: 123456789012
= TrafficMirrorTarget.NetworkInterfaceId: $eni
= ClientToken: one
save target = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$eni","Description":"a probe","ClientToken":"one","TagSpecifications":[{"ResourceType":"traffic-mirror-target","Tags":[{"Key":"Name","Value":"probe"}]}]}
= TrafficMirrorTarget.TrafficMirrorTargetId: $target
> ec2 DescribeTrafficMirrorTargets {"Filters":[{"Name":"network-interface-id","Values":["$eni"]},{"Name":"tag:Name","Values":["probe"]}]}
= TrafficMirrorTargets#: 1
= TrafficMirrorTargets[0].Tags[0].Value: probe
> ec2 DescribeTrafficMirrorTargets {"TrafficMirrorTargetIds":["tmt-01234567890123456"]}
! InvalidTrafficMirrorTargetId.NotFound
> ec2 DeleteTrafficMirrorTarget {"TrafficMirrorTargetId":"$target","DryRun":true}
! DryRunOperation
> ec2 DeleteTrafficMirrorTarget {"TrafficMirrorTargetId":"$target"}
= TrafficMirrorTargetId: $target
> ec2 DescribeTrafficMirrorTargets {}
= TrafficMirrorTargets#: 0

== filters and their rules
> ec2 CreateTrafficMirrorFilter {"Description":"TCP","TagSpecifications":[{"ResourceType":"traffic-mirror-filter","Tags":[{"Key":"Name","Value":"tcp"}]}]}
= TrafficMirrorFilter.Description: TCP
= TrafficMirrorFilter.IngressFilterRules#: 0
= TrafficMirrorFilter.NetworkServices#: 0
save filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"ingress","RuleNumber":0,"RuleAction":"accept","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
! InvalidParameterValue
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"ingress","RuleNumber":1,"RuleAction":"accept","DestinationPortRange":{"FromPort":80,"ToPort":90},"SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
! InvalidParameterCombination
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"ingress","RuleNumber":1,"RuleAction":"accept","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"::/0"}
! InvalidParameterCombination
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"ingress","RuleNumber":1,"RuleAction":"accept","Protocol":6,"DestinationPortRange":{"FromPort":80,"ToPort":90},"SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"10.0.0.0/8","Description":"web"}
= TrafficMirrorFilterRule.DestinationPortRange.ToPort: 90
= TrafficMirrorFilterRule.Protocol: 6
save rule = TrafficMirrorFilterRule.TrafficMirrorFilterRuleId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"ingress","RuleNumber":1,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
! TrafficMirrorFilterRuleAlreadyExists
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":1,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 DescribeTrafficMirrorFilters {"TrafficMirrorFilterIds":["$filter"]}
= TrafficMirrorFilters[0].IngressFilterRules[0].TrafficMirrorFilterRuleId: $rule
= TrafficMirrorFilters[0].EgressFilterRules[0].RuleAction: reject
> ec2 ModifyTrafficMirrorFilterRule {"TrafficMirrorFilterRuleId":"$rule","RuleNumber":5,"RemoveFields":["destination-port-range","description"]}
= TrafficMirrorFilterRule.RuleNumber: 5
= TrafficMirrorFilterRule.DestinationPortRange: -
= TrafficMirrorFilterRule.Description: -
= TrafficMirrorFilterRule.Protocol: 6
> ec2 DescribeTrafficMirrorFilterRules {"TrafficMirrorFilterId":"$filter","Filters":[{"Name":"traffic-direction","Values":["ingress"]}]}
= TrafficMirrorFilterRules#: 1
= TrafficMirrorFilterRules[0].RuleNumber: 5
> ec2 ModifyTrafficMirrorFilterNetworkServices {"TrafficMirrorFilterId":"$filter"}
! MissingParameter
> ec2 DeleteTrafficMirrorFilterRule {"TrafficMirrorFilterRuleId":"tmfr-01234567890123456"}
! InvalidTrafficMirrorFilterRuleId.NotFound
# Ten rules at most.
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":3,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":4,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":5,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":6,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":7,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":8,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":9,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":10,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":11,"RuleAction":"reject","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
! TrafficMirrorFilterRuleLimitExceeded
> ec2 DeleteTrafficMirrorFilter {"TrafficMirrorFilterId":"$filter"}
> ec2 DescribeTrafficMirrorFilterRules {}
= TrafficMirrorFilterRules#: 0

== sessions
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save watcher = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
save subnet = Instances[0].SubnetId
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$watcher"}
save target = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorFilter {}
save filter = TrafficMirrorFilter.TrafficMirrorFilterId
# What is attached to nothing cannot be a source.
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save loose = NetworkInterface.NetworkInterfaceId
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$loose","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1}
! NetworkInterfaceNotSupported: $loose must be attached to a supported instance
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$watcher","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1}
! InvalidParameterValue
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":32767}
! InvalidParameterValue
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"tmf-01234567890123456","SessionNumber":1}
! InvalidTrafficMirrorFilterId.NotFound
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1,"PacketLength":64,"VirtualNetworkId":5,"Description":"look"}
= TrafficMirrorSession.PacketLength: 64
= TrafficMirrorSession.VirtualNetworkId: 5
= TrafficMirrorSession.OwnerId: 123456789012
save session = TrafficMirrorSession.TrafficMirrorSessionId
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1}
! TrafficMirrorSessionNumberInUse
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":2}
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":3}
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":4}
! TrafficMirrorSessionsPerInterfaceLimitExceeded
> ec2 DescribeTrafficMirrorSessions {"Filters":[{"Name":"session-number","Values":["1","2"]}]}
= TrafficMirrorSessions#: 2
> ec2 DescribeTrafficMirrorSessions {"MaxResults":4}
! InvalidParameterValue
> ec2 ModifyTrafficMirrorSession {"TrafficMirrorSessionId":"$session","SessionNumber":7,"RemoveFields":["packet-length","description"]}
= TrafficMirrorSession.SessionNumber: 7
= TrafficMirrorSession.PacketLength: -
= TrafficMirrorSession.Description: -
> ec2 ModifyTrafficMirrorSession {"TrafficMirrorSessionId":"$session","SessionNumber":2}
! TrafficMirrorSessionNumberInUse
> ec2 DeleteTrafficMirrorTarget {"TrafficMirrorTargetId":"$target"}
! TrafficMirrorTargetInUse
> ec2 DeleteTrafficMirrorFilter {"TrafficMirrorFilterId":"$filter"}
! TrafficMirrorFilterInUse
> ec2 DeleteTrafficMirrorSession {"TrafficMirrorSessionId":"$session"}
> ec2 DescribeTrafficMirrorSessions {}
= TrafficMirrorSessions#: 2

== a Gateway Load Balancer endpoint as a target; ten sources of one interface
> ec2 CreateVpcEndpointServiceConfiguration {"GatewayLoadBalancerArns":["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/gwy/watch/0123456789abcdef"],"AcceptanceRequired":false}
save service = ServiceConfiguration.ServiceName
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
save vpc = Subnets[0].VpcId
> ec2 CreateVpcEndpoint {"VpcEndpointType":"GatewayLoadBalancer","VpcId":"$vpc","ServiceName":"$service","SubnetIds":["$subnet"]}
save endpoint = VpcEndpoint.VpcEndpointId
> ec2 CreateTrafficMirrorTarget {"GatewayLoadBalancerEndpointId":"$endpoint"}
= TrafficMirrorTarget.Type: gateway-load-balancer-endpoint
= TrafficMirrorTarget.GatewayLoadBalancerEndpointId: $endpoint
= TrafficMirrorTarget.NetworkInterfaceId: -
save far = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorFilter {}
save filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":1,"RuleAction":"accept","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save watcher = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$far","TrafficMirrorFilterId":"$filter","SessionNumber":1}
save session = TrafficMirrorSession.TrafficMirrorSessionId
advance 180
> stratus OpenConnection {"Source":"$web","Destination":"198.51.100.7","Protocol":"icmp"}
> stratus DescribeMirroredPackets {"TrafficMirrorTargetId":"$far"}
= MirroredPackets[0].Delivered: true
= MirroredPackets[0].Protocol: icmp
> ec2 DeleteTrafficMirrorSession {"TrafficMirrorSessionId":"$session"}
# What was copied is still there until its target goes.
> stratus DescribeMirroredPackets {}
= MirroredPackets#: 1
> ec2 DeleteTrafficMirrorTarget {"TrafficMirrorTargetId":"$far"}
> stratus DescribeMirroredPackets {}
= MirroredPackets#: 0

== an interface is a source or a target, never both; its sessions go with a source
# https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-sessions.html
# https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-considerations.html
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":3,"MaxCount":3,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save watcher = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
save other = Instances[2].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$watcher"}
save target = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$other"}
> ec2 CreateTrafficMirrorFilter {}
save filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$other","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1}
! InvalidParameterValue
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1}
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$eni"}
! InvalidParameterValue
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeTrafficMirrorSessions {}
= TrafficMirrorSessions#: 0
> ec2 DeleteTrafficMirrorTarget {"TrafficMirrorTargetId":"$target"}
