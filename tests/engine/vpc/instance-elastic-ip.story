# facts/instances.md: the public address that Amazon lent is released when an Elastic IP is associated. After
# disassociation the instance gets a new one:
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html#concepts-public-addresses
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 AllocateAddress {}
save eip = AllocationId
save ip = PublicIp
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$web"}
! InvalidInstanceID: The pending instance '$web' is not in a valid state for this operation.
advance 60
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].Association.IpOwnerId: amazon
save lent = NetworkInterfaces[0].Association.PublicIp
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$web"}
save association = AssociationId
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $ip
> ec2 DescribeAddresses {"Filters":[{"Name":"instance-id","Values":["$web"]}]}
= Addresses#: 1
= Addresses[0].InstanceId: $web
# An Elastic IP stays through a stop (facts/instances.md).
> ec2 StopInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $ip
> ec2 StartInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: $ip
> ec2 DisassociateAddress {"AssociationId":"$association"}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].Association.IpOwnerId: amazon
= NetworkInterfaces[0].Association.AllocationId: -
# On termination the Elastic IP is disassociated and stays with the account.
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$web"}
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeAddresses {}
= Addresses#: 1
= Addresses[0].AssociationId: -
> ec2 AssociateAddress {"AllocationId":"$eip","InstanceId":"$web"}
! InvalidInstanceID: is not in a valid state
