# A call that is repeated with its token makes nothing new: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
> ec2 DescribeSubnets {}
save vpc = Subnets[0].VpcId
save subnet = Subnets[0].SubnetId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","ClientToken":"one"}
= ClientToken: one
save eni = NetworkInterface.NetworkInterfaceId
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","ClientToken":"one"}
= NetworkInterface.NetworkInterfaceId: $eni
> ec2 CreateNetworkInterface {"SubnetId":"$subnet","ClientToken":"one","Description":"other"}
! IdempotentParameterMismatch
> ec2 DescribeNetworkInterfaces {}
= NetworkInterfaces#: 1
> ec2 CreateRouteTable {"VpcId":"$vpc","ClientToken":"one"}
save rtb = RouteTable.RouteTableId
> ec2 CreateRouteTable {"VpcId":"$vpc","ClientToken":"one"}
= RouteTable.RouteTableId: $rtb
= ClientToken: one
> ec2 CreateNetworkAcl {"VpcId":"$vpc","ClientToken":"one"}
save acl = NetworkAcl.NetworkAclId
> ec2 CreateNetworkAcl {"VpcId":"$vpc","ClientToken":"one"}
= NetworkAcl.NetworkAclId: $acl
> ec2 CreateManagedPrefixList {"PrefixListName":"a","MaxEntries":1,"AddressFamily":"IPv4","ClientToken":"one"}
save pl = PrefixList.PrefixListId
> ec2 CreateManagedPrefixList {"PrefixListName":"a","MaxEntries":1,"AddressFamily":"IPv4","ClientToken":"one"}
= PrefixList.PrefixListId: $pl
# Without a token two calls make two.
> ec2 CreateRouteTable {"VpcId":"$vpc"}
> ec2 CreateRouteTable {"VpcId":"$vpc"}
> ec2 DescribeRouteTables {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
= RouteTables#: 4
