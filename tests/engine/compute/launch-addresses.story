# IPv6 addresses and prefixes of a launch, by name and by number.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html

== IPv6 addresses by name
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv6AddressCount":2}
save eni = NetworkInterface.NetworkInterfaceId
save first = NetworkInterface.Ipv6Addresses[0].Ipv6Address
save second = NetworkInterface.Ipv6Addresses[1].Ipv6Address
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","SubnetId":"$subnet","Ipv6Addresses":[{"Ipv6Address":"$first"}]}
! InvalidIPAddress.InUse
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","SubnetId":"$subnet","Ipv6Addresses":[{"Ipv6Address":"$first"}],"Ipv6AddressCount":1}
! InvalidParameterCombination: IPv6 addresses and IPv6 address count may not be specified on the same request
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":2,"InstanceType":"t3.small","SubnetId":"$subnet","Ipv6Addresses":[{"Ipv6Address":"$first"}]}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","SubnetId":"$subnet","Ipv6Addresses":[{"Ipv6Address":"2001:db8::1"}]}
! InvalidParameterValue: does not fall within the subnet's address range
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","SubnetId":"$subnet","EnablePrimaryIpv6":true}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","SubnetId":"$subnet","Ipv6Addresses":[{"Ipv6Address":"$first"},{"Ipv6Address":"$second"}],"EnablePrimaryIpv6":true}
save web = Instances[0].InstanceId
= Instances[0].Ipv6Address: $first
= Instances[0].NetworkInterfaces[0].Ipv6Addresses: [{"Ipv6Address":"$first","IsPrimaryIpv6":true},{"Ipv6Address":"$second","IsPrimaryIpv6":false}]
> ec2 DescribeInstances {"Filters":[{"Name":"ipv6-address","Values":["$first"]}]}
= Reservations[0].Instances[0].InstanceId: $web
# A primary address goes with its interface only.
save eni = Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 UnassignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6Addresses":["$first"]}
! InvalidParameterValue: primary IPv6 address

== interfaces of a launch: addresses, counts and prefixes
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","SubnetId":"$subnet","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet"}]}
! InvalidParameterCombination: may not be specified on the same request
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","Ipv6AddressCount":2,"PrimaryIpv6":true,"Ipv4Prefixes":[{"Ipv4Prefix":"10.0.0.32/28"}],"Ipv6PrefixCount":1}]}
= Instances[0].NetworkInterfaces[0].Ipv6Addresses#: 2
= Instances[0].NetworkInterfaces[0].Ipv6Addresses[0].IsPrimaryIpv6: true
= Instances[0].NetworkInterfaces[0].Ipv4Prefixes: [{"Ipv4Prefix":"10.0.0.32/28"}]
= Instances[0].NetworkInterfaces[0].Ipv6Prefixes#: 1
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","Ipv4PrefixCount":2}]}
= Instances[0].NetworkInterfaces[0].Ipv4Prefixes#: 2
# t3.small takes four addresses and prefixes for each interface, in each family.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","Ipv4PrefixCount":4}]}
! PrivateIpAddressLimitExceeded
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.small","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","Ipv6AddressCount":3,"Ipv6PrefixCount":2}]}
! PrivateIpAddressLimitExceeded
# Prefixes are for the Nitro system.
> ec2 RunInstances {"ImageId":"$al2","MinCount":1,"MaxCount":1,"InstanceType":"t2.small","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","Ipv4PrefixCount":1}]}
! UnsupportedOperation: Prefixes are not supported
# A launch of several takes numbers, not names.
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.small","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","Ipv4Prefixes":[{"Ipv4Prefix":"10.0.0.96/28"}]}]}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2023","MinCount":2,"MaxCount":2,"InstanceType":"t3.small","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","Ipv4PrefixCount":1,"Ipv6AddressCount":1}]}
= Instances[1].NetworkInterfaces[0].Ipv4Prefixes#: 1
= Instances[1].NetworkInterfaces[0].Ipv6Addresses#: 1

== in a launch template too
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","Ipv6CidrBlock":"$block"}
save subnet = Subnet.SubnetId
> ec2 CreateLaunchTemplate {"LaunchTemplateName":"six","LaunchTemplateData":{"ImageId":"$al2023","InstanceType":"t3.small","NetworkInterfaces":[{"DeviceIndex":0,"SubnetId":"$subnet","Ipv6AddressCount":1,"PrimaryIpv6":true}]}}
> ec2 RunInstances {"MinCount":1,"MaxCount":1,"LaunchTemplate":{"LaunchTemplateName":"six"}}
= Instances[0].NetworkInterfaces[0].Ipv6Addresses#: 1
= Instances[0].NetworkInterfaces[0].Ipv6Addresses[0].IsPrimaryIpv6: true

== timeouts and ENA Express of a launch
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ena-express.html
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m6i.8xlarge","NetworkInterfaces":[{"DeviceIndex":0,"EnaSrdSpecification":{"EnaSrdEnabled":false,"EnaSrdUdpSpecification":{"EnaSrdUdpEnabled":true}}}]}
! InvalidParameterCombination
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"m6i.8xlarge","NetworkInterfaces":[{"DeviceIndex":0,"EnaSrdSpecification":{"EnaSrdEnabled":true},"ConnectionTrackingSpecification":{"UdpTimeout":45}}]}
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].Attachment.EnaSrdSpecification.EnaSrdEnabled: true
= NetworkInterfaces[0].ConnectionTrackingConfiguration.UdpTimeout: 45
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"InterfaceType":"efa"}]}
! UnsupportedOperation
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","NetworkInterfaces":[{"DeviceIndex":0,"NetworkCardIndex":1}]}
! InvalidParameterValue
