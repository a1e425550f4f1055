# AWS's own lists, which nobody can change: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
> ec2 DescribePrefixLists {}
= PrefixLists#: 2
= PrefixLists[0].PrefixListName: com.amazonaws.us-east-1.dynamodb
= PrefixLists[1].PrefixListName: com.amazonaws.us-east-1.s3
= PrefixLists[1].Cidrs[0]: 3.5.0.0/19
save s3 = PrefixLists[1].PrefixListId
> ec2 DescribePrefixLists {"Filters":[{"Name":"prefix-list-name","Values":["*.s3"]}]}
= PrefixLists#: 1
> ec2 DescribeManagedPrefixLists {"Filters":[{"Name":"owner-id","Values":["AWS"]}]}
= PrefixLists#: 2
= PrefixLists[1].OwnerId: AWS
= PrefixLists[1].Version: -
= PrefixLists[1].MaxEntries: -
= PrefixLists[1].PrefixListArn: arn:aws:ec2:us-east-1:aws:prefix-list/$s3
> ec2 ModifyManagedPrefixList {"PrefixListId":"$s3","PrefixListName":"mine"}
! OperationNotPermitted
> ec2 DeleteManagedPrefixList {"PrefixListId":"$s3"}
! OperationNotPermitted
# A customer's list is none of AWS's.
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":2,"AddressFamily":"IPv4"}
> ec2 DescribePrefixLists {}
= PrefixLists#: 2
> ec2 DescribeManagedPrefixLists {}
= PrefixLists#: 3
# Rules can name them.
> ec2 CreateSecurityGroup {"GroupName":"s3-only","Description":"out to S3"}
save sg = GroupId
> ec2 AuthorizeSecurityGroupEgress {"GroupId":"$sg","IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"PrefixListIds":[{"PrefixListId":"$s3"}]}]}
# Pages.
> ec2 DescribeManagedPrefixLists {"MaxResults":2}
= PrefixLists#: 2
save token = NextToken
> ec2 DescribeManagedPrefixLists {"MaxResults":2,"NextToken":"$token"}
= PrefixLists#: 1
region ap-southeast-2
> ec2 DescribePrefixLists {}
= PrefixLists[1].PrefixListName: com.amazonaws.ap-southeast-2.s3
