# Hosted zones. https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html
> route53 CreateHostedZone {"Name":"Example.COM","CallerReference":"first","HostedZoneConfig":{"Comment":"for lessons"}}
# The id, with /hostedzone/ before it as AWS writes it; the name lower case with its final dot.
= HostedZone.Id: /hostedzone/Z*
save zone = HostedZone.Id
= HostedZone.Name: example.com.
= HostedZone.CallerReference: first
= HostedZone.Config: {"Comment":"for lessons","PrivateZone":false}
# Two records from birth: NS and SOA.
= HostedZone.ResourceRecordSetCount: 2
= ChangeInfo.Status: PENDING
save change = ChangeInfo.Id
= DelegationSet.NameServers#: 4
= DelegationSet.NameServers[0]: ns-*.awsdns-*
= VPC: -
= Location: https://route53.amazonaws.com/2013-04-01/hostedzone/Z*
event hosted zone example.com. created

# facts/dns.md: PENDING, then INSYNC after 30 to 60 seconds (ours).
> route53 GetChange {"Id":"$change"}
= ChangeInfo.Status: PENDING
advance 29
> route53 GetChange {"Id":"$change"}
= ChangeInfo.Status: PENDING
advance 31
> route53 GetChange {"Id":"$change"}
= ChangeInfo.Status: INSYNC
= ChangeInfo.Id: $change
event PENDING → INSYNC
> route53 GetChange {"Id":"C0000000000000"}
! NoSuchChange: Could not find resource with ID: C0000000000000

> route53 GetHostedZone {"Id":"$zone"}
= HostedZone.Id: $zone
= DelegationSet.NameServers#: 4
= VPCs: -

> route53 ListResourceRecordSets {"HostedZoneId":"$zone"}
= ResourceRecordSets#: 2
= ResourceRecordSets[0].Type: NS
= ResourceRecordSets[0].TTL: 172800
= ResourceRecordSets[0].ResourceRecords#: 4
= ResourceRecordSets[0].ResourceRecords[0].Value: ns-*.awsdns-*.
= ResourceRecordSets[1].Type: SOA
= ResourceRecordSets[1].TTL: 900
= ResourceRecordSets[1].ResourceRecords[0].Value: ns-*. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400
= MaxItems: 300
= IsTruncated: false

# A caller reference is good for one zone.
> route53 CreateHostedZone {"Name":"example.org","CallerReference":"first"}
! HostedZoneAlreadyExists: A hosted zone has already been created with the specified caller reference.
# A second public zone of the name is allowed.
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"second"}
save other = HostedZone.Id
> route53 GetHostedZoneCount {}
= HostedZoneCount: 2

> route53 CreateHostedZone {"Name":"a..b","CallerReference":"x"}
! InvalidDomainName: FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'a..b'
> route53 CreateHostedZone {"Name":"two words.com","CallerReference":"x"}
! InvalidDomainName: FATAL problem: UnsupportedCharacter (Value contains unsupported characters) encountered with ' '
> route53 CreateHostedZone {"Name":"shop.amazonaws.com","CallerReference":"x"}
! InvalidDomainName: shop.amazonaws.com is reserved by AWS!
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"x","DelegationSetId":"N1PA6795SAMPLE"}
! NoSuchDelegationSet
> route53 CreateHostedZone {"Name":"example.com"}
! InvalidInput: CallerReference

# A zone goes only when it is empty of other records (facts/dns.md).
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.44"}]}}]}}
> route53 DeleteHostedZone {"Id":"$zone"}
! HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.44"}]}}]}}
> route53 DeleteHostedZone {"Id":"$zone"}
= ChangeInfo.Status: PENDING
> route53 GetHostedZone {"Id":"$zone"}
! NoSuchHostedZone: No hosted zone found with ID: Z
> route53 DeleteHostedZone {"Id":"$zone"}
! NoSuchHostedZone
> route53 GetHostedZoneCount {}
= HostedZoneCount: 1
# With the zone its caller reference is free again (ours).
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"first"}
undo
> route53 GetHostedZoneCount {}
= HostedZoneCount: 1
advance 60
> route53 DeleteHostedZone {"Id":"$other"}
advance 60
> route53 GetHostedZoneCount {}
= HostedZoneCount: 0
