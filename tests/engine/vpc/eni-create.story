# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24","AvailabilityZone":"us-east-1b"}
save subnet = Subnet.SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddress":"10.0.0.10","Description":"second leg","TagSpecifications":[{"ResourceType":"network-interface","Tags":[{"Key":"Name","Value":"leg"}]}]}
save eni = NetworkInterface.NetworkInterfaceId
= NetworkInterface.NetworkInterfaceId: eni-0*
= NetworkInterface.Status: available
= NetworkInterface.PrivateIpAddress: 10.0.0.10
= NetworkInterface.PrivateIpAddresses#: 1
= NetworkInterface.PrivateIpAddresses[0].Primary: true
= NetworkInterface.VpcId: $vpc
= NetworkInterface.AvailabilityZone: us-east-1b
= NetworkInterface.AvailabilityZoneId: use1-az2
= NetworkInterface.Description: second leg
= NetworkInterface.SourceDestCheck: true
= NetworkInterface.InterfaceType: interface
= NetworkInterface.RequesterManaged: false
= NetworkInterface.MacAddress: 0*:*:*:*:*:*
= NetworkInterface.Association: -
= NetworkInterface.Attachment: -
# Named no group: the VPC's default one.
= NetworkInterface.Groups[0].GroupName: default
= NetworkInterface.TagSet[0].Value: leg
# A VPC without host names gives none.
= NetworkInterface.PrivateDnsName: -
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].AvailableIpAddressCount: 250
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$eni"]}
= NetworkInterfaces[0].PrivateDnsName: ip-10-0-0-10.ec2.internal
# Three addresses, the primary one by name.
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","PrivateIpAddresses":[{"PrivateIpAddress":"10.0.0.20","Primary":true},{"PrivateIpAddress":"10.0.0.22"},{"PrivateIpAddress":"10.0.0.21"}]}
= NetworkInterface.PrivateIpAddress: 10.0.0.20
= NetworkInterface.PrivateIpAddresses#: 3
= NetworkInterface.PrivateIpAddresses[1].PrivateIpAddress: 10.0.0.22
= NetworkInterface.PrivateIpAddresses[1].Primary: false
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","SecondaryPrivateIpAddressCount":2}
= NetworkInterface.PrivateIpAddresses#: 3
= NetworkInterface.PrivateIpAddress: 10.0.0.*
