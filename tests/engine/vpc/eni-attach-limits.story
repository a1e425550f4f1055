# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html: a t3.nano takes two addresses an interface
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.nano"}
save small = Instances[0].InstanceId
save subnet = Instances[0].SubnetId
advance 60
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv4PrefixCount":2}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$small","DeviceIndex":1}
! PrivateIpAddressLimitExceeded
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
save prefix = NetworkInterfaces[0].Ipv4Prefixes[0].Ipv4Prefix
> ec2 UnassignPrivateIpAddresses {"NetworkInterfaceId":"$eni","Ipv4Prefixes":["$prefix"]}
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$small","DeviceIndex":1}
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$eni","Ipv4PrefixCount":1}
! PrivateIpAddressLimitExceeded
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv4PrefixCount":1000000}
! PrivateIpAddressLimitExceeded

== on Xen there are no prefixes
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t2.micro"}
save old = Instances[0].InstanceId
save subnet = Instances[0].SubnetId
save first = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 60
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$first","Ipv4PrefixCount":1}
! UnsupportedOperation
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv4PrefixCount":1}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$old","DeviceIndex":1}
! UnsupportedOperation
# A stopped instance has its public address again when it starts, if so.
> ec2 StopInstances {"InstanceIds":["$old"]}
advance 60
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$first","AssociatePublicIpAddress":false}
> ec2 StartInstances {"InstanceIds":["$old"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$old"]}
= Reservations[0].Instances[0].PublicIpAddress: -
> ec2 StopInstances {"InstanceIds":["$old"]}
advance 60
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$first","AssociatePublicIpAddress":true}
> ec2 DescribeInstances {"InstanceIds":["$old"]}
= Reservations[0].Instances[0].PublicIpAddress: -
> ec2 StartInstances {"InstanceIds":["$old"]}
advance 60
> ec2 DescribeInstances {"InstanceIds":["$old"]}
= Reservations[0].Instances[0].PublicIpAddress: 3.*
