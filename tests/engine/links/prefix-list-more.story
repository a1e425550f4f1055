# https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":3,"AddressFamily":"IPv4","Entries":[{"Cidr":"203.0.113.0/24"}]}
save pl = PrefixList.PrefixListId
> ec2 ModifyManagedPrefixList {"PrefixListId":"$pl","CurrentVersion":1,"AddEntries":[{"Cidr":"192.0.2.0/24"}]}
> ec2 RestoreManagedPrefixListVersion {"PrefixListId":"$pl","PreviousVersion":1,"CurrentVersion":1}
! PrefixListVersionMismatch
> ec2 RestoreManagedPrefixListVersion {"PrefixListId":"$pl","PreviousVersion":7,"CurrentVersion":2}
! InvalidParameterValue
> ec2 RestoreManagedPrefixListVersion {"PrefixListId":"$pl","PreviousVersion":1,"CurrentVersion":2}
= PrefixList.Version: 3
= PrefixList.State: restore-in-progress
> ec2 GetManagedPrefixListEntries {"PrefixListId":"$pl"}
= Entries: [{"Cidr":"203.0.113.0/24"}]
> ec2 GetManagedPrefixListAssociations {"PrefixListId":"$pl"}
= PrefixListAssociations#: 0
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"group-name","Values":["default"]}]}
save sg = SecurityGroups[0].GroupId
> ec2 AuthorizeSecurityGroupIngress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"PrefixListIds":[{"PrefixListId":"$pl"}]}]}
> ec2 GetManagedPrefixListAssociations {"PrefixListId":"$pl"}
= PrefixListAssociations: [{"ResourceId":"$sg","ResourceOwner":"123456789012"}]
> ec2 DescribeManagedPrefixLists {"Filters":[{"Name":"prefix-list-name","Values":["com.amazonaws.us-east-1.s3"]}]}
save s3 = PrefixLists[0].PrefixListId
> ec2 RestoreManagedPrefixListVersion {"PrefixListId":"$s3","PreviousVersion":1,"CurrentVersion":2}
! OperationNotPermitted
