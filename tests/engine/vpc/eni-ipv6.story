# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignIpv6Addresses.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16","AmazonProvidedIpv6CidrBlock":true}
save vpc = Vpc.VpcId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save six = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 block = $six
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6AddressCount":1}
! InvalidParameterValue: has no IPv6 CIDR block
> ec2 AssociateSubnetCidrBlock {"SubnetId":"$subnet","Ipv6CidrBlock":"$block"}
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni"}
! MissingParameter
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6AddressCount":2}
= NetworkInterfaceId: $eni
= AssignedIpv6Addresses#: 2
= AssignedIpv6Prefixes: -
save first = AssignedIpv6Addresses[0]
save second = AssignedIpv6Addresses[1]
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6AddressCount":1,"Ipv6Addresses":["$first"]}
! InvalidParameterCombination: IPv6 addresses and IPv6 address count may not be specified on the same request
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6Addresses":["$first"]}
! InvalidIPAddress.InUse
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6Addresses":["2001:db8::1"]}
! InvalidParameterValue: does not fall within the subnet's address range
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6Addresses":["nonsense"]}
! InvalidParameterValue
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6AddressCount":1000}
! PrivateIpAddressLimitExceeded
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"ipv6-addresses.ipv6-address","Values":["$second"]}]}
= NetworkInterfaces#: 1
= NetworkInterfaces[0].Ipv6Addresses#: 2
> ec2 UnassignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6Addresses":["$second"]}
= UnassignedIpv6Addresses: ["$second"]
> ec2 UnassignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6Addresses":["$second"]}
! InvalidParameterValue: not assigned to interface $eni
> ec2 UnassignIpv6Addresses {"NetworkInterfaceId":"$eni"}
! MissingParameter
# One address may be the primary one; it stays for good.
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","EnablePrimaryIpv6":true}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].Ipv6Addresses: [{"Ipv6Address":"$first","IsPrimaryIpv6":true}]
> ec2 UnassignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6Addresses":["$first"]}
! InvalidParameterValue: primary IPv6 address
> ec2 ModifyNetworkInterfaceAttribute {"NetworkInterfaceId":"$eni","EnablePrimaryIpv6":false}
! InvalidParameterValue
# Named from the start.
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv6Addresses":[{"Ipv6Address":"$second"}]}
= NetworkInterface.Ipv6Addresses: [{"Ipv6Address":"$second","IsPrimaryIpv6":false}]
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","Ipv6Addresses":[{"Ipv6Address":"$second"}]}
! InvalidIPAddress.InUse
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","EnablePrimaryIpv6":true}
! InvalidParameterCombination
