# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":3,"AddressFamily":"IPv4","Entries":[{"Cidr":"203.0.113.0/24","Description":"Rome"},{"Cidr":"198.51.100.7/24"}],"TagSpecifications":[{"ResourceType":"prefix-list","Tags":[{"Key":"Name","Value":"offices"}]}]}
= PrefixList.PrefixListId: pl-0*
= PrefixList.State: create-in-progress
= PrefixList.Version: 1
= PrefixList.MaxEntries: 3
= PrefixList.AddressFamily: IPv4
= PrefixList.OwnerId: 123456789012
= PrefixList.PrefixListArn: arn:aws:ec2:us-east-1:123456789012:prefix-list/pl-0*
save pl = PrefixList.PrefixListId
> ec2 DescribeManagedPrefixLists {"PrefixListIds":["$pl"]}
= PrefixLists[0].State: create-complete
= PrefixLists[0].Tags[0].Value: offices
> ec2 GetManagedPrefixListEntries {"PrefixListId":"$pl"}
= Entries: [{"Cidr":"198.51.100.0/24"},{"Cidr":"203.0.113.0/24","Description":"Rome"}]
# A change of the entries makes a version, and needs the number of the current one.
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","CurrentVersion":1,"AddEntries":[{"Cidr":"192.0.2.0/24","Description":"Oslo"}],"RemoveEntries":[{"Cidr":"198.51.100.0/24"}]}
= PrefixList.Version: 2
= PrefixList.State: modify-in-progress
> ec2 GetManagedPrefixListEntries {"PrefixListId":"$pl"}
= Entries#: 2
= Entries[0].Description: Oslo
> ec2 GetManagedPrefixListEntries {"PrefixListId":"$pl","TargetVersion":1}
= Entries[0].Cidr: 198.51.100.0/24
> ec2 GetManagedPrefixListEntries {"PrefixListId":"$pl","TargetVersion":3}
! InvalidParameterValue
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","CurrentVersion":1,"AddEntries":[{"Cidr":"192.0.2.128/25"}]}
! PrefixListVersionMismatch: The prefix list has the incorrect version number.
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","AddEntries":[{"Cidr":"192.0.2.128/25"}]}
! MissingParameter: CurrentVersion
# A new name makes no version.
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","PrefixListName":"sites"}
= PrefixList.PrefixListName: sites
= PrefixList.Version: 2
> ec2 DeleteManagedPrefixList {"PrefixListId":"$pl"}
= PrefixList.State: delete-in-progress
> ec2 DescribeManagedPrefixLists {"PrefixListIds":["$pl"]}
! InvalidPrefixListID.NotFound
