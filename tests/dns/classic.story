# Names in EC2-Classic and across ClassicLink.
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-classic-platform.html#ip-addressing-differences
# https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/vpc-classiclink.html#classiclink-basics
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateVpc {"CidrBlock":"172.30.0.0/16"}
save vpc = Vpc.VpcId
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"172.30.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","MapPublicIpOnLaunch":{"Value":true}}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large"}
save web = Instances[0].InstanceId
save private = Instances[0].PrivateIpAddress
save private-name = Instances[0].PrivateDnsName
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","SubnetId":"$subnet"}
save db = Instances[0].InstanceId
save inner = Instances[0].PrivateIpAddress
advance 60
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public = Reservations[0].Instances[0].PublicIpAddress
save public-name = Reservations[0].Instances[0].PublicDnsName
> ec2 DescribeInstances {"InstanceIds":["$db"]}
save outer = Reservations[0].Instances[0].PublicIpAddress
save outer-name = Reservations[0].Instances[0].PublicDnsName
? www.example.net A $web
~ NOERROR: www.example.net. 300 CNAME example.net.; example.net. 300 A 198.51.100.10
= steps[0].server: 172.16.0.23, Amazon's resolver of EC2-Classic
? $public-name A $web
~ NOERROR: $public-name. 60 A $private
? $private-name A $web
~ NOERROR: $private-name. 60 A $private
? $private-name A internet
~ NXDOMAIN:
? $public-name A internet
~ NOERROR: $public-name. 604800 A $public
# Without DNS support of the link, public names stand for public addresses across it.
> ec2 EnableVpcClassicLink {"VpcId":"$vpc"}
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save group = SecurityGroups[0].GroupId
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc","Groups":["$group"]}
? $outer-name A $web
~ NOERROR: $outer-name. 604800 A $outer
? $public-name A $db
~ NOERROR: $public-name. 604800 A $public

== with DNS support, they stand for the private ones on both sides
> stratus SetEc2Classic {"Enabled":true}
> ec2 CreateVpc {"CidrBlock":"172.30.0.0/16"}
save vpc = Vpc.VpcId
> ec2 ModifyVpcAttribute {"VpcId":"$vpc","EnableDnsHostnames":{"Value":true}}
> ec2 CreateSubnet {"VpcId":"$vpc","CidrBlock":"172.30.1.0/24"}
save subnet = Subnet.SubnetId
> ec2 ModifySubnetAttribute {"SubnetId":"$subnet","MapPublicIpOnLaunch":{"Value":true}}
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large"}
save web = Instances[0].InstanceId
save private = Instances[0].PrivateIpAddress
> ec2 RunInstances {"ImageId":"$ubuntu","MinCount":1,"MaxCount":1,"InstanceType":"m3.large","SubnetId":"$subnet"}
save db = Instances[0].InstanceId
save inner = Instances[0].PrivateIpAddress
> ec2 EnableVpcClassicLink {"VpcId":"$vpc"}
> ec2 EnableVpcClassicLinkDnsSupport {"VpcId":"$vpc"}
> ec2 DescribeSecurityGroups {"Filters":[{"Name":"vpc-id","Values":["$vpc"]}]}
save group = SecurityGroups[0].GroupId
advance 60
> ec2 AttachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc","Groups":["$group"]}
> ec2 DescribeInstances {"InstanceIds":["$web"]}
save public-name = Reservations[0].Instances[0].PublicDnsName
> ec2 DescribeInstances {"InstanceIds":["$db"]}
save outer-name = Reservations[0].Instances[0].PublicDnsName
? $outer-name A $web
~ NOERROR: $outer-name. 60 A $inner
? $public-name A $db
~ NOERROR: $public-name. 60 A $private
# And a linked instance sees the VPC's private zones.
> route53 CreateHostedZone {"Name":"shop.internal","CallerReference":"1","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"db.shop.internal","Type":"A","TTL":30,"ResourceRecords":[{"Value":"172.30.1.30"}]}}]}}
advance 60
? db.shop.internal A $web
~ NOERROR: db.shop.internal. 30 A 172.30.1.30
> ec2 DetachClassicLinkVpc {"InstanceId":"$web","VpcId":"$vpc"}
? db.shop.internal A $web
~ NXDOMAIN:
