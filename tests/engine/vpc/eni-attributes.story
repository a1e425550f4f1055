# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
> ec2 DescribeSubnets {}
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","SourceDestCheck":{"Value":false}}
event source/destination check off
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attribute":"sourceDestCheck"}
= SourceDestCheck.Value: false
= NetworkInterfaceId: $eni
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Description":{"Value":"appliance"}}
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attribute":"description"}
= Description.Value: appliance
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attribute":"attachment"}
= Attachment: -
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni"}
! MissingParameter
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni"}
! InvalidParameterCombination
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Description":{"Value":"x"},"SourceDestCheck":{"Value":true}}
! InvalidParameterCombination
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Groups":["sg-00000000000000000"]}
! InvalidGroup.NotFound
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"eni-00000000000000000","SourceDestCheck":{"Value":true}}
! InvalidNetworkInterfaceID.NotFound: The networkInterface ID 'eni-00000000000000000' does not exist
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attachment":{"AttachmentId":"eni-attach-00000000000000000","DeleteOnTermination":true}}
! InvalidAttachmentID.NotFound
