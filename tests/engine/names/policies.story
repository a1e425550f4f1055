# Routing policies as records. https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
# Texts as Route 53's users report them: weighted TTL and mixing (external-dns 4345, aws-sdk-go-v2 518), latency's Region
# (external-dns 3945), multivalue (cert-manager 5388), simple beside others, the set identifier (cli53 70).
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"p"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"blue","Weight":10,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"green","Weight":0,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.2"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"l.example.com","Type":"A","SetIdentifier":"us","Region":"us-east-1","TTL":60,"ResourceRecords":[{"Value":"192.0.2.3"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"l.example.com","Type":"A","SetIdentifier":"eu","Region":"eu-west-1","TTL":60,"ResourceRecords":[{"Value":"192.0.2.4"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"f.example.com","Type":"A","SetIdentifier":"second","Failover":"SECONDARY","TTL":60,"ResourceRecords":[{"Value":"192.0.2.6"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"f.example.com","Type":"A","SetIdentifier":"z-first","Failover":"PRIMARY","TTL":60,"ResourceRecords":[{"Value":"192.0.2.5"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"g.example.com","Type":"A","SetIdentifier":"de","GeoLocation":{"CountryCode":"DE"},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.7"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"g.example.com","Type":"A","SetIdentifier":"others","GeoLocation":{"CountryCode":"*"},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.8"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"h.example.com","Type":"A","SetIdentifier":"ca","GeoLocation":{"CountryCode":"US","SubdivisionCode":"CA"},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.9"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"p.example.com","Type":"A","SetIdentifier":"near","GeoProximityLocation":{"Coordinates":{"Latitude":"49.22","Longitude":"-74.01"},"Bias":-10},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.10"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"m.example.com","Type":"A","SetIdentifier":"one","MultiValueAnswer":true,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.11"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"m.example.com","Type":"A","SetIdentifier":"two","MultiValueAnswer":true,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.12"}]}}]}}
= ChangeInfo.Status: PENDING
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"w.example.com"}
= ResourceRecordSets#: 2
= ResourceRecordSets[0]: {"Name":"w.example.com.","Type":"A","SetIdentifier":"blue","Weight":10,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}
= ResourceRecordSets[1].Weight: 0
# Pages can end between sets of one name and type.
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"w.example.com","MaxItems":"1"}
= NextRecordName: w.example.com.
= NextRecordType: A
= NextRecordIdentifier: green
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"w.example.com","StartRecordType":"A","StartRecordIdentifier":"green"}
= ResourceRecordSets#: 1
= ResourceRecordSets[0].SetIdentifier: green
> route53 ListResourceRecordSets {"HostedZoneId":"$zone","StartRecordName":"p.example.com","MaxItems":"1"}
= ResourceRecordSets[0].GeoProximityLocation: {"Coordinates":{"Latitude":"49.22","Longitude":"-74.01"},"Bias":-10}

# A policy needs an identifier, an identifier a policy, and one only.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"A","Weight":10,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidInput: Invalid request: Missing field 'SetIdentifier' in Change with [Action=CREATE, Name=x.example.com, Type=A, SetIdentifier=null]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"A","SetIdentifier":"a","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidInput: Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation, MultiValueAnswer, GeoProximityLocation, or CidrRoutingConfig], but found none in Change with [Action=CREATE, Name=x.example.com, Type=A, SetIdentifier=a]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"A","SetIdentifier":"a","Weight":1,"Region":"eu-west-1","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidInput: but found more than one in Change with
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"A","SetIdentifier":"a","Weight":256,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidInput
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"A","SetIdentifier":"a","GeoLocation":{"ContinentCode":"EU","CountryCode":"DE"},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidInput: GeoLocation
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"A","SetIdentifier":"a","GeoProximityLocation":{"Bias":1},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidInput: GeoProximityLocation

# Policies do not mix, and each place is there once.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"blue","Weight":10,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [Tried to create resource record set [name='w.example.com.', type='A', set-identifier='blue'] but it already exists]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [RRSet with DNS name w.example.com., type A cannot be created as other RRSets exist with the same name and type.]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"l.example.com","Type":"A","SetIdentifier":"w","Weight":1,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [RRSet with DNS name l.example.com., type A, SetIdentifier w cannot be created as a non-weighted set exists with the same name and type.]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"m","MultiValueAnswer":true,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [RRSet with DNS name w.example.com., type A, SetIdentifier m cannot be created because a non multivalue answer rrset exists with the same name and type.]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"l.example.com","Type":"A","SetIdentifier":"us2","Region":"us-east-1","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [RRSet with DNS name l.example.com., type A, SetIdentifier us2, and Region Name=us-east-1 cannot be created because a latency RRSet with the same name, type and region already exists.]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"f.example.com","Type":"A","SetIdentifier":"again","Failover":"PRIMARY","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: a failover RRSet with the same name, type and failover already exists.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"green","Weight":5,"TTL":30,"ResourceRecords":[{"Value":"192.0.2.2"}]}}]}}
! InvalidChangeBatch: SetIdentifier green cannot be created as weighted sets must contain the same TTL.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"CNAME","SetIdentifier":"m","MultiValueAnswer":true,"TTL":60,"ResourceRecords":[{"Value":"a.b"}]}}]}}
! InvalidChangeBatch: multivalue answer
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"red","Weight":10,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: [Tried to delete resource record set [name='w.example.com.', type='A', set-identifier='red'] but it was not found]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"blue","Weight":11,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: but the values provided do not match the current values
# Both TTLs in one batch may change.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"UPSERT","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"blue","Weight":10,"TTL":30,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"UPSERT","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"green","Weight":90,"TTL":30,"ResourceRecords":[{"Value":"192.0.2.2"}]}}]}}
# From weighted to simple in one batch.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"DELETE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"blue","Weight":10,"TTL":30,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","SetIdentifier":"green","Weight":90,"TTL":30,"ResourceRecords":[{"Value":"192.0.2.2"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"w.example.com","Type":"A","TTL":30,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
undo
advance 120

# What the DNS does with them.
? f.example.com A eu-west-1
~ NOERROR: f.example.com. 60 A 192.0.2.5
= steps[3].why: Failover: the primary record 'z-first' answers*
? g.example.com A eu-west-1
~ NOERROR: g.example.com. 60 A 192.0.2.8
? h.example.com A eu-west-1
~ NOERROR:
= steps[1].why: Geolocation: *no record is the default*
? w.example.com A eu-west-1
~ NOERROR: w.example.com. 30 A 192.0.2.2
= steps[1].why: Weighted: the lot fell on 'green', which has 90 of the weights' sum of 100.
? l.example.com A eu-west-1
~ NOERROR: l.example.com. 60 A 192.0.2.4
= steps[1].why: Latency: 'eu' is in the Region nearest to the asker*
> route53 TestDNSAnswer {"HostedZoneId":"$zone","RecordName":"m.example.com","RecordType":"A"}
= RecordData#: 2

== IP-based routing
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"c"}
save zone = HostedZone.Id
> route53 CreateCidrCollection {"Name":"offices","CallerReference":"1"}
= Collection.Arn: arn:aws:route53:::cidrcollection/*
= Collection.Version: 1
save id = Collection.Id
> route53 CreateCidrCollection {"Name":"offices","CallerReference":"1"}
= Collection.Id: $id
> route53 CreateCidrCollection {"Name":"offices","CallerReference":"2"}
! CidrCollectionAlreadyExistsException
> route53 ChangeCidrCollection {"Id":"$id","CollectionVersion":1,"Changes":[{"LocationName":"berlin","Action":"PUT","CidrList":["198.51.100.0/24","2001:db8::/32"]},{"LocationName":"paris","Action":"PUT","CidrList":["203.0.113.0/24"]}]}
= Id: /change/C*
> route53 ChangeCidrCollection {"Id":"$id","CollectionVersion":1,"Changes":[{"LocationName":"berlin","Action":"PUT","CidrList":["192.0.2.0/24"]}]}
! CidrCollectionVersionMismatchException
> route53 ChangeCidrCollection {"Id":"$id","Changes":[{"LocationName":"paris","Action":"PUT","CidrList":["198.51.100.0/24"]}]}
! CidrBlockInUseException
> route53 ChangeCidrCollection {"Id":"$id","Changes":[{"LocationName":"paris","Action":"PUT","CidrList":["198.51.100.0/25"]}]}
! InvalidInput
> route53 ListCidrCollections {}
= CidrCollections#: 1
= CidrCollections[0].Version: 2
> route53 ListCidrLocations {"CollectionId":"$id"}
= CidrLocations: [{"LocationName":"berlin"},{"LocationName":"paris"}]
> route53 ListCidrBlocks {"CollectionId":"$id","MaxResults":"2"}
= CidrBlocks#: 2
= CidrBlocks[0]: {"CidrBlock":"198.51.100.0/24","LocationName":"berlin"}
save next = NextToken
> route53 ListCidrBlocks {"CollectionId":"$id","NextToken":"$next"}
= CidrBlocks: [{"CidrBlock":"203.0.113.0/24","LocationName":"paris"}]
> route53 ListCidrBlocks {"CollectionId":"$id","LocationName":"rome"}
! NoSuchCidrLocationException
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"c.example.com","Type":"A","SetIdentifier":"b","CidrRoutingConfig":{"CollectionId":"$id","LocationName":"berlin"},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"c.example.com","Type":"A","SetIdentifier":"d","CidrRoutingConfig":{"CollectionId":"$id","LocationName":"*"},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.2"}]}}]}}
> route53 ChangeCidrCollection {"Id":"$id","Changes":[{"LocationName":"berlin","Action":"DELETE_IF_EXISTS","CidrList":["198.51.100.0/24","2001:db8::/32"]}]}
! CidrCollectionInUseException
> route53 DeleteCidrCollection {"Id":"$id"}
! CidrCollectionInUseException
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"d.example.com","Type":"A","SetIdentifier":"b","CidrRoutingConfig":{"CollectionId":"$id","LocationName":"rome"},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidInput: rome
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"d.example.com","Type":"A","SetIdentifier":"b","CidrRoutingConfig":{"CollectionId":"00000000-0000-0000-0000-000000000000","LocationName":"rome"},"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! NoSuchCidrCollectionException
advance 60
? c.example.com A internet
~ NOERROR: c.example.com. 60 A 192.0.2.2
> route53 CreateCidrCollection {"Name":"empty","CallerReference":"3"}
save empty = Collection.Id
> route53 DeleteCidrCollection {"Id":"$empty"}
> route53 ListCidrLocations {"CollectionId":"$empty"}
! NoSuchCidrCollectionException
