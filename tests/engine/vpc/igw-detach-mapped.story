# A gateway cannot go while an interface of its VPC has a public address:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html
> ec2 DescribeInternetGateways {}
save igw = InternetGateways[0].InternetGatewayId
save vpc = InternetGateways[0].Attachments[0].VpcId
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"$eni"}
save association = AssociationId
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
! DependencyViolation: Network $vpc has some mapped public address(es).
> ec2 DisassociateAddress {"AssociationId":"$association"}
> ec2 DetachInternetGateway {"InternetGatewayId":"$igw","VpcId":"$vpc"}
