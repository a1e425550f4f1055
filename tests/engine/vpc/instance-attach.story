# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachNetworkInterface.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save primary = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save first = Instances[0].NetworkInterfaces[0].Attachment.AttachmentId
save subnet = Instances[0].SubnetId
save zone = Instances[0].Placement.AvailabilityZone
advance 60
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":0}
! InvalidParameterValue: Instance '$web' already has an interface attached at device index '0'.
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":1}
= AttachmentId: eni-attach-0*
= NetworkCardIndex: 0
save attachment = AttachmentId
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"attachment.instance-id","Values":["$web"]}]}
= NetworkInterfaces#: 2
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].Status: in-use
= NetworkInterfaces[0].Attachment.DeviceIndex: 1
= NetworkInterfaces[0].Attachment.Status: attached
= NetworkInterfaces[0].Attachment.InstanceOwnerId: 123456789012
# What is attached after the launch does not go with the instance.
= NetworkInterfaces[0].Attachment.DeleteOnTermination: false
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].NetworkInterfaces#: 2
= Reservations[0].Instances[0].NetworkInterfaces[1].NetworkInterfaceId: $eni
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":2}
! InvalidNetworkInterface.InUse: Interface: [$eni] in use.
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
! InvalidParameterValue: Network interface '$eni' is currently in use.
# A t3.micro takes two interfaces: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save third = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$third","InstanceId":"$web","DeviceIndex":2}
! AttachmentLimitExceeded: Interface count 3 exceeds the limit for t3.micro
# Two addresses each: one secondary.
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$eni","SecondaryPrivateIpAddressCount":1}
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$eni","SecondaryPrivateIpAddressCount":1}
! PrivateIpAddressLimitExceeded
> ec2 DetachNetworkInterface {"AttachmentId":"$first"}
! OperationNotPermitted: The network interface at device index 0
> ec2 DetachNetworkInterface {"AttachmentId":"$attachment"}
> ec2 DetachNetworkInterface {"AttachmentId":"$attachment"}
! InvalidAttachmentID.NotFound
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$primary"}
! InvalidParameterValue: is currently in use
