# A prefix list as destination: https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
> ec2 DescribeRouteTables {}
save rtb = RouteTables[0].RouteTableId
save igw = RouteTables[0].Routes[1].GatewayId
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":5,"AddressFamily":"IPv4","Entries":[{"Cidr":"198.51.100.0/24","Description":"Rome"}]}
save pl = PrefixList.PrefixListId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationPrefixListId":"$pl","GatewayId":"$igw"}
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationPrefixListId":"$pl","GatewayId":"$igw"}
! RouteAlreadyExists
> ec2 DescribeRouteTables {"Filters":[{"Name":"route.destination-prefix-list-id","Values":["$pl"]}]}
= RouteTables[0].Routes[2].DestinationPrefixListId: $pl
= RouteTables[0].Routes[2].GatewayId: $igw
> ec2 DeleteManagedPrefixList {"PrefixListId":"$pl"}
! DependencyViolation
> ec2 DeleteRoute {"RouteTableId":"$rtb","DestinationPrefixListId":"$pl"}
> ec2 DeleteRoute {"RouteTableId":"$rtb","DestinationPrefixListId":"$pl"}
! InvalidRoute.NotFound
> ec2 DeleteManagedPrefixList {"PrefixListId":"$pl"}
# A list counts for its maximum of entries towards the quota of 500 routes a table.
> ec2 CreateManagedPrefixList {"PrefixListName":"large","MaxEntries":500,"AddressFamily":"IPv4"}
save large = PrefixList.PrefixListId
> ec2 CreateRoute {"RouteTableId":"$rtb","DestinationPrefixListId":"$large","GatewayId":"$igw"}
! RouteLimitExceeded
