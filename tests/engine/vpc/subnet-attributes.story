# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"10.0.0.0/24"}
save subnet = Subnet.SubnetId
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","MapPublicIpOnLaunch":{"Value":true}}
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","PrivateDnsHostnameTypeOnLaunch":"resource-name"}
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","EnableResourceNameDnsARecordOnLaunch":{"Value":true}}
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].MapPublicIpOnLaunch: true
= Subnets[0].PrivateDnsNameOptionsOnLaunch.HostnameType: resource-name
= Subnets[0].PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord: true
= Subnets[0].PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord: false
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","AssignIpv6AddressOnCreation":{"Value":true}}
! InvalidParameterValue: has an IPv6 CIDR block associated with it.
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet"}
! InvalidParameterCombination
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","MapPublicIpOnLaunch":{"Value":false},"EnableDns64":{"Value":true}}
! InvalidParameterCombination
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","MapCustomerOwnedIpOnLaunch":{"Value":true}}
! InvalidParameterValue: not on an Outpost
> ec2 ModifySubnetAttribute {"SubnetId":"subnet-00000000000000000","MapPublicIpOnLaunch":{"Value":true}}
! InvalidSubnetID.NotFound
undo
> ec2 DescribeSubnets {"SubnetIds":["$subnet"]}
= Subnets[0].PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord: false
