# Private zones. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html
> ec2 DescribeVpcs {"Filters":[{"Name":"is-default","Values":["true"]}]}
save vpc = Vpcs[0].VpcId
# The default VPC is there before the Region's first use.
> route53 CreateHostedZone {"Name":"corp.example.com","CallerReference":"p1","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
= HostedZone.Config: {"PrivateZone":true}
= VPC: {"VPCRegion":"us-east-1","VPCId":"$vpc"}
save private = HostedZone.Id
> route53 GetHostedZone {"Id":"$private"}
= VPCs: [{"VPCRegion":"us-east-1","VPCId":"$vpc"}]
= DelegationSet: -
# Their name servers are the first of each domain, for every private zone (as AWS has them).
> route53 ListResourceRecordSets {"HostedZoneId":"$private","MaxItems":"1"}
= ResourceRecordSets[0].ResourceRecords[0].Value: ns-*.awsdns-00.*
= IsTruncated: true
= MaxItems: 1

> route53 CreateHostedZone {"Name":"corp.example.com","CallerReference":"p2","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
! ConflictingDomainExists: The VPC $vpc in region us-east-1 has already been associated with the hosted zone
# A public one of the same name is no conflict.
> route53 CreateHostedZone {"Name":"corp.example.com","CallerReference":"p2"}
> route53 CreateHostedZone {"Name":"a.example.com","CallerReference":"p3","VPC":{"VPCRegion":"us-east-1","VPCId":"vpc-00000000000000000"}}
! InvalidVPCId
> route53 CreateHostedZone {"Name":"a.example.com","CallerReference":"p3","VPC":{"VPCRegion":"eu-west-1","VPCId":"$vpc"}}
! InvalidVPCId
> route53 CreateHostedZone {"Name":"a.example.com","CallerReference":"p3","VPC":{"VPCId":"$vpc"}}
! InvalidInput
> route53 CreateHostedZone {"Name":"a.example.com","CallerReference":"p3","HostedZoneConfig":{"PrivateZone":true}}
! InvalidInput
> route53 ListHostedZones {"HostedZoneType":"PrivateHostedZone"}
= HostedZones#: 1
= HostedZones[0].Id: $private
# "This call only supports querying public hosted zones."
> route53 TestDNSAnswer {"HostedZoneId":"$private","RecordName":"corp.example.com","RecordType":"SOA"}
! InvalidInput
