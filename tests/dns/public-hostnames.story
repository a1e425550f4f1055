# Public hostnames that are made of an interface's addresses.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hostname-types.html
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> ec2 AssociateVpcCidrBlock {"VpcId":"$vpc","AmazonProvidedIpv6CidrBlock":true}
advance 60
> ec2 DescribeVpcs {}
save block = Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock
slash64 six = $block
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save subnet = Subnets[0].SubnetId
> ec2 AssociateSubnetCidrBlock {"SubnetId":"$subnet","Ipv6CidrBlock":"$six"}
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","SubnetId":"$subnet"}
save web = Instances[0].InstanceId
save eni = Instances[0].NetworkInterfaces[0].NetworkInterfaceId
save private = Instances[0].PrivateIpAddress
advance 60
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
save public = NetworkInterfaces[0].Association.PublicIp
save name4 = NetworkInterfaces[0].Association.PublicDnsName
# Nobody has asked for anything: the name of the public IPv4 address.
= NetworkInterfaces[0].PublicDnsName: $name4
= NetworkInterfaces[0].PublicIpDnsNameOptions: {"DnsHostnameType":"public-ipv4-dns-name","PublicIpv4DnsName":"$name4"}

# The kind must be one of the addresses that there are.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyPublicIpDnsNameOptions.html
> ec2 ModifyPublicIpDnsNameOptions {"NetworkInterfaceId":"$eni","HostnameType":"public-ipv6-dns-name"}
! InvalidParameterValue: has not an IPv6 address
> ec2 ModifyPublicIpDnsNameOptions {"NetworkInterfaceId":"$eni","HostnameType":"public-dual-stack-dns-name"}
! InvalidParameterValue: has not an IPv6 address
> ec2 ModifyPublicIpDnsNameOptions {"NetworkInterfaceId":"eni-00000000000000000","HostnameType":"public-ipv4-dns-name"}
! InvalidNetworkInterfaceID.NotFound
> ec2 AssignIpv6Addresses {"NetworkInterfaceId":"$eni","Ipv6AddressCount":1}
save address = AssignedIpv6Addresses[0]
> ec2 ModifyPublicIpDnsNameOptions {"NetworkInterfaceId":"$eni","HostnameType":"public-ipv6-dns-name"}
= Successful: true
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].PublicIpDnsNameOptions.DnsHostnameType: public-ipv6-dns-name
= NetworkInterfaces[0].PublicIpDnsNameOptions.PublicIpv4DnsName: $name4
= NetworkInterfaces[0].PublicIpDnsNameOptions.PublicIpv6DnsName: *-*-*-*-*.us-east-1.ip.aws
= NetworkInterfaces[0].PublicIpDnsNameOptions.PublicDualStackDnsName: -
save name6 = NetworkInterfaces[0].PublicIpDnsNameOptions.PublicIpv6DnsName
= NetworkInterfaces[0].PublicDnsName: $name6
> ec2 ModifyPublicIpDnsNameOptions {"NetworkInterfaceId":"$eni","HostnameType":"public-dual-stack-dns-name"}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].PublicIpDnsNameOptions.PublicIpv6DnsName: $name6
= NetworkInterfaces[0].PublicIpDnsNameOptions.PublicDualStackDnsName: *-*-*-*-*-*.us-east-1.ip.aws
save both = NetworkInterfaces[0].PublicIpDnsNameOptions.PublicDualStackDnsName
= NetworkInterfaces[0].PublicDnsName: $both

# From the Internet both public addresses, from inside the VPC the private one in place of the public one.
? $both A internet
~ NOERROR: $both. 604800 A $public
= steps[1].answer: ask a.nic.aws. about aws.
= steps[2].answer: ask ns1.ip.aws. about ip.aws.
? $both AAAA internet
~ NOERROR: $both. 604800 AAAA $address
? $both A $web
~ NOERROR: $both. 60 A $private
? $both AAAA $web
~ NOERROR: $both. 60 AAAA $address
? $name6 AAAA internet
~ NOERROR: $name6. 604800 AAAA $address
? $name6 A eu-west-1
~ NOERROR:
? $name6 AAAA $web
~ NOERROR: $name6. 60 AAAA $address
? us-east-1.ip.aws A internet
~ NOERROR:
# AWS's own example, an address that nobody has here.
? f5lnz-0khrm-nt2u3-gyqqt-nbdl5.ap-southeast-2.ip.aws AAAA internet
~ NXDOMAIN:
= steps[1].why: No network interface has a public hostname*

# The last public IPv4 address stays while the name is made of it.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html
> ec2 AllocateAddress {}
save allocation = AllocationId
> ec2 AssociateAddress {"AllocationId":"$allocation","NetworkInterfaceId":"$eni"}
save association = AssociationId
> ec2 DisassociateAddress {"AssociationId":"$association"}
! OperationNotPermitted: dual-stack
> ec2 ModifyPublicIpDnsNameOptions {"NetworkInterfaceId":"$eni","HostnameType":"public-ipv4-dns-name"}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].PublicIpDnsNameOptions.PublicIpv6DnsName: -
# What a resolver remembers it goes on telling.
? $name6 AAAA ap-south-1
~ NXDOMAIN:
> ec2 DisassociateAddress {"AssociationId":"$association"}

# A VPC that gives no names.
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":false}}
> ec2 ModifyPublicIpDnsNameOptions {"NetworkInterfaceId":"$eni","HostnameType":"public-ipv6-dns-name"}
! UnsupportedOperation: EnableDnsHostnames
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].PublicDnsName: -
= NetworkInterfaces[0].PublicIpDnsNameOptions: -
