# Each kind of the network takes tags when made and later, and loses them with itself.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateRouteTable {"VpcId":"$vpc"}
save rtb = RouteTable.RouteTableId
> ec2 CreateNetworkAcl {"VpcId":"$vpc"}
save acl = NetworkAcl.NetworkAclId
> ec2 CreateSecurityGroup {"GroupName":"web","Description":"web","VpcId":"$vpc"}
save sg = GroupId
> ec2 DescribeSecurityGroupRules {"Filters":[{"Name":"group-id","Values":["$sg"]}]}
save rule = SecurityGroupRules[0].SecurityGroupRuleId
> ec2 AllocateAddress {}
save eip = AllocationId
> ec2 CreateInternetGateway {}
save igw = InternetGateway.InternetGatewayId
> ec2 CreateManagedPrefixList {"PrefixListName":"offices","MaxEntries":1,"AddressFamily":"IPv4"}
save pl = PrefixList.PrefixListId
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
save dopt = Vpcs[0].DhcpOptionsId
> ec2 CreateTags {"Resources":["$vpc","$rtb","$acl","$sg","$rule","$eip","$igw","$pl","$dopt"],"Tags":[{"Key":"course","Value":"101"}]}
> ec2 DescribeTags {"Filters":[{"Name":"tag:course","Values":["101"]}]}
= Tags#: 9
> ec2 DescribeSecurityGroupRules {"Filters":[{"Name":"tag-key","Values":["course"]}]}
= SecurityGroupRules#: 1
> ec2 DeleteRouteTable {"RouteTableId":"$rtb"}
> ec2 DeleteNetworkAcl {"NetworkAclId":"$acl"}
> ec2 DeleteSecurityGroup {"GroupId":"$sg"}
> ec2 ReleaseAddress {"AllocationId":"$eip"}
> ec2 DeleteInternetGateway {"InternetGatewayId":"$igw"}
> ec2 DeleteManagedPrefixList {"PrefixListId":"$pl"}
> ec2 DeleteVpc {"VpcId":"$vpc"}
> ec2 DescribeTags {}
= Tags#: 1
= Tags[0].ResourceType: dhcp-options
> ec2 DescribeTags {"MaxResults":5}
= Tags#: 1
