# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterfacePermission.html
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a"]}]}
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet"}
save eni = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterfacePermission {"NetworkInterfaceId":"$eni","AwsAccountId":"12","Permission":"INSTANCE-ATTACH"}
! InvalidUserID.Malformed
> ec2 CreateNetworkInterfacePermission {"NetworkInterfaceId":"$eni","Permission":"INSTANCE-ATTACH"}
! MissingParameter
> ec2 CreateNetworkInterfacePermission {"NetworkInterfaceId":"$eni","AwsAccountId":"210987654321","Permission":"INSTANCE-ATTACH"}
= InterfacePermission.NetworkInterfacePermissionId: eni-perm-*
= InterfacePermission.PermissionState.State: granted
save permission = InterfacePermission.NetworkInterfacePermissionId
> ec2 CreateNetworkInterfacePermission {"NetworkInterfaceId":"$eni","AwsAccountId":"210987654321","Permission":"INSTANCE-ATTACH"}
! InvalidParameterValue
> ec2 CreateNetworkInterfacePermission {"NetworkInterfaceId":"$eni","AwsAccountId":"210987654321","Permission":"EIP-ASSOCIATE"}
> ec2 DescribeNetworkInterfacePermissions {"Filters":[{"Name":"network-interface-permission.permission","Values":["INSTANCE-ATTACH"]}]}
= NetworkInterfacePermissions#: 1
= NetworkInterfacePermissions[0].NetworkInterfaceId: $eni
= NetworkInterfacePermissions[0].AwsAccountId: 210987654321
> ec2 DescribeNetworkInterfacePermissions {"MaxResults":5}
= NetworkInterfacePermissions#: 2
> ec2 DeleteNetworkInterfacePermission {"NetworkInterfacePermissionId":"$permission"}
= Return: true
> ec2 DeleteNetworkInterfacePermission {"NetworkInterfacePermissionId":"$permission"}
! InvalidPermissionID.NotFound
# They go with their interface.
> ec2 DeleteNetworkInterface {"NetworkInterfaceId":"$eni"}
> ec2 DescribeNetworkInterfacePermissions {}
= NetworkInterfacePermissions#: 0
