# https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$two","TagSpecifications":[{"ResourceType":"vpc-peering-connection","Tags":[{"Key":"Name","Value":"one-two"}]}]}
= VpcPeeringConnection.VpcPeeringConnectionId: pcx-0*
= VpcPeeringConnection.Status.Code: initiating-request
= VpcPeeringConnection.Status.Message: Initiating Request to 123456789012
= VpcPeeringConnection.ExpirationTime: 2025-03-10T09:00:00Z
= VpcPeeringConnection.RequesterVpcInfo.CidrBlock: 10.0.0.0/16
= VpcPeeringConnection.AccepterVpcInfo.CidrBlock: -
= VpcPeeringConnection.Tags[0].Value: one-two
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 DescribeVpcPeeringConnections {"VpcPeeringConnectionIds":["$pcx"]}
= VpcPeeringConnections[0].Status: {"Code":"pending-acceptance","Message":"Pending Acceptance by 123456789012"}
# One connection between two VPCs.
> ec2 CreateVpcPeeringConnection {"VpcId":"$two","PeerVpcId":"$one"}
! VpcPeeringConnectionAlreadyExists
# A route may be there before; for now it is a black hole.
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$one"]}]}
save rtb = RouteTables[0].RouteTableId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.1.0.0/16","VpcPeeringConnectionId":"$pcx"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.vpc-peering-connection-id","Values":["$pcx"]}]}
= RouteTables[0].Routes[1].VpcPeeringConnectionId: $pcx
= RouteTables[0].Routes[1].State: blackhole
# Options are for active connections.
> ec2 ModifyVpcPeeringConnectionOptions {"VpcPeeringConnectionId":"$pcx","RequesterPeeringConnectionOptions":{"AllowDnsResolutionFromRemoteVpc":true}}
! InvalidStateTransition
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx","DryRun":true}
! DryRunOperation
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
= VpcPeeringConnection.Status.Code: provisioning
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
! InvalidStateTransition: Invalid state transition for
advance 15
event provisioning → active
> ec2 DescribeVpcPeeringConnections {"Filters":[{"Name":"status-code","Values":["active"]},{"Name":"accepter-vpc-info.vpc-id","Values":["$two"]},{"Name":"requester-vpc-info.cidr-block","Values":["10.0.*"]}]}
= VpcPeeringConnections#: 1
= VpcPeeringConnections[0].AccepterVpcInfo.CidrBlockSet: [{"CidrBlock":"10.1.0.0/16"}]
= VpcPeeringConnections[0].AccepterVpcInfo.Region: us-east-1
= VpcPeeringConnections[0].AccepterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc: false
= VpcPeeringConnections[0].ExpirationTime: -
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].State: active
# Names need both attributes.
> ec2 ModifyVpcPeeringConnectionOptions {"VpcPeeringConnectionId":"$pcx","RequesterPeeringConnectionOptions":{"AllowDnsResolutionFromRemoteVpc":true}}
! InvalidParameterValue
> ec2 ModifyVpcAttribute {"VpcId":"$one","EnableDnsHostnames":{"Value":true}}
> ec2 ModifyVpcPeeringConnectionOptions {"VpcPeeringConnectionId":"$pcx","RequesterPeeringConnectionOptions":{"AllowDnsResolutionFromRemoteVpc":true}}
= RequesterPeeringConnectionOptions.AllowDnsResolutionFromRemoteVpc: true
# A VPC with a connection stays, and takes no block that its peer has.
> ec2 DeleteVpc {"VpcId":"$one"}
! DependencyViolation
> ec2 AssociateVpcCidrBlock {"VpcId":"$one","CidrBlock":"10.1.128.0/17"}
! InvalidVpc.Conflict
> ec2 DeleteVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
= Return: true
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status: {"Code":"deleted","Message":"Deleted by 123456789012"}
> ec2 DescribeRouteTables {"RouteTableIds":["$rtb"]}
= RouteTables[0].Routes[1].State: blackhole
> ec2 DeleteVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
! InvalidStateTransition
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationCidrBlock":"10.1.128.0/17","VpcPeeringConnectionId":"$pcx"}
! InvalidVpcPeeringConnectionID.NotFound
# Deleted within one account: visible for two hours.
advance 7199
> ec2 DescribeVpcPeeringConnections {"VpcPeeringConnectionIds":["$pcx"]}
advance 1
> ec2 DescribeVpcPeeringConnections {"VpcPeeringConnectionIds":["$pcx"]}
! InvalidVpcPeeringConnectionID.NotFound
> ec2 DeleteVpc {"VpcId":"$one"}
