# With more than one interface the call must name one, and no new address is lent after disassociation.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save primary = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save subnet = Instances[0].SubnetId
advance 60
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":1}
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$web"}
! InvalidInstanceID: There are multiple interfaces attached to instance '$web'. Please specify an interface ID
> ec2 AssociateAddress {"AllocationId":"$eip","NetworkInterfaceId":"$primary"}
save association = AssociationId
meter $primary PublicAddress: 1 × in-use * ended
> ec2 DisassociateAddress {"AssociationId":"$association"}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$primary"]}
= NetworkInterfaces[0].Association: -
