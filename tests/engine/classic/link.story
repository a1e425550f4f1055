# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/vpc-classiclink.html

== enable, link, stop
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateVpc {"CidrBlock":"172.30.0.0/16","TagSpecifications":[{"ResourceType":"vpc","Tags":[{"Key":"Name","Value":"new"}]}]}
save vpc = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"172.29.0.0/16"}
save other = Vpc.VpcId
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"link","Description":"what linked instances may"}
save group = GroupId
> ec2 CreateSecurityGroup {"VpcId":"$other","GroupName":"link","Description":"of another VPC"}
save foreign = GroupId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large"}
save web = Instances[0].InstanceId
> ec2 DescribeVpcClassicLink {"VpcIds":["$vpc"]}
= Vpcs[0].ClassicLinkEnabled: false
= Vpcs[0].Tags[0].Value: new
> ec2 EnableVpcClassicLink {"VpcId":"$vpc"}
= Return: true
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc","Groups":["$group"]}
! InvalidInstanceID.NotLinkable
# EC2-Classic's addresses cannot come into it afterwards, either.
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","CidrBlock":"10.4.0.0/16"}
! InvalidVpc.Range
advance 60
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$other","Groups":["$foreign"]}
! InvalidState
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc","Groups":["$foreign"]}
! InvalidGroup.NotFound
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc","Groups":["$group"],"DryRun":true}
! DryRunOperation
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc","Groups":["$group"]}
= Return: true
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc","Groups":["$group"]}
! Resource.AlreadyAssociated
> ec2 DescribeVpcClassicLink {"Filters":[{"Name":"is-classic-link-enabled","Values":["true"]}]}
= Vpcs#: 1
= Vpcs[0].VpcId: $vpc
> ec2 DescribeVpcClassicLink {"Filters":[{"Name":"tag:Name","Values":["new"]}]}
= Vpcs#: 1
> ec2 DescribeVpcClassicLink {"Filters":[{"Name":"colour","Values":["new"]}]}
! InvalidParameterValue
> ec2 DescribeClassicLinkInstances {"Filters":[{"Name":"vpc-id","Values":["$vpc"]},{"Name":"group-id","Values":["$group"]}]}
= Instances[0].InstanceId: $web
= Instances[0].VpcId: $vpc
= Instances[0].Groups[0].GroupId: $group
# All its route tables, also new ones, have the local route.
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save table = RouteTable.RouteTableId
> ec2 DescribeRouteTables {"RouteTableIds":["$table"]}
= RouteTables[0].Routes[1].DestinationCidrBlock: 10.0.0.0/8
= RouteTables[0].Routes[1].GatewayId: local
> ec2 CreateVpcPeeringConnection {"VpcId":"$vpc","PeerVpcId":"$other"}
save peering = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"10.4.0.0/16","VpcPeeringConnectionId":"$peering"}
! VpcCidrConflict
# It is no part of the VPC, and keeps its addresses and groups.
> ec2 DescribeInstances {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= Reservations#: 0
# What is in use stays.
> ec2 DisableVpcClassicLink {"VpcId":"$vpc"}
! DependencyViolation
> ec2 DeleteSecurityGroup {"GroupId":"$group"}
! DependencyViolation
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
# A stop ends the link.
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 60
event unlinked from vpc-
> ec2 DescribeClassicLinkInstances {}
= Instances#: 0
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 60
> ec2 DetachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc"}
! InvalidState
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc","Groups":["$group"]}
> ec2 DetachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc"}
= Return: true
> ec2 DisableVpcClassicLink {"VpcId":"$vpc"}
= Return: true
> ec2 DescribeRouteTables {"RouteTableIds":["$table"]}
= RouteTables[0].Routes#: 1

== what cannot be enabled or linked
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 EnableVpcClassicLink {"VpcId":"vpc-00000000000000001"}
! InvalidVpcID.NotFound
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save zero = Vpc.VpcId
> ec2 EnableVpcClassicLink {"VpcId":"$zero"}
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save one = Vpc.VpcId
> ec2 EnableVpcClassicLink {"VpcId":"$one"}
> ec2 CreateVpc {"CidrBlock":"10.2.0.0/16"}
save two = Vpc.VpcId
> ec2 EnableVpcClassicLink {"VpcId":"$two"}
! VpcCidrConflict: conflicts with the EC2-Classic private IP address range
> ec2 CreateVpc {"CidrBlock":"172.30.0.0/16","InstanceTenancy":"dedicated"}
save alone = Vpc.VpcId
> ec2 EnableVpcClassicLink {"VpcId":"$alone"}
! InvalidTenancy
# A route of a peering connection within 10/8 collides.
> ec2 CreateVpc {"CidrBlock":"172.29.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$vpc","PeerVpcId":"$two"}
save peering = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save table = RouteTables[0].RouteTableId
advance 30
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$peering"}
advance 30
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"10.2.0.0/16","VpcPeeringConnectionId":"$peering"}
> ec2 EnableVpcClassicLink {"VpcId":"$vpc"}
! VpcCidrConflict
> ec2 DeleteRoute {"RouteTableId":"$table","DestinationCidrBlock":"10.2.0.0/16"}
> ec2 EnableVpcClassicLink {"VpcId":"$vpc"}
# An instance of a VPC is none of EC2-Classic's.
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"172.29.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","SubnetId":"$subnet"}
save inside = Instances[0].InstanceId
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save group = SecurityGroups[0].GroupId
advance 60
> ec2 AttachClassicLinkVpc {"InstanceId":"$inside","VpcId":"$vpc","Groups":["$group"]}
! InvalidInstanceID.NotLinkable

== DNS support
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateVpc {"CidrBlock":"172.30.0.0/16"}
save vpc = Vpc.VpcId
> ec2 EnableVpcClassicLinkDnsSupport {"VpcId":"$vpc"}
! InvalidState
> ec2 EnableVpcClassicLink {"VpcId":"$vpc"}
> ec2 EnableVpcClassicLinkDnsSupport {"VpcId":"$vpc"}
! InvalidParameterValue
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
> ec2 EnableVpcClassicLinkDnsSupport {"VpcId":"$vpc"}
= Return: true
> ec2 DescribeVpcClassicLinkDnsSupport {"VpcIds":["$vpc"]}
= Vpcs[0].ClassicLinkDnsSupported: true
> ec2 DescribeVpcClassicLinkDnsSupport {"MaxResults":5}
= Vpcs#: 1
= NextToken: -
> ec2 DisableVpcClassicLinkDnsSupport {"VpcId":"$vpc"}
> ec2 DescribeVpcClassicLinkDnsSupport {}
= Vpcs[0].ClassicLinkDnsSupported: false

== links take part in a peering connection
# https://docs.aws.amazon.com/vpc/latest/peering/peering-configurations-classiclink.html
region eu-west-1
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateVpc {"CidrBlock":"172.31.0.0/16"}
save a = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"192.168.0.0/16"}
save b = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$a","PeerVpcId":"$b"}
save peering = VpcPeeringConnection.VpcPeeringConnectionId
advance 30
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$peering"}
advance 30
> ec2 EnableVpcClassicLink {"VpcId":"$a"}
> ec2 ModifyVpcPeeringConnectionOptions {"VpcPeeringConnectionId":"$peering","RequesterPeeringConnectionOptions":{"AllowEgressFromLocalClassicLinkToRemoteVpc":true}}
= RequesterPeeringConnectionOptions: {"AllowDnsResolutionFromRemoteVpc":false,"AllowEgressFromLocalClassicLinkToRemoteVpc":true,"AllowEgressFromLocalVpcToRemoteClassicLink":false}
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$b"]}]}
= RouteTables[0].Routes#: 1
save table = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"10.9.0.0/16","VpcPeeringConnectionId":"$peering"}
> ec2 ModifyVpcPeeringConnectionOptions {"VpcPeeringConnectionId":"$peering","AccepterPeeringConnectionOptions":{"AllowEgressFromLocalVpcToRemoteClassicLink":true}}
! VpcCidrConflict
> ec2 DeleteRoute {"RouteTableId":"$table","DestinationCidrBlock":"10.9.0.0/16"}
> ec2 ModifyVpcPeeringConnectionOptions {"VpcPeeringConnectionId":"$peering","AccepterPeeringConnectionOptions":{"AllowEgressFromLocalVpcToRemoteClassicLink":true}}
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].RequesterVpcInfo.PeeringOptions.AllowEgressFromLocalClassicLinkToRemoteVpc: true
= VpcPeeringConnections[0].AccepterVpcInfo.PeeringOptions.AllowEgressFromLocalVpcToRemoteClassicLink: true
# The route is added by itself, and goes with the option.
> ec2 DescribeRouteTables {"RouteTableIds":["$table"]}
= RouteTables[0].Routes[1].DestinationCidrBlock: 10.0.0.0/8
= RouteTables[0].Routes[1].GatewayId: local
> ec2 CreateRoute {"RouteTableId":"$table","DestinationCidrBlock":"10.9.0.0/16","VpcPeeringConnectionId":"$peering"}
! VpcCidrConflict
> ec2 ModifyVpcPeeringConnectionOptions {"VpcPeeringConnectionId":"$peering","AccepterPeeringConnectionOptions":{"AllowEgressFromLocalVpcToRemoteClassicLink":false}}
> ec2 DescribeRouteTables {"RouteTableIds":["$table"]}
= RouteTables[0].Routes#: 1
