# Who answers for a name.
> stratus SetTiming {"Name":"route53.in-sync","MinimumMillis":30000,"MaximumMillis":30000}
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save first = HostedZone.Id
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"2"}
save second = HostedZone.Id
save second-server = DelegationSet.NameServers[0]
> route53 CreateHostedZone {"Name":"dev.example.com","CallerReference":"3"}
save dev = HostedZone.Id
save dev-server = DelegationSet.NameServers[0]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$first","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.dev.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"away.example.com","Type":"NS","TTL":60,"ResourceRecords":[{"Value":"ns1.elsewhere.test"}]}}]}}
> route53 ChangeResourceRecordSets {"HostedZoneId":"$second","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.2"}]}}]}}
> route53 ChangeResourceRecordSets {"HostedZoneId":"$dev","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.dev.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.3"}]}}]}}
advance 30
# facts/dns.md: two zones of one name: the first created is delegated to.
? www.example.com A us-east-1
~ NOERROR: www.example.com. 60 A 192.0.2.1
# The parent delegates to every public zone (ours), so the child answers, not what the parent has below the cut.
? www.dev.example.com A us-east-1
~ NOERROR: www.dev.example.com. 60 A 192.0.2.3
= steps[2].server: ns-*
= steps[1].answer: ask * about dev.example.com.
? dev.example.com SOA us-east-2
~ NOERROR: dev.example.com. 900 SOA *
# The zone's own NS records decide where there are some: here nobody answers.
? x.away.example.com A us-east-1
~ SERVFAIL:
= steps[2].server: ns1.elsewhere.test.
= steps[2].answer: REFUSED
= steps[2].why: No hosted zone of this account has these name servers*
# The parent's NS records for dev name servers of nobody: the zone dev is out of reach although it is there.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$first","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"dev.example.com","Type":"NS","TTL":60,"ResourceRecords":[{"Value":"ns1.elsewhere.test"}]}}]}}
advance 30
? www.dev.example.com A eu-west-1
~ SERVFAIL:
> route53 ChangeResourceRecordSets {"HostedZoneId":"$first","ChangeBatch":{"Changes":[
  {"Action":"UPSERT","ResourceRecordSet":{"Name":"dev.example.com","Type":"NS","TTL":60,"ResourceRecords":[{"Value":"$dev-server."}]}}]}}
advance 30
? www.dev.example.com A eu-west-2
~ NOERROR: www.dev.example.com. 60 A 192.0.2.3
# The first zone of the name goes: the second is delegated to. Who remembers the old servers asks them in vain, then finds the new.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$first","ChangeBatch":{"Changes":[
  {"Action":"DELETE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"www.dev.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"away.example.com","Type":"NS","TTL":60,"ResourceRecords":[{"Value":"ns1.elsewhere.test"}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"dev.example.com","Type":"NS","TTL":60,"ResourceRecords":[{"Value":"$dev-server."}]}}]}}
> route53 DeleteHostedZone {"Id":"$first"}
advance 30
? www.example.com A us-east-1
~ NOERROR: www.example.com. 60 A 192.0.2.2
# A zone right below the root, and one of a top-level domain that nobody else has.
> route53 CreateHostedZone {"Name":"corp.internal.lan","CallerReference":"4"}
save lan = HostedZone.Id
> route53 CreateHostedZone {"Name":"example","CallerReference":"5"}
> route53 ChangeResourceRecordSets {"HostedZoneId":"$lan","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"db.corp.internal.lan","Type":"A","TTL":60,"ResourceRecords":[{"Value":"10.0.0.9"}]}}]}}
advance 30
? db.corp.internal.lan A sa-east-1
~ NOERROR: db.corp.internal.lan. 60 A 10.0.0.9
? example NS sa-east-1
= answers#: 4
