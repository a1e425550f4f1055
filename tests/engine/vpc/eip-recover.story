# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eip-recovering.html
> ec2 AllocateAddress {}
save eip = AllocationId
save address = PublicIp
> ec2 AllocateAddress {"Address":"$address"}
! InvalidAddress.NotFound
> ec2 ReleaseAddress {"AllocationId":"$eip"}
> ec2 AllocateAddress {"Address":"198.51.100.7"}
! InvalidAddress.NotFound: Address '198.51.100.7' not found.
> ec2 AllocateAddress {"Address":"$address"}
= PublicIp: $address
save again = AllocationId
differ $eip $again
> ec2 AllocateAddress {"NetworkBorderGroup":"us-east-1-wl1"}
! InvalidParameterValue
> ec2 AllocateAddress {"Domain":"standard"}
! UnsupportedOperation

== what is left of EC2-Classic, and pools of one's own
> ec2 AllocateAddress {}
save address = PublicIp
> ec2 MoveAddressToVpc {"PublicIp":"$address"}
! UnsupportedOperation: already in the EC2-VPC platform
> ec2 RestoreAddressToClassic {"PublicIp":"$address"}
! UnsupportedOperation
> ec2 MoveAddressToVpc {"PublicIp":"198.51.100.7"}
! InvalidAddress.NotFound
> ec2 DescribeMovingAddresses {"PublicIps":["$address"]}
= MovingAddressStatuses#: 0
> ec2 DescribePublicIpv4Pools {}
= PublicIpv4Pools#: 0
> ec2 DescribePublicIpv4Pools {"PoolIds":["ipv4pool-ec2-012345678901234ab"]}
! InvalidPublicIpv4PoolID.NotFound
> ec2 DescribeIpv6Pools {}
= Ipv6Pools#: 0
