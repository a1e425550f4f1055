# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.10"}
save one = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.20"}
save two = NetworkInterface.NetworkInterfaceId
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","PrivateIpAddresses":["10.0.0.11","10.0.0.12"]}
= NetworkInterfaceId: $one
= AssignedPrivateIpAddresses: [{"PrivateIpAddress":"10.0.0.11"},{"PrivateIpAddress":"10.0.0.12"}]
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$one","SecondaryPrivateIpAddressCount":1}
= AssignedPrivateIpAddresses#: 1
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$one"]}
= NetworkInterfaces[0].PrivateIpAddresses#: 4
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$two","PrivateIpAddresses":["10.0.0.11"]}
! InvalidIPAddress.InUse
# A secondary address can be taken over, a primary one cannot.
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$two","PrivateIpAddresses":["10.0.0.11"],"AllowReassignment":true}
event 10.0.0.11 reassigned to eni-
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"addresses.private-ip-address","Values":["10.0.0.11"]}]}
= NetworkInterfaces#: 1
= NetworkInterfaces[0].NetworkInterfaceId: $two
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$two","PrivateIpAddresses":["10.0.0.10"],"AllowReassignment":true}
! InvalidParameterValue: primary
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$two"}
! MissingParameter
> ec2 AssignPrivateIpAddresses {"NetworkInterfaceId":"$two","PrivateIpAddresses":["10.0.0.44"],"SecondaryPrivateIpAddressCount":1}
! InvalidParameterCombination
> ec2 UnassignPrivateIpAddresses {"NetworkInterfaceId":"$two","PrivateIpAddresses":["10.0.0.11"]}
> ec2 UnassignPrivateIpAddresses {"NetworkInterfaceId":"$two","PrivateIpAddresses":["10.0.0.11"]}
! InvalidParameterValue: not assigned to interface $two
> ec2 UnassignPrivateIpAddresses {"NetworkInterfaceId":"$two","PrivateIpAddresses":["10.0.0.20"]}
! InvalidParameterValue: primary address
> ec2 UnassignPrivateIpAddresses {"NetworkInterfaceId":"$two"}
! MissingParameter
