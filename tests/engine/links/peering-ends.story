== Blocks that overlap: the request is made, and fails
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcPeeringConnection.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.0.128.0/17"}
save two = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$two"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
= VpcPeeringConnection.Status.Code: initiating-request
event initiating-request → failed
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status.Code: failed
= VpcPeeringConnections[0].Status.Message: Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
! InvalidStateTransition
advance 7200
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections#: 0
# A VPC and itself.
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$one"}
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status.Code: failed

== Nobody answers for a week
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"vpc-0123456789abcdef0","PeerOwnerId":"210987654321"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
= VpcPeeringConnection.AccepterVpcInfo.OwnerId: 210987654321
# Only the other account may answer, and it is not simulated.
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
! OperationNotPermitted: User 123456789012 cannot accept peering
> ec2 RejectVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
! OperationNotPermitted
advance 604799
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status.Code: pending-acceptance
advance 1
event pending-acceptance → expired
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status: {"Code":"expired","Message":"Expired"}
> ec2 DeleteVpc {"VpcId":"$one"}
advance 172800
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections#: 0

== Refused
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save two = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$two"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 RejectVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
= Return: true
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status.Code: rejected
# They may ask again.
> ec2 CreateVpcPeeringConnection {"VpcId":"$two","PeerVpcId":"$one"}

== Across Regions: accepted where the accepter is
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
region eu-west-1
> ec2 CreateVpc {"CidrBlock":"10.1.0.0/16"}
save two = Vpc.VpcId
region us-east-1
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$two","PeerRegion":"eu-west-1"}
save pcx = VpcPeeringConnection.VpcPeeringConnectionId
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
! OperationNotPermitted: must be accepted in region eu-west-1
region eu-west-1
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
= VpcPeeringConnection.Status.Code: provisioning
advance 15
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status.Code: active
= VpcPeeringConnections[0].RequesterVpcInfo.Region: us-east-1
> ec2 ModifyVpcPeeringConnectionOptions {"VpcPeeringConnectionId":"$pcx","RequesterPeeringConnectionOptions":{"AllowDnsResolutionFromRemoteVpc":true}}
! OperationNotPermitted
> ec2 DeleteVpc {"VpcId":"$two"}
! DependencyViolation
region us-east-1
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status.Code: active
> ec2 DeleteVpcPeeringConnection {"VpcPeeringConnectionId":"$pcx"}
region eu-west-1
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status.Code: deleted
> ec2 DeleteVpc {"VpcId":"$two"}
advance 7200
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections#: 0
# A VPC that is not there.
region us-east-1
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"vpc-0123456789abcdef0","PeerRegion":"eu-west-1"}
> ec2 DescribeVpcPeeringConnections {}
= VpcPeeringConnections[0].Status.Code: failed

== Errors
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save one = Vpc.VpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$one"}
! MissingParameter: peerVpcId
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"vpc-0123456789abcdef0"}
! InvalidVpcID.NotFound
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"banana"}
! InvalidVpcId.Malformed
> ec2 CreateVpcPeeringConnection {"VpcId":"$one","PeerVpcId":"$one","PeerRegion":"mars-1"}
! InvalidParameterValue
> ec2 AcceptVpcPeeringConnection {"VpcPeeringConnectionId":"pcx-0123456789abcdef0"}
! InvalidVpcPeeringConnectionID.NotFound
> ec2 DescribeVpcPeeringConnections {"Filters":[{"Name":"color","Values":["blue"]}]}
! InvalidParameterValue
