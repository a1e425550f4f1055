> ec2 AllocateAddress {"Domain":"standard"}
! UnsupportedOperation
> ec2 AllocateAddress {"NetworkBorderGroup":"eu-west-1"}
! InvalidParameterValue: NetworkBorderGroup
> ec2 AllocateAddress {}
save eip = AllocationId
save ip = PublicIp
> ec2 ReleaseAddress {"PublicIp":"$ip"}
! InvalidParameterValue: You must specify an allocation id when releasing a VPC elastic IP address
> ec2 ReleaseAddress {}
! MissingParameter
> ec2 ReleaseAddress {"AllocationId":"eipalloc-00000000000000000"}
! InvalidAllocationID.NotFound
> ec2 AssociateAddress {"AllocationId":"$eip"}
! MissingParameter
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"i-00000000000000000"}
! InvalidInstanceID.NotFound
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"eni-00000000000000000"}
! InvalidNetworkInterfaceID.NotFound
> ec2 AssociateAddress {"PublicIp":"198.51.100.1","NetworkInterfaceId":"eni-00000000000000000"}
! InvalidAddress.NotFound
> ec2 AssociateAddress {"PublicIp":"$ip","AllocationId":"$eip","NetworkInterfaceId":"eni-00000000000000000"}
! InvalidParameterCombination
> ec2 DisassociateAddress {}
! MissingParameter
> ec2 DisassociateAddress {"PublicIp":"$ip"}
! InvalidAssociationID.NotFound
# An interface without a way to the Internet takes none.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"$eni"}
! Gateway.NotAttached: Network $vpc is not attached to any internet gateway
> ec2 DescribeSubnets {"Filters":[{"Name":"default-for-az","Values":["true"]}]}
save public = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$public"}
save good = NetworkInterface.NetworkInterfaceId
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"$good","PrivateIpAddress":"172.31.99.99"}
! InvalidParameterValue
