# With the instance go the interfaces that are marked so; the others are only detached.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save primary = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save subnet = Instances[0].SubnetId
advance 60
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AttachNetworkInterface {"NetworkInterfaceId":"$eni","InstanceId":"$web","DeviceIndex":1}
save attachment = AttachmentId
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attachment":{"AttachmentId":"$attachment","DeleteOnTermination":true}}
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attribute":"attachment"}
= Attachment.DeleteOnTermination: true
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attachment":{"AttachmentId":"$attachment","DeleteOnTermination":false}}
> ec2 TerminateInstances {"InstanceIds":["$web"]}
advance 120
> ec2 DescribeNetworkInterfaces {}
= NetworkInterfaces#: 1
= NetworkInterfaces[0].NetworkInterfaceId: $eni
= NetworkInterfaces[0].Status: available
