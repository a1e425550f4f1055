# Change batches. https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
# The texts of faults are as Route 53 gives them in the field (error reports of its users).
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"r"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Comment":"the web","Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"WWW.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.1"},{"Value":"192.0.2.2"}]}},
  {"Action":"UPSERT","ResourceRecordSet":{"Name":"*.example.com.","Type":"CNAME","TTL":60,"ResourceRecords":[{"Value":"www.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"example.com","Type":"MX","TTL":3600,"ResourceRecords":[{"Value":"10 mail.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"example.com","Type":"TXT","TTL":3600,"ResourceRecords":[{"Value":"\"v=spf1 -all\" \"second\""}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"example.com","Type":"CAA","TTL":3600,"ResourceRecords":[{"Value":"0 issue \"amazon.com\""}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"_sip._tcp.example.com","Type":"SRV","TTL":3600,"ResourceRecords":[{"Value":"10 5 5060 sip.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"v6.example.com","Type":"AAAA","TTL":3600,"ResourceRecords":[{"Value":"2001:db8::1"}]}}]}}
= ChangeInfo.Comment: the web
= ChangeInfo.Status: PENDING
event record *.example.com. CNAME set

# Labels reversed, then type; the asterisk as an octal escape.
> route53 ListResourceRecordSets {"HostedZoneId":"$zone"}
= ResourceRecordSets#: 9
= ResourceRecordSets[0].Type: CAA
= ResourceRecordSets[1].Type: MX
= ResourceRecordSets[2].Type: NS
= ResourceRecordSets[3].Type: SOA
= ResourceRecordSets[4].Type: TXT
= ResourceRecordSets[5].Name: \052.example.com.
= ResourceRecordSets[6].Name: _sip._tcp.example.com.
= ResourceRecordSets[7].Name: v6.example.com.
= ResourceRecordSets[8]: {"Name":"www.example.com.","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.1"},{"Value":"192.0.2.2"}]}

# From a name on; from a name and a type on.
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"v6.example.com","MaxItems":"1"}
= ResourceRecordSets[0].Type: AAAA
= IsTruncated: true
= NextRecordName: www.example.com.
= NextRecordType: A
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"example.com","StartRecordType":"SOA","MaxItems":"2"}
= ResourceRecordSets[0].Type: SOA
= ResourceRecordSets[1].Type: TXT
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordType":"SOA"}
! InvalidInput
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","MaxItems":"none"}
! InvalidInput

# What is there cannot be created, what is not cannot be deleted, and a DELETE must name what is there.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":5,"ResourceRecords":[{"Value":"192.0.2.9"}]}}]}}
! InvalidChangeBatch: [Tried to create resource record set [name='www.example.com.', type='A'] but it already exists]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"ftp.example.com","Type":"A","TTL":5,"ResourceRecords":[{"Value":"192.0.2.9"}]}}]}}
! InvalidChangeBatch: [Tried to delete resource record set [name='ftp.example.com.', type='A'] but it was not found]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [Tried to delete resource record set [name='www.example.com.', type='A'] but the values provided do not match the current values]

# Atomic: one fault, and nothing happens. All faults are listed.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"new.example.com","Type":"A","TTL":5,"ResourceRecords":[{"Value":"192.0.2.9"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":5,"ResourceRecords":[{"Value":"192.0.2.9"}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"ftp.example.com","Type":"A","TTL":5,"ResourceRecords":[{"Value":"192.0.2.9"}]}}]}}
! InvalidChangeBatch: but it already exists, Tried to delete resource record set [name='ftp.example.com.', type='A'] but it was not found]
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"new.example.com","MaxItems":"1"}
= ResourceRecordSets[0].Name: v6.example.com.

# CNAME rules (facts/dns.md).
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"example.com","Type":"CNAME","TTL":5,"ResourceRecords":[{"Value":"a.b"}]}}]}}
! InvalidChangeBatch: [RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"CNAME","TTL":5,"ResourceRecords":[{"Value":"a.b"}]}}]}}
! InvalidChangeBatch: [RRSet of type CNAME with DNS name www.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com.]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"*.example.com","Type":"TXT","TTL":5,"ResourceRecords":[{"Value":"\"x\""}]}}]}}
! InvalidChangeBatch: [RRSet of type TXT with DNS name \052.example.com. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone example.com.]
# From CNAME to A in one batch.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"DELETE","ResourceRecordSet":{"Name":"*.example.com","Type":"CNAME","TTL":60,"ResourceRecords":[{"Value":"www.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"*.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.7"}]}}]}}
# From A to A in one batch: delete, then create.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"DELETE","ResourceRecordSet":{"Name":"*.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.7"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"*.example.com","Type":"A","TTL":30,"ResourceRecords":[{"Value":"192.0.2.8"}]}}]}}
# The same set twice otherwise is no batch.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"UPSERT","ResourceRecordSet":{"Name":"a.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.7"}]}},
  {"Action":"UPSERT","ResourceRecordSet":{"Name":"A.example.com.","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.8"}]}}]}}
! InvalidChangeBatch: [The request contains an invalid set of changes for a resource record set 'A a.example.com.']

> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.org","Type":"A","TTL":5,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [RRSet with DNS name www.example.org. is not permitted in zone example.com.]
# Apex NS and SOA stay.
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"example.com","StartRecordType":"SOA","MaxItems":"1"}
save soa = ResourceRecordSets[0].ResourceRecords[0].Value
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"example.com","Type":"SOA","TTL":900,"ResourceRecords":[{"Value":"$soa"}]}}]}}
! InvalidChangeBatch: [A HostedZone must contain exactly one SOA record.]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"example.com","Type":"SOA","TTL":60,"ResourceRecords":[{"Value":"$soa"}]}}]}}

> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"w.example.com","Type":"A"}}]}}
! InvalidInput: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Action=CREATE, Name=w.example.com, Type=A, SetIdentifier=null]
> route53 ChangeResourceRecordSets {"HostedZoneId":"Z00000000000AA","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"w.example.com","Type":"A"}}]}}
! NoSuchHostedZone: No hosted zone found with ID: Z00000000000AA

# What the zone's own servers say, before and after it is in sync.
> route53 TestDNSAnswer {"HostedZoneId":"$zone","RecordName":"www.example.com","RecordType":"A"}
= ResponseCode: REFUSED
advance 120
> route53 TestDNSAnswer {"HostedZoneId":"$zone","RecordName":"v6.example.com","RecordType":"AAAA"}
= ResponseCode: NOERROR
= RecordData: ["2001:db8::1"]
= RecordName: v6.example.com.
= Nameserver: ns-*.awsdns-*
= Protocol: UDP
> route53 TestDNSAnswer {"HostedZoneId":"$zone","RecordName":"v6.example.com","RecordType":"A"}
= ResponseCode: NOERROR
= RecordData#: 0
> route53 TestDNSAnswer {"HostedZoneId":"$zone","RecordName":"x.y.example.com","RecordType":"A"}
= RecordData: ["192.0.2.8"]
> route53 TestDNSAnswer {"HostedZoneId":"$zone","RecordName":"x.v6.example.com","RecordType":"A"}
= ResponseCode: NXDOMAIN
