> ec2 DescribeSubnets {}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$a"}
save web = Instances[0].InstanceId
advance 60
# Interface and instance are in one zone.
> ec2 CreateNetworkInterface {"SubnetId":"$b"}
save far = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$far","InstanceId":"$web","DeviceIndex":1}
! InvalidParameterCombination: not in the same availability zone
# An interface with more addresses than the type takes.
> ec2 CreateNetworkInterface {"SubnetId":"$a","SecondaryPrivateIpAddressCount":3}
save fat = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$fat","InstanceId":"$web","DeviceIndex":1}
! PrivateIpAddressLimitExceeded
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$fat","InstanceId":"i-00000000000000000","DeviceIndex":1}
! InvalidInstanceID.NotFound
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"eni-00000000000000000","InstanceId":"$web","DeviceIndex":1}
! InvalidNetworkInterfaceID.NotFound
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$fat","InstanceId":"$web","DeviceIndex":-1}
! InvalidParameterValue: DeviceIndex
> ec2 TerminateInstances {"InstanceIds":["$web"]}
> ec2 CreateNetworkInterface {"SubnetId":"$a"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":1}
! IncorrectInstanceState
