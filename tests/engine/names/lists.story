# Lists of zones, and tags.
# https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZones.html (MaxItems and Marker are texts)
> route53 CreateHostedZone {"Name":"b.example","CallerReference":"1"}
save b = HostedZone.Id
> route53 CreateHostedZone {"Name":"a.test","CallerReference":"2"}
save a = HostedZone.Id
> route53 CreateHostedZone {"Name":"b.example","CallerReference":"3"}
> route53 ListHostedZones {"MaxItems":"2"}
= HostedZones#: 2
= HostedZones[0].Id: $b
= HostedZones[1].Id: $a
= MaxItems: 2
= Marker:
= IsTruncated: true
save next = NextMarker
> route53 ListHostedZones {"MaxItems":"2","Marker":"$next"}
= HostedZones#: 1
= HostedZones[0].CallerReference: 3
= IsTruncated: false
= NextMarker: -
> route53 ListHostedZones {}
= MaxItems: 100
> route53 ListHostedZones {"MaxItems":"0"}
! InvalidInput
> route53 ListHostedZones {"Marker":"Z00000000000AA"}
! InvalidInput
# By name: labels reversed, so "example." comes before "test.".
> route53 ListHostedZonesByName {"MaxItems":"1"}
= HostedZones[0].Name: b.example.
= NextDNSName: b.example.
= IsTruncated: true
> route53 ListHostedZonesByName {"DNSName":"a.test"}
= HostedZones#: 1
= HostedZones[0].Id: $a
= DNSName: a.test
> route53 ListHostedZonesByName {"HostedZoneId":"Z00000000000AA"}
! InvalidInput

> route53 ChangeTagsForResource {"ResourceType":"hostedzone","ResourceId":"$a","AddTags":[{"Key":"team","Value":"blue"},{"Key":"env"}]}
> route53 ChangeTagsForResource {"ResourceType":"hostedzone","ResourceId":"$a","AddTags":[{"Key":"team","Value":"green"}],"RemoveTagKeys":["env"]}
> route53 ListTagsForResource {"ResourceType":"hostedzone","ResourceId":"$a"}
= ResourceTagSet.Tags: [{"Key":"team","Value":"green"}]
= ResourceTagSet.ResourceType: hostedzone
> route53 ChangeTagsForResource {"ResourceType":"hostedzone","ResourceId":"$a","AddTags":[{"Key":"aws:x","Value":"y"}]}
! InvalidInput
> route53 ChangeTagsForResource {"ResourceType":"hostedzone","ResourceId":"$a"}
! InvalidInput
> route53 ListTagsForResource {"ResourceType":"hostedzone","ResourceId":"Z00000000000AA"}
! NoSuchHostedZone
> route53 ListTagsForResource {"ResourceType":"healthcheck","ResourceId":"abc"}
! NoSuchHealthCheck

# STS needs no permission and no parameters.
# https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
> sts GetCallerIdentity {}
= Account: 123456789012
= Arn: arn:aws:iam::123456789012:user/administrator
= UserId: AIDA*
