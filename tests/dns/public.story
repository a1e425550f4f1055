# From the root down. facts/dns.md, "Resolution": stub resolver → recursive resolver → root → TLD → zone.
> stratus SetTiming {"Name":"route53.in-sync","MinimumMillis":40000,"MaximumMillis":40000}
# A name that nobody has: the top-level domain says so (ours: whoever creates a zone owns its name).
? www.example.com A eu-west-1
~ NXDOMAIN:
= steps#: 3
= steps[0].server: recursive resolver in eu-west-1
= steps[1].server: a.root-servers.net.
= steps[1].answer: ask a.gtld-servers.net. about com.
= steps[2].server: a.gtld-servers.net.
= steps[2].why: Nobody has registered that name*
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
save server = DelegationSet.NameServers[0]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"many.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"},{"Value":"192.0.2.2"},{"Value":"192.0.2.3"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"a.b.example.com","Type":"TXT","TTL":60,"ResourceRecords":[{"Value":"\"deep\""}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"example.com","Type":"MX","TTL":60,"ResourceRecords":[{"Value":"10 mail.example.com"}]}}]}}
# Not before the change is in sync (facts/dns.md: old answers remain).
? www.example.com A us-east-1
~ NXDOMAIN:
advance 40
# us-east-1 remembers that the name is not there; a Region that has not asked gets the answer.
? www.example.com A us-east-1
~ cached NXDOMAIN:
? www.example.com A eu-central-1
~ NOERROR: www.example.com. 300 A 192.0.2.1
= cached: false
= steps#: 4
= steps[0].answer: A 192.0.2.1
= steps[2].answer: ask *ns-*.awsdns-* about example.com.
= steps[3].server: ns-*.awsdns-*
= steps[3].question: www.example.com. A
= steps[3].answer: 192.0.2.1 (TTL 300 s)
= steps[3].why: The zone has A records for www.example.com.
# The name as it is typed.
? WWW.Example.Com. a eu-central-1
~ cached NOERROR: www.example.com. 300 A 192.0.2.1
# Another name of the zone: the resolver knows by now who is responsible, and asks nobody else.
? many.example.com A eu-central-1
~ NOERROR: many.example.com. 60 A 192.0.2.1; many.example.com. 60 A 192.0.2.2; many.example.com. 60 A 192.0.2.3
= steps#: 2
= steps[1].server: ns-*
# The name exists, that type does not (NODATA); the name does not (NXDOMAIN); a name with something below it exists.
? www.example.com AAAA ap-south-1
~ NOERROR:
= steps[3].why: www.example.com exists, but has no AAAA record.
? nothing.example.com A ap-south-1
~ NXDOMAIN:
? b.example.com A ap-south-1
~ NOERROR:
? a.b.example.com TXT ap-south-1
~ NOERROR: a.b.example.com. 60 TXT "deep"
? example.com MX ap-south-1
~ NOERROR: example.com. 60 MX 10 mail.example.com.
? example.com SOA ap-south-1
~ NOERROR: example.com. 900 SOA * awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400
? example.com NS ap-south-1
= answers#: 4
= answers[0].ttl: 172800
# The rest of the world.
? example.notadomain A ap-south-1
~ NXDOMAIN:
= steps#: 2
= steps[1].why: There is no top-level domain notadomain.
? com A ap-south-1
~ NOERROR:
? www.example.net A internet
~ NOERROR: www.example.net. 300 CNAME example.net.; example.net. 300 A 198.51.100.10
= steps[0].server: resolver of an Internet provider
? example.net MX 203.0.113.77
~ NOERROR: example.net. 300 MX 10 mail.example.net.
? ftp.example.net A internet
~ NXDOMAIN:
# What is no question.
? a..b A internet
! InvalidInput: DomainLabelEmpty
? www.example.com WKS internet
! InvalidInput: 'WKS' is no record type
? www.example.com A i-00000000000000001
! InvalidInput: There is no instance
# Deleted: the name servers answer on until that is in sync, then nobody does.
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"example.com","StartRecordType":"MX","MaxItems":"1"}
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"DELETE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"many.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.3"},{"Value":"192.0.2.2"},{"Value":"192.0.2.1"}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"a.b.example.com","Type":"TXT","TTL":60,"ResourceRecords":[{"Value":"\"deep\""}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"example.com","Type":"MX","TTL":60,"ResourceRecords":[{"Value":"10 mail.example.com"}]}}]}}
> route53 DeleteHostedZone {"Id":"$zone"}
? www.example.com A eu-north-1
~ NOERROR: www.example.com. 300 A 192.0.2.1
advance 40
? www.example.com A eu-west-3
~ NXDOMAIN:
# A resolver that remembers the zone's servers finds that they know nothing, and starts again at the root.
? many.example.com A eu-north-1
~ NXDOMAIN:
= steps[1].answer: REFUSED
= steps[2].server: a.root-servers.net.
