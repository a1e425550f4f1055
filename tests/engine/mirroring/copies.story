# Copies of what goes by, and whether they arrive.
# https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-how-it-works.html
# https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-filters.html

== what the filter's first matching rule accepts goes to the target as VXLAN, if the target's group lets it in
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save ip = Instances[0].PrivateIpAddress
save watcher = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
save ear = Instances[1].PrivateIpAddress
save sg = Instances[0].SecurityGroups[0].GroupId
save vpc = Instances[0].VpcId
advance 120
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":0,"ToPort":65535,"CidrIp":"203.0.113.0/24"}
> ec2 CreateSecurityGroup {"GroupName":"watchers","Description":"VXLAN","VpcId":"$vpc"}
save listen = GroupId
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$watcher","Groups":["$listen"]}
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$watcher"}
save target = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorFilter {}
save filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1,"VirtualNetworkId":77,"PacketLength":100}
save session = TrafficMirrorSession.TrafficMirrorSessionId
# A filter without rules copies nothing.
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
> stratus DescribeMirroredPackets {"TrafficMirrorTargetId":"$target"}
= MirroredPackets#: 0
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"ingress","RuleNumber":20,"RuleAction":"accept","Protocol":6,"DestinationPortRange":{"FromPort":22,"ToPort":22},"SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
# Nothing may come to the target's port 4789 yet.
> stratus SendOnConnection {"ConnectionId":"conn-1","Bytes":1000}
> stratus DescribeMirroredPackets {"TrafficMirrorTargetId":"$target"}
= MirroredPackets#: 1
= MirroredPackets[0].Delivered: false
= MirroredPackets[0].Reason: *watchers*
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$listen","IpProtocol":"udp","FromPort":4789,"ToPort":4789,"CidrIp":"172.31.0.0/16"}
# The source's own groups do not judge the copies.
> ec2 RevokeSecurityGroupEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
> stratus SendOnConnection {"ConnectionId":"conn-1","Bytes":1000}
> stratus DescribeMirroredPackets {"TrafficMirrorSessionId":"$session"}
= MirroredPackets#: 2
= MirroredPackets[1].Delivered: true
= MirroredPackets[1].NetworkInterfaceId: $eni
= MirroredPackets[1].VirtualNetworkId: 77
= MirroredPackets[1].Direction: ingress
= MirroredPackets[1].SourceAddress: 203.0.113.25
= MirroredPackets[1].DestinationAddress: $ip
= MirroredPackets[1].DestinationPort: 22
= MirroredPackets[1].VxlanSourceAddress: $ip
= MirroredPackets[1].VxlanDestinationAddress: $ear
= MirroredPackets[1].VxlanDestinationPort: 4789
# A segment of 1052 bytes, of which 100 are copied, and an acknowledgement of 52.
= MirroredPackets[1].PacketCount: 2
= MirroredPackets[1].ByteCount: 1104
= MirroredPackets[1].MirroredByteCount: 152
# A rule with a lower number decides first.
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"ingress","RuleNumber":10,"RuleAction":"reject","SourceCidrBlock":"203.0.113.25/32","DestinationCidrBlock":"0.0.0.0/0"}
save reject = TrafficMirrorFilterRule.TrafficMirrorFilterRuleId
> stratus SendOnConnection {"ConnectionId":"conn-1"}
> stratus DescribeMirroredPackets {"TrafficMirrorTargetId":"$target"}
= MirroredPackets#: 2
# What the security group or an ACL stops is not copied.
> ec2 DeleteTrafficMirrorFilterRule {"TrafficMirrorFilterRuleId":"$reject"}
> ec2 RevokeSecurityGroupIngress {"GroupId":"$sg","IpProtocol":"tcp","FromPort":0,"ToPort":65535,"CidrIp":"203.0.113.0/24"}
> stratus OpenConnection {"Source":"internet","Destination":"$web","Protocol":"tcp","Port":22}
= State: timed-out
> stratus DescribeMirroredPackets {"TrafficMirrorTargetId":"$target"}
= MirroredPackets#: 2

== Amazon's DNS is copied only where the filter covers it; mirrored traffic is in no flow log
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":2,"MaxCount":2,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save watcher = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
save vpc = Instances[0].VpcId
advance 120
> iam CreateRole {"RoleName":"flows","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"vpc-flow-logs.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
save role = Role.Arn
> ec2 CreateFlowLogs {"ResourceType":"NetworkInterface","ResourceIds":["$watcher"],"TrafficType":"ALL","LogGroupName":"watcher","DeliverLogsPermissionArn":"$role"}
save log = FlowLogIds[0]
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$watcher"}
save target = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorFilter {}
save filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":1,"RuleAction":"accept","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1}
> stratus OpenConnection {"Source":"$web","Destination":"172.31.0.2","Protocol":"udp","Port":53}
> stratus DescribeMirroredPackets {}
= MirroredPackets#: 0
> ec2 ModifyTrafficMirrorFilterNetworkServices {"TrafficMirrorFilterId":"$filter","AddNetworkServices":["amazon-dns"]}
= TrafficMirrorFilter.NetworkServices[0]: amazon-dns
> stratus SendOnConnection {"ConnectionId":"conn-1"}
> stratus DescribeMirroredPackets {}
= MirroredPackets#: 1
= MirroredPackets[0].Direction: egress
= MirroredPackets[0].Protocol: udp
= MirroredPackets[0].Delivered: true
> ec2 ModifyTrafficMirrorFilterNetworkServices {"TrafficMirrorFilterId":"$filter","RemoveNetworkServices":["amazon-dns"]}
= TrafficMirrorFilter.NetworkServices#: 0
advance 900
> stratus DescribeFlowLogRecords {"FlowLogId":"$log"}
= Records#: 0

== of several sessions the one with the lowest number that takes a packet copies it, once
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":3,"MaxCount":3,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save one = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
save two = Instances[2].NetworkInterfaces[0].NetworkInterfaceId
advance 120
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$one"}
save first = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$two"}
save second = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorFilter {}
save web_only = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$web_only","TrafficDirection":"egress","RuleNumber":1,"RuleAction":"accept","Protocol":6,"DestinationPortRange":{"FromPort":443,"ToPort":443},"SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorFilter {}
save all = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$all","TrafficDirection":"egress","RuleNumber":1,"RuleAction":"accept","SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$second","TrafficMirrorFilterId":"$all","SessionNumber":20}
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$first","TrafficMirrorFilterId":"$web_only","SessionNumber":10}
> stratus OpenConnection {"Source":"$web","Destination":"198.51.100.7","Protocol":"tcp","Port":443}
> stratus OpenConnection {"Source":"$web","Destination":"198.51.100.7","Protocol":"tcp","Port":80}
> stratus DescribeMirroredPackets {}
= MirroredPackets#: 2
= MirroredPackets[0].TrafficMirrorTargetId: $first
= MirroredPackets[0].DestinationPort: 443
= MirroredPackets[1].TrafficMirrorTargetId: $second
= MirroredPackets[1].DestinationPort: 80

== what somebody types in a guest is copied as well
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":3,"MaxCount":3,"InstanceType":"t3.micro"}
save app = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save ip = Instances[0].PrivateIpAddress
save sg = Instances[0].SecurityGroups[0].GroupId
save watcher = Instances[1].NetworkInterfaces[0].NetworkInterfaceId
save web = Instances[2].PrivateIpAddress
advance 120
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$watcher"}
save target = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorFilter {}
save filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"egress","RuleNumber":10,"RuleAction":"accept","Protocol":1,"SourceCidrBlock":"0.0.0.0/0","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1}
# Only what leaves, and only ICMP.
% $app ping -c 2 $web
% $app nc -zv $web 22
> stratus DescribeMirroredPackets {"TrafficMirrorTargetId":"$target"}
= MirroredPackets#: 1
= MirroredPackets[0].Delivered: true
= MirroredPackets[0].Direction: egress
= MirroredPackets[0].SourceAddress: $ip
= MirroredPackets[0].DestinationAddress: $web
= MirroredPackets[0].PacketCount: 2
= MirroredPackets[0].ByteCount: 168
