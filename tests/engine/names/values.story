# What values may be. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"v"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"A","TTL":5,"ResourceRecords":[{"Value":"www.example.com"}]}}]}}
! InvalidChangeBatch: [Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with 'www.example.com'']
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"A","TTL":5,"ResourceRecords":[{"Value":"192.0.2.1"},{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [Duplicate Resource Record: '192.0.2.1']
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"AAAA","TTL":5,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address) encountered with '192.0.2.1'
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"TXT","TTL":5,"ResourceRecords":[{"Value":"hello"}]}}]}}
! InvalidChangeBatch: InvalidCharacterString (Value should be enclosed in quotation marks) encountered with 'hello'
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"TXT","TTL":5,"ResourceRecords":[{"Value":"\"\"v=1\"\""}]}}]}}
! InvalidChangeBatch: InvalidCharacterString
# One string holds 255 characters; the one here has 256.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"TXT","TTL":5,"ResourceRecords":[{"Value":"\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\""}]}}]}}
! InvalidChangeBatch: CharacterStringTooLong (Value is too long)
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"MX","TTL":5,"ResourceRecords":[{"Value":"mail.example.com"}]}}]}}
! InvalidChangeBatch: MXRRDATANotTwoFields
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"MX","TTL":5,"ResourceRecords":[{"Value":"70000 mail.example.com"}]}}]}}
! InvalidChangeBatch: MXRRDATAIllegalPriority
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"SRV","TTL":5,"ResourceRecords":[{"Value":"1 2 sip.example.com"}]}}]}}
! InvalidChangeBatch: SRVRRDATANotFourFields
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"CAA","TTL":5,"ResourceRecords":[{"Value":"0 issue amazon.com"}]}}]}}
! InvalidChangeBatch: InvalidCharacterString
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"CNAME","TTL":5,"ResourceRecords":[{"Value":"a..b"}]}}]}}
! InvalidChangeBatch: DomainLabelEmpty (Domain label is empty) encountered with 'a..b'
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"CNAME","TTL":5,"ResourceRecords":[{"Value":"a.b"},{"Value":"c.d"}]}}]}}
! InvalidChangeBatch: can have one
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"SOA","TTL":5,"ResourceRecords":[{"Value":"a. b. 1 2 3 4 5"}]}}]}}
! InvalidChangeBatch: only permitted at apex
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"*.example.com","Type":"NS","TTL":5,"ResourceRecords":[{"Value":"ns.example.net"}]}}]}}
! InvalidChangeBatch: cannot be a wildcard
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a_b..example.com","Type":"A","TTL":5,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'a_b..example.com']
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"A","TTL":-1,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidInput: TTL
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"44.2.0.192.example.com","Type":"PTR","TTL":5,"ResourceRecords":[{"Value":"www.example.com"}]}},{"Action":"CREATE","ResourceRecordSet":{"Name":"t.example.com","Type":"TXT","TTL":5,"ResourceRecords":[{"Value":"\"say \\\"hi\\\" \\303\\251\""}]}},{"Action":"CREATE","ResourceRecordSet":{"Name":"s.example.com","Type":"SPF","TTL":0,"ResourceRecords":[{"Value":"\"v=spf1 -all\""}]}}]}}
= ChangeInfo.Status: PENDING
