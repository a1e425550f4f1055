# Reassociation is automatic unless one says otherwise; what was in front of an address gives way:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save one = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddresses":[{"PrivateIpAddress":"172.31.0.20","Primary":true},{"PrivateIpAddress":"172.31.0.21"}]}
save two = NetworkInterface.NetworkInterfaceId
> ec2 AllocateAddress {}
save red = AllocationId
save redip = PublicIp
> ec2 AllocateAddress {}
save blue = AllocationId
> ec2 AssociateAddress {"AllocationId":"$red","NetworkInterfaceId":"$one"}
save first = AssociationId
# The same again changes nothing.
> ec2 AssociateAddress {"AllocationId":"$red","NetworkInterfaceId":"$one"}
= AssociationId: $first
> ec2 AssociateAddress {"AllocationId":"$red","NetworkInterfaceId":"$two","AllowReassociation":false}
! Resource.AlreadyAssociated: resource $red is already associated with associate-id $first
> ec2 AssociateAddress {"PublicIp":"$redip","NetworkInterfaceId":"$two"}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$one"]}
= NetworkInterfaces[0].Association: -
> ec2 AssociateAddress {"AllocationId":"$blue","NetworkInterfaceId":"$two"}
> ec2 DescribeAddresses {"AllocationIds":["$red"]}
= Addresses[0].AssociationId: -
# A secondary private address can have one of its own.
> ec2 AssociateAddress {"AllocationId":"$red","NetworkInterfaceId":"$two","PrivateIpAddress":"172.31.0.21"}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$two"]}
= NetworkInterfaces[0].PrivateIpAddresses[0].Association.AllocationId: $blue
= NetworkInterfaces[0].PrivateIpAddresses[1].Association.AllocationId: $red
# Taking that private address away leaves the Elastic IP with the account.
> ec2 UnassignPrivateIpAddresses {"NetworkInterfaceId":"$two","PrivateIpAddresses":["172.31.0.21"]}
> ec2 DescribeAddresses {"Filters":[{"Name":"network-interface-id","Values":["$two"]}]}
= Addresses#: 1
= Addresses[0].AllocationId: $blue
# So does deleting the interface.
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$two"}
> ec2 DescribeAddresses {}
= Addresses#: 2
= Addresses[1].AssociationId: -
> ec2 DisassociateAddress {"PublicIp":"$redip"}
! InvalidAssociationID.NotFound
