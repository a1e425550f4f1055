# https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
> ec2 DescribeDhcpOptions {}
= DhcpOptions#: 1
= DhcpOptions[0].DhcpConfigurations: [{"Key":"domain-name","Values":[{"Value":"ec2.internal"}]},{"Key":"domain-name-servers","Values":[{"Value":"AmazonProvidedDNS"}]}]
save own = DhcpOptions[0].DhcpOptionsId
> ec2 CreateDhcpOptions {"DhcpConfigurations":[{"Key":"domain-name","Values":["corp.example.com"]},{"Key":"ntp-servers","Values":["10.2.5.1,10.2.5.2"]},{"Key":"netbios-node-type","Values":["2"]}],"TagSpecifications":[{"ResourceType":"dhcp-options","Tags":[{"Key":"Name","Value":"corp"}]}]}
= DhcpOptions.DhcpOptionsId: dopt-*
= DhcpOptions.DhcpConfigurations[1].Values: [{"Value":"10.2.5.1"},{"Value":"10.2.5.2"}]
save corp = DhcpOptions.DhcpOptionsId
> ec2 CreateDhcpOptions {"DhcpConfigurations":[{"Key":"colour","Values":["red"]}]}
! InvalidParameterValue: Unknown DHCP option
> ec2 CreateDhcpOptions {"DhcpConfigurations":[{"Key":"domain-name-servers","Values":["10.0.0.1","10.0.0.2","10.0.0.3","10.0.0.4","10.0.0.5"]}]}
! InvalidParameterValue
> ec2 CreateDhcpOptions {"DhcpConfigurations":[{"Key":"domain-name-servers","Values":["AmazonProvidedDNS","10.0.0.2"]}]}
! InvalidParameterValue
> ec2 CreateDhcpOptions {"DhcpConfigurations":[{"Key":"netbios-node-type","Values":["3"]}]}
! InvalidParameterValue
> ec2 CreateDhcpOptions {"DhcpConfigurations":[{"Key":"ntp-servers","Values":["time"]}]}
! InvalidParameterValue
> ec2 DescribeDhcpOptions {"Filters":[{"Name":"key","Values":["ntp-servers"]},{"Name":"value","Values":["10.2.5.*"]}]}
= DhcpOptions#: 1
= DhcpOptions[0].DhcpOptionsId: $corp
> ec2 DescribeDhcpOptions {"Filters":[{"Name":"tag-key","Values":["Name"]}],"MaxResults":5}
= DhcpOptions#: 1
# A machine in the VPC puts the new domain behind short names, and no longer asks Amazon where other servers are named.
> ec2 DescribeVpcs {"Filters":[{"Name":"is-default","Values":["true"]}]}
save vpc = Vpcs[0].VpcId
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro","PrivateIpAddress":"172.31.0.10","SubnetId":"subnet"}
! InvalidSubnetID.Malformed
> ec2 RunInstances {"ImageId":"$al2023","MinCount":1,"MaxCount":1,"InstanceType":"t3.micro"}
save web = Instances[0].InstanceId
advance 60
> route53 CreateHostedZone {"Name":"corp.example.com","CallerReference":"1","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"db.corp.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"10.0.0.9"}]}}]}}
advance 60
? db A $web
~ NXDOMAIN: 
> ec2 AssociateDhcpOptions {"DhcpOptionsId":"$corp","VpcId":"$vpc"}
> ec2 DescribeVpcs {"Filters":[{"Name":"dhcp-options-id","Values":["$corp"]}]}
= Vpcs#: 1
? db A $web
~ NOERROR: db.corp.example.com. 300 A 10.0.0.9
> ec2 CreateDhcpOptions {"DhcpConfigurations":[{"Key":"domain-name-servers","Values":["10.2.0.53"]}]}
save others = DhcpOptions.DhcpOptionsId
> ec2 AssociateDhcpOptions {"DhcpOptionsId":"$others","VpcId":"$vpc"}
? db.corp.example.com A $web
~ NXDOMAIN: 
# None at all: the resolver is still at 169.254.169.253.
> ec2 AssociateDhcpOptions {"DhcpOptionsId":"default","VpcId":"$vpc"}
> ec2 DescribeVpcs {"VpcIds":["$vpc"]}
= Vpcs[0].DhcpOptionsId: default
? db.corp.example.com A $web
~ cached NOERROR: db.corp.example.com. 300 A 10.0.0.9
# What a VPC has cannot be deleted; nothing has the Region's own now.
> ec2 AssociateDhcpOptions {"DhcpOptionsId":"$corp","VpcId":"$vpc"}
> ec2 DeleteDhcpOptions {"DhcpOptionsId":"$corp"}
! DependencyViolation: The dhcpOptions '$corp' has dependencies and cannot be deleted.
> ec2 DeleteDhcpOptions {"DhcpOptionsId":"$own"}
> ec2 DeleteDhcpOptions {"DhcpOptionsId":"$own"}
! InvalidDhcpOptionID.NotFound
> ec2 AssociateDhcpOptions {"DhcpOptionsId":"$own","VpcId":"$vpc"}
! InvalidDhcpOptionID.NotFound
# A new VPC gets a set like the Region's first, not somebody's own.
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save fresh = Vpc.DhcpOptionsId
> ec2 DescribeDhcpOptions {"DhcpOptionsIds":["$fresh"]}
= DhcpOptions[0].DhcpConfigurations[1].Values: [{"Value":"AmazonProvidedDNS"}]
