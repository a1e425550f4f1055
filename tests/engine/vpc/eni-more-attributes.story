# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
advance 60
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","SourceDestCheck":{"Value":false}}
> ec2 ResetNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","SourceDestCheck":"true"}
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attribute":"sourceDestCheck"}
= SourceDestCheck.Value: true
> ec2 ResetNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni"}
! InvalidParameterCombination: No attributes specified.
# Timeouts of connection tracking, within AWS's bounds.
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","ConnectionTrackingSpecification":{"TcpEstablishedTimeout":59}}
! InvalidParameterValue
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","ConnectionTrackingSpecification":{"TcpEstablishedTimeout":350}}
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","ConnectionTrackingSpecification":{"UdpTimeout":60,"UdpStreamTimeout":180}}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].ConnectionTrackingConfiguration: {"TcpEstablishedTimeout":350,"UdpStreamTimeout":180,"UdpTimeout":60}
# ENA Express belongs to the attachment.
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","EnaSrdSpecification":{"EnaSrdUdpSpecification":{"EnaSrdUdpEnabled":true}}}
! InvalidParameterCombination
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","EnaSrdSpecification":{"EnaSrdEnabled":true}}
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attribute":"attachment"}
= Attachment.InstanceId: $web
= Attachment.EnaSrdSpecification.EnaSrdEnabled: true
= Attachment.EnaSrdSpecification.EnaSrdUdpSpecification.EnaSrdUdpEnabled: false
# The public address of a primary interface can go and come.
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","AssociatePublicIpAddress":false}
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: -
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","AssociatePublicIpAddress":true}
> ec2 DescribeInstances {"InstanceIds":["$web"]}
= Reservations[0].Instances[0].PublicIpAddress: 3.*
> ec2 DescribeNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","Attribute":"associatePublicIpAddress"}
= AssociatePublicIpAddress: true
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","EnablePrimaryIpv6":true}
! InvalidParameterValue: has no IPv6 address
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","SourceDestCheck":{"Value":false},"Description":{"Value":"x"}}
! InvalidParameterCombination
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"operator.managed","Values":["true"]}]}
= NetworkInterfaces#: 0
