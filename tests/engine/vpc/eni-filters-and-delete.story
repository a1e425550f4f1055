> ec2 DescribeSubnets {}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
save vpc = Subnets[0].VpcId
> ec2 CreateNetworkInterface {"SubnetId":"$a","Description":"first"}
save one = NetworkInterface.NetworkInterfaceId
save mac = NetworkInterface.MacAddress
> ec2 CreateNetworkInterface {"SubnetId":"$b","Description":"second"}
save two = NetworkInterface.NetworkInterfaceId
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"subnet-id","Values":["$b"]}]}
= NetworkInterfaces#: 1
= NetworkInterfaces[0].NetworkInterfaceId: $two
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"mac-address","Values":["$mac"]}]}
= NetworkInterfaces[0].NetworkInterfaceId: $one
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"group-name","Values":["default"]},{"Name":"status","Values":["available"]},{"Name":"vpc-id","Values":["$vpc"]}]}
= NetworkInterfaces#: 2
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"availability-zone","Values":["us-east-1b"]},{"Name":"description","Values":["sec*"]}]}
= NetworkInterfaces#: 1
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"attachment.instance-id","Values":["*"]}]}
= NetworkInterfaces#: 0
> ec2 DescribeNetworkInterfaces {"NetworkInterfaceIds":["$one"],"MaxResults":5}
! InvalidParameterCombination
> ec2 DescribeNetworkInterfaces {"Filters":[{"Name":"colour","Values":["red"]}]}
! InvalidParameterValue: The filter 'colour' is invalid
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$one"}
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$one"}
! InvalidNetworkInterfaceID.NotFound
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"eni-1"}
! InvalidNetworkInterfaceId.Malformed
