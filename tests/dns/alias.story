# CNAME chains. facts/dns.md: each hop is another query.
> stratus SetTiming {"Name":"route53.in-sync","MinimumMillis":30000,"MaximumMillis":30000}
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"CNAME","TTL":300,"ResourceRecords":[{"Value":"web.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"web.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"shop.example.com","Type":"CNAME","TTL":300,"ResourceRecords":[{"Value":"www.example.net"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"lost.example.com","Type":"CNAME","TTL":300,"ResourceRecords":[{"Value":"no.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"ping.example.com","Type":"CNAME","TTL":300,"ResourceRecords":[{"Value":"pong.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"pong.example.com","Type":"CNAME","TTL":300,"ResourceRecords":[{"Value":"ping.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"self.example.com","Type":"CNAME","TTL":300,"ResourceRecords":[{"Value":"SELF.example.com."}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"*.dev.example.com","Type":"CNAME","TTL":300,"ResourceRecords":[{"Value":"web.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"real.dev.example.com","Type":"TXT","TTL":300,"ResourceRecords":[{"Value":"\"real\""}]}}]}}
advance 30
? www.example.com A eu-west-1
~ NOERROR: www.example.com. 300 CNAME web.example.com.; web.example.com. 60 A 192.0.2.1
= answers[0].type: CNAME
= steps#: 5
= steps[3].answer: CNAME web.example.com. (TTL 300 s)
= steps[4].question: web.example.com. A
# Its own type asks for the alias itself.
? www.example.com CNAME eu-west-1
~ cached NOERROR: www.example.com. 300 CNAME web.example.com.
? web.example.com CNAME eu-west-1
~ NOERROR:
# The A expires first: half of the chain from the cache, half asked anew, so not "cached".
advance 60
? www.example.com A eu-west-1
~ NOERROR: www.example.com. 240 CNAME web.example.com.; web.example.com. 60 A 192.0.2.1
= steps[1].why: The resolver still knows it*
= steps[2].server: ns-*
# Out of the zone, and to a name that is not there: NXDOMAIN, with the alias.
? shop.example.com A eu-west-1
~ NOERROR: shop.example.com. 300 CNAME www.example.net.; www.example.net. 300 CNAME example.net.; example.net. 300 A 198.51.100.10
? lost.example.com A eu-west-1
~ NXDOMAIN: lost.example.com. 300 CNAME no.example.com.
# Circles.
? ping.example.com A eu-west-1
~ SERVFAIL: ping.example.com. 300 CNAME pong.example.com.; pong.example.com. 300 CNAME ping.example.com.
? self.example.com A eu-west-1
~ SERVFAIL: self.example.com. 300 CNAME self.example.com.
# Wildcards stand for names that do not exist, at any depth, and not for those that do (RFC 4592).
? x.dev.example.com A eu-west-1
~ NOERROR: x.dev.example.com. 300 CNAME web.example.com.; web.example.com. 60 A 192.0.2.1
? x.y.dev.example.com A us-west-2
~ NOERROR: x.y.dev.example.com. 300 CNAME web.example.com.; web.example.com. 60 A 192.0.2.1
= steps[3].why: No record has that very name, so the wildcard *.dev.example.com stands for it.
? real.dev.example.com A us-west-2
~ NOERROR:
? x.real.dev.example.com A us-west-2
~ NXDOMAIN:
? dev.example.com A us-west-2
~ NOERROR:
