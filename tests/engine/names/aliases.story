# Alias records. https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
# The texts of faults as Route 53's users report them (aws-cdk 19643, cli53 213, terraform 21021).
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"a"}
save zone = HostedZone.Id
> route53 CreateHostedZone {"Name":"example.org","CallerReference":"b"}
save other = HostedZone.Id
# A record of the same zone, made in the same batch; the zone's apex may be an alias.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":300,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"example.com","Type":"A","AliasTarget":{"HostedZoneId":"$zone","DNSName":"WWW.example.com","EvaluateTargetHealth":true}}}]}}
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","MaxItems":"1"}
= ResourceRecordSets[0].AliasTarget.DNSName: www.example.com.
= ResourceRecordSets[0].AliasTarget.HostedZoneId: Z*
= ResourceRecordSets[0].AliasTarget.EvaluateTargetHealth: true
= ResourceRecordSets[0].TTL: -
= ResourceRecordSets[0].ResourceRecords: -
# S3's website endpoint and load balancers, by the hosted zones of their Regions.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"site.example.com","Type":"A","AliasTarget":{"HostedZoneId":"Z3AQBSTGFYJSTF","DNSName":"s3-website-us-east-1.amazonaws.com","EvaluateTargetHealth":false}}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"lb.example.com","Type":"A","AliasTarget":{"HostedZoneId":"Z32O12XQLNTSW2","DNSName":"dualstack.web-1234567890.eu-west-1.elb.amazonaws.com","EvaluateTargetHealth":true}}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"nlb.example.com","Type":"A","SetIdentifier":"a","Weight":1,"AliasTarget":{"HostedZoneId":"Z2IFOLAFXWLO4F","DNSName":"net-0123456789abcdef.elb.eu-west-1.amazonaws.com","EvaluateTargetHealth":true}}}]}}

> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"A","AliasTarget":{"HostedZoneId":"Z1BKCTXD74EZPE","DNSName":"website.s3.amazonaws.com","EvaluateTargetHealth":false}}}]}}
! InvalidChangeBatch: [Tried to create an alias that targets website.s3.amazonaws.com., type A in zone Z1BKCTXD74EZPE, but the alias target name does not lie within the target zone, Tried to create an alias that targets website.s3.amazonaws.com., type A in zone Z1BKCTXD74EZPE, but that target was not found]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"A","AliasTarget":{"HostedZoneId":"Z35SXDOTRQ7X7K","DNSName":"web-1.eu-west-1.elb.amazonaws.com","EvaluateTargetHealth":false}}}]}}
! InvalidChangeBatch: does not lie within the target zone
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"AAAA","AliasTarget":{"HostedZoneId":"$zone","DNSName":"www.example.com","EvaluateTargetHealth":false}}}]}}
! InvalidChangeBatch: [Tried to create an alias that targets www.example.com., type AAAA in zone Z
> route53 ChangeResourceRecordSets {"HostedZoneId":"$other","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.org","Type":"A","AliasTarget":{"HostedZoneId":"$zone","DNSName":"www.example.com","EvaluateTargetHealth":false}}}]}}
! InvalidChangeBatch: but that target was not found]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"A","AliasTarget":{"HostedZoneId":"$zone","DNSName":"","EvaluateTargetHealth":false}}}]}}
! InvalidChangeBatch: [FATAL problem: DomainNameEmpty (Domain name is empty) encountered with '']
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}],"AliasTarget":{"HostedZoneId":"$zone","DNSName":"www.example.com","EvaluateTargetHealth":false}}}]}}
! InvalidInput: Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found more than one in Change with
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"a.example.com","Type":"NS","AliasTarget":{"HostedZoneId":"$zone","DNSName":"example.com","EvaluateTargetHealth":false}}}]}}
! InvalidChangeBatch: cannot be an alias

# The zone's servers answer the target's records under the alias's own name, with the target's TTL.
advance 60
? example.com A eu-west-1
~ NOERROR: example.com. 300 A 192.0.2.1
= steps[3].why: An alias: the A records of www.example.com in the zone answer in its place.
? site.example.com A eu-west-1
~ NOERROR: site.example.com. 60 A *
# A load balancer that nobody has made: its name has no addresses. Those that exist are in tests/dns/balancers.dns.
? lb.example.com A eu-west-1
~ NOERROR:
= steps[1].why: An alias of dualstack.web-1234567890.eu-west-1.elb.amazonaws.com, which has no A records in this world*
# A DELETE names all of it.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"example.com","Type":"A","AliasTarget":{"HostedZoneId":"$zone","DNSName":"www.example.com","EvaluateTargetHealth":false}}}]}}
! InvalidChangeBatch: but the values provided do not match the current values
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"example.com","Type":"A","AliasTarget":{"HostedZoneId":"$zone","DNSName":"www.example.com.","EvaluateTargetHealth":true}}}]}}
= ChangeInfo.Status: PENDING

== whose health is not asked
# https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html: "You can't set EvaluateTargetHealth to true when the
# alias target is a CloudFront distribution."
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"a"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"cdn.example.com","Type":"A","AliasTarget":{"HostedZoneId":"Z2FDTNDATAQYW2","DNSName":"d111111abcdef8.cloudfront.net","EvaluateTargetHealth":true}}}]}}
! InvalidChangeBatch: You can't set EvaluateTargetHealth to true when the alias target is a CloudFront distribution
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"cdn.example.com","Type":"A","AliasTarget":{"HostedZoneId":"Z2FDTNDATAQYW2","DNSName":"d111111abcdef8.cloudfront.net","EvaluateTargetHealth":false}}}]}}
