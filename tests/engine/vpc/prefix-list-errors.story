> ec2 CreateManagedPrefixList {"PrefixListName":"com.amazonaws.mine","MaxEntries":3,"AddressFamily":"IPv4"}
! InvalidParameterValue: com.amazonaws
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":0,"AddressFamily":"IPv4"}
! InvalidParameterValue: between 1 and 1000
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":1001,"AddressFamily":"IPv4"}
! InvalidParameterValue
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":3,"AddressFamily":"IPX"}
! InvalidParameterValue: IPX
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":3,"AddressFamily":"IPv6","Entries":[{"Cidr":"10.0.0.0/8"}]}
! InvalidParameterValue
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":1,"AddressFamily":"IPv4","Entries":[{"Cidr":"10.0.0.0/8"},{"Cidr":"192.168.0.0/16"}]}
! PrefixListMaxEntriesExceeded
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":5,"AddressFamily":"IPv4","Entries":[{"Cidr":"10.0.0.0/8"},{"Cidr":"10.0.0.1/8"}]}
! InvalidParameterValue: more than once
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":2,"AddressFamily":"IPv4","Entries":[{"Cidr":"10.0.0.0/8"}]}
save pl = PrefixList.PrefixListId
# Size and entries are changed by separate calls.
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","CurrentVersion":1,"MaxEntries":5,"AddEntries":[{"Cidr":"192.0.2.0/24"}]}
! InvalidParameterCombination: You cannot modify the entries and the maximum entries for the prefix list in the same request.
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","CurrentVersion":1,"AddEntries":[{"Cidr":"192.0.2.0/24"},{"Cidr":"198.51.100.0/24"}]}
! PrefixListMaxEntriesExceeded
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","MaxEntries":3}
= PrefixList.MaxEntries: 3
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","CurrentVersion":1,"RemoveEntries":[{"Cidr":"192.0.2.0/24"}]}
! InvalidParameterValue: no entry 192.0.2.0/24
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl"}
! MissingParameter
> ec2 DeleteManagedPrefixList {"PrefixListId":"pl-00000000000000000"}
! InvalidPrefixListID.NotFound: The prefix list ID 'pl-00000000000000000' does not exist
