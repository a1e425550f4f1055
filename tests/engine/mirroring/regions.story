# What comes from another Region is copied there, by the sessions of that Region: a session, its source and its target are of one
# Region. https://docs.aws.amazon.com/vpc/latest/mirroring/traffic-mirroring-how-it-works.html

== a session at the far end of a peering connection between two Regions
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save near = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$near","CidrBlock":"10.0.1.0/24"}
save near_subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$near_subnet","PrivateIpAddress":"10.0.1.10"}
save client = Instances[0].InstanceId
save client_eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
region eu-west-1
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save far = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$far","CidrBlock":"10.1.1.0/24"}
save far_subnet = Subnet.SubnetId
> ec2 CreateSecurityGroup {"GroupName":"all","Description":"from the other VPC","VpcId":"$far"}
save open = GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$open","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"10.0.0.0/16"}]},{"IpProtocol":"udp","FromPort":4789,"ToPort":4789,"IpRanges":[{"CidrIp":"10.1.0.0/16"}]}]}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$far_subnet","PrivateIpAddress":"10.1.1.10","SecurityGroupIds":["$open"]}
save server = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$far_subnet","PrivateIpAddress":"10.1.1.20","SecurityGroupIds":["$open"]}
save watcher = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
region us-east-1
> ec2 CreateVpcPeeringConnection {"VpcId":"$near","PeerVpcId":"$far","PeerRegion":"eu-west-1"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
advance 120
region eu-west-1
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
advance 120
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$far"]}]}
save far_table = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$far_table","DestinationCidrBlock":"10.0.0.0/16","VpcPeeringConnectionId":"$pcx"}
> ec2 CreateTrafficMirrorTarget {"NetworkInterfaceId":"$watcher"}
save target = TrafficMirrorTarget.TrafficMirrorTargetId
> ec2 CreateTrafficMirrorFilter {}
save filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorFilterRule {"TrafficMirrorFilterId":"$filter","TrafficDirection":"ingress","RuleNumber":1,"RuleAction":"accept","SourceCidrBlock":"10.0.0.0/16","DestinationCidrBlock":"0.0.0.0/0"}
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$filter","SessionNumber":1,"VirtualNetworkId":7}
region us-east-1
# A session cannot be at an interface of another Region.
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$near"]}]}
save near_table = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$near_table","DestinationCidrBlock":"10.1.0.0/16","VpcPeeringConnectionId":"$pcx"}
> ec2 CreateTrafficMirrorFilter {}
save near_filter = TrafficMirrorFilter.TrafficMirrorFilterId
> ec2 CreateTrafficMirrorSession {"NetworkInterfaceId":"$client_eni","TrafficMirrorTargetId":"$target","TrafficMirrorFilterId":"$near_filter","SessionNumber":1}
! InvalidTrafficMirrorTargetId.NotFound
> stratus OpenConnection {"Source":"$client","Destination":"10.1.1.10","Protocol":"tcp","Port":22}
= State: established
> stratus SendOnConnection {"ConnectionId":"conn-1","Bytes":1000}
# Here nothing is watched.
> stratus DescribeMirroredPackets {}
= MirroredPackets#: 0
region eu-west-1
> stratus DescribeMirroredPackets {"TrafficMirrorTargetId":"$target"}
= MirroredPackets#: 2
= MirroredPackets[1].Delivered: true
= MirroredPackets[1].NetworkInterfaceId: $eni
= MirroredPackets[1].Direction: ingress
= MirroredPackets[1].SourceAddress: 10.0.1.10
= MirroredPackets[1].DestinationAddress: 10.1.1.10
= MirroredPackets[1].VxlanSourceAddress: 10.1.1.10
= MirroredPackets[1].VxlanDestinationAddress: 10.1.1.20
