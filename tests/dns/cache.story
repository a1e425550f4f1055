# Caches. facts/dns.md: a lowered TTL takes effect only when old answers have expired; negative answers are kept for the
# lesser of the SOA's TTL (900) and its minimum (86,400).
> stratus SetTiming {"Name":"route53.in-sync","MinimumMillis":30000,"MaximumMillis":30000}
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"now.example.com","Type":"A","TTL":0,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
advance 30
? www.example.com A eu-west-1
~ NOERROR: www.example.com. 300 A 192.0.2.1
? late.example.com A eu-west-1
~ NXDOMAIN:
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"UPSERT","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":10,"ResourceRecords":[{"Value":"192.0.2.2"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"late.example.com","Type":"A","TTL":10,"ResourceRecords":[{"Value":"192.0.2.2"}]}}]}}
advance 100
# In sync for 70 s, and still the old answer, with 200 s to go.
? www.example.com A eu-west-1
~ cached NOERROR: www.example.com. 200 A 192.0.2.1
= steps#: 1
= steps[0].server: recursive resolver in eu-west-1
= steps[0].why: The resolver still knows it from an earlier question, and forgets it in 200 s.
# Each Region's resolver has a cache of its own.
? www.example.com A eu-west-2
~ NOERROR: www.example.com. 10 A 192.0.2.2
advance 199.5
? www.example.com A eu-west-1
~ cached NOERROR: www.example.com. 1 A 192.0.2.1
advance 0.5
? www.example.com A eu-west-1
~ NOERROR: www.example.com. 10 A 192.0.2.2
# The negative answer: 900 s after it was given. All types of a name that does not exist.
? late.example.com AAAA eu-west-1
~ cached NXDOMAIN:
advance 599
? late.example.com A eu-west-1
~ cached NXDOMAIN:
advance 1
? late.example.com A eu-west-1
~ NOERROR: late.example.com. 10 A 192.0.2.2
# No data is kept by type, and for as long.
? late.example.com AAAA eu-west-1
~ NOERROR:
advance 899
? late.example.com AAAA eu-west-1
~ cached NOERROR:
advance 1
? late.example.com AAAA eu-west-1
~ NOERROR:
# A TTL of 0 is not kept.
? now.example.com A eu-west-1
~ NOERROR: now.example.com. 0 A 192.0.2.1
? now.example.com A eu-west-1
~ NOERROR: now.example.com. 0 A 192.0.2.1
# The SOA's TTL shortens what is negative, once it is in sync.
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"example.com","StartRecordType":"SOA","MaxItems":"1"}
save soa = ResourceRecordSets[0].ResourceRecords[0].Value
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"example.com","Type":"SOA","TTL":60,"ResourceRecords":[{"Value":"$soa"}]}}]}}
advance 30
? gone.example.com A eu-west-1
~ NXDOMAIN:
= steps[1].answer: NXDOMAIN (kept 60 s)
advance 60
? gone.example.com A eu-west-1
= cached: false
# Going back in time empties the caches: they belong to the session, not to the world.
? www.example.com A eu-west-1
? www.example.com A eu-west-1
= cached: true
undo
redo
? www.example.com A eu-west-1
= cached: false
