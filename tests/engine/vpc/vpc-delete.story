# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html: all that is in it has to go first, but what came
# with it goes with it.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation: The vpc '$vpc' has dependencies and cannot be deleted.
> ec2 DeleteSubnet {"SubnetId":"$subnet"}
> ec2 CreateSecurityGroup {"VpcId":"$vpc","GroupName":"web","Description":"web"}
save sg = GroupId
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
> ec2 DeleteSecurityGroup {"GroupId":"$sg"}
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
> ec2 DeleteRouteTable {"RouteTableId":"$rtb"}
> ec2 CreateNetworkAcl {"VpcId":"$vpc"}
save acl = NetworkAcl.NetworkAclId
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
> ec2 DeleteNetworkAcl {"NetworkAclId":"$acl"}
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 AttachInternetGateway {"VpcId":"$vpc","InternetGatewayId":"$igw"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
! DependencyViolation
> ec2 DetachInternetGateway {"VpcId":"$vpc","InternetGatewayId":"$igw"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
! InvalidVpcID.NotFound: The vpc ID '$vpc' does not exist
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= RouteTables#: 0
> ec2 DeleteVpc {"VpcId":"vpc-nonsense"}
! InvalidVpcId.Malformed: Invalid id: "vpc-nonsense" (expecting "vpc-...")
> ec2 DeleteVpc {"VpcId":"subnet-00123456789abcdef"}
! InvalidVpcId.Malformed
# The gateway stays.
> ec2 DescribeInternetGateways {"InternetGatewayIds":["$igw"]}
= InternetGateways[0].Attachments#: 0
