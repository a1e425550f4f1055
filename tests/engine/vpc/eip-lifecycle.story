# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html; every public IPv4 address costs, in use or
# idle (facts/instances.md, "Prices").
> ec2 AllocateAddress {"Domain":"vpc","TagSpecifications":[{"ResourceType":"elastic-ip","Tags":[{"Key":"Name","Value":"front"}]}]}
= AllocationId: eipalloc-0*
= Domain: vpc
= PublicIpv4Pool: amazon
= NetworkBorderGroup: us-east-1
save eip = AllocationId
save ip = PublicIp
meter $eip PublicAddress: 1 × idle 0s running
> ec2 DescribeAddresses {}
= Addresses#: 1
= Addresses[0].PublicIp: $ip
= Addresses[0].AssociationId: -
= Addresses[0].Tags[0].Value: front
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"172.31.0.10"}
save eni = NetworkInterface.NetworkInterfaceId
advance 60
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"$eni"}
= AssociationId: eipassoc-0*
save association = AssociationId
> ec2 DescribeAddresses {"PublicIps":["$ip"]}
= Addresses[0].NetworkInterfaceId: $eni
= Addresses[0].PrivateIpAddress: 172.31.0.10
= Addresses[0].AssociationId: $association
= Addresses[0].NetworkInterfaceOwnerId: 123456789012
= Addresses[0].InstanceId: -
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].Association.PublicIp: $ip
= NetworkInterfaces[0].Association.AllocationId: $eip
= NetworkInterfaces[0].Association.AssociationId: $association
= NetworkInterfaces[0].Association.IpOwnerId: 123456789012
= NetworkInterfaces[0].Association.PublicDnsName: ec2-*.compute-1.amazonaws.com
> ec2 ReleaseAddress {"AllocationId":"$eip"}
! InvalidIPAddress.InUse: Address $ip is in use.
advance 60
> ec2 DisassociateAddress {"AssociationId":"$association"}
> ec2 DisassociateAddress {"AssociationId":"$association"}
! InvalidAssociationID.NotFound: The association ID '$association' does not exist
advance 60
> ec2 ReleaseAddress {"AllocationId":"$eip"}
advance 60
meter $eip PublicAddress: 1 × idle 60s ended; 1 × in-use 60s ended; 1 × idle 60s ended
> ec2 ReleaseAddress {"AllocationId":"$eip"}
! InvalidAllocationID.NotFound: The allocation ID '$eip' does not exist
> ec2 DescribeAddresses {"PublicIps":["$ip"]}
! InvalidAddress.NotFound: Address '$ip' not found.
