# Delegation sets. https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateReusableDelegationSet.html
> route53 CreateReusableDelegationSet {"CallerReference":"d1"}
= DelegationSet.Id: /delegationset/N*
= DelegationSet.CallerReference: d1
= DelegationSet.NameServers#: 4
save set = DelegationSet.Id
save server = DelegationSet.NameServers[0]
> route53 CreateReusableDelegationSet {"CallerReference":"d1"}
! DelegationSetAlreadyCreated
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1","DelegationSetId":"$set"}
= DelegationSet.Id: $set
= DelegationSet.NameServers[0]: $server
save zone = HostedZone.Id
> route53 GetHostedZone {"Id":"$zone"}
= DelegationSet.Id: $set
# Names that overlap can have no server in common.
> route53 CreateHostedZone {"Name":"sub.example.com","CallerReference":"3","DelegationSetId":"$set"}
! ConflictingDomainExists
> route53 CreateHostedZone {"Name":"example.org","CallerReference":"2"}
= DelegationSet.Id: -
save other = HostedZone.Id
> route53 ListHostedZones {"DelegationSetId":"$set"}
= HostedZones#: 1
= HostedZones[0].Id: $zone
> route53 ListHostedZones {"DelegationSetId":"N1PA6795SAMPLE"}
! NoSuchDelegationSet
# A zone's own servers can be made a set.
> route53 CreateReusableDelegationSet {"CallerReference":"d2","HostedZoneId":"$other"}
save made = DelegationSet.Id
> route53 GetHostedZone {"Id":"$other"}
= DelegationSet.Id: $made
> route53 CreateReusableDelegationSet {"CallerReference":"d3","HostedZoneId":"$other"}
! DelegationSetAlreadyReusable
> route53 CreateReusableDelegationSet {"CallerReference":"d3","HostedZoneId":"Z00000000000AA"}
! HostedZoneNotFound
> route53 ListReusableDelegationSets {"MaxItems":"1"}
= DelegationSets#: 1
= IsTruncated: true
save next = NextMarker
> route53 ListReusableDelegationSets {"Marker":"$next"}
= DelegationSets#: 1
= IsTruncated: false
> route53 GetReusableDelegationSetLimit {"Type":"MAX_ZONES_BY_REUSABLE_DELEGATION_SET","DelegationSetId":"$set"}
= Limit.Value: 100
= Count: 1
> route53 DeleteReusableDelegationSet {"Id":"$set"}
! DelegationSetInUse: The specified delegation contains associated hosted zones which must be deleted before the reusable delegation set can be deleted.
> route53 DeleteHostedZone {"Id":"$zone"}
> route53 DeleteReusableDelegationSet {"Id":"$set"}
> route53 GetReusableDelegationSet {"Id":"$set"}
! NoSuchDelegationSet

# Comment, limits.
> route53 UpdateHostedZoneComment {"Id":"$other","Comment":"for lessons"}
= HostedZone.Config.Comment: for lessons
> route53 UpdateHostedZoneComment {"Id":"$other"}
= HostedZone.Config.Comment: -
> route53 GetHostedZoneLimit {"Type":"MAX_RRSETS_BY_ZONE","HostedZoneId":"$other"}
= Limit: {"Type":"MAX_RRSETS_BY_ZONE","Value":10000}
= Count: 2
> route53 GetHostedZoneLimit {"Type":"MAX_VPCS_ASSOCIATED_BY_ZONE","HostedZoneId":"$other"}
! HostedZoneNotPrivate
> route53 GetAccountLimit {"Type":"MAX_HOSTED_ZONES_BY_OWNER"}
= Limit.Value: 500
= Count: 1

# Query logging, as state.
> route53 CreateQueryLoggingConfig {"HostedZoneId":"$other","CloudWatchLogsLogGroupArn":"arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.org"}
= QueryLoggingConfig.CloudWatchLogsLogGroupArn: arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/example.org
save log = QueryLoggingConfig.Id
> route53 CreateQueryLoggingConfig {"HostedZoneId":"$other","CloudWatchLogsLogGroupArn":"arn:aws:logs:us-east-1:123456789012:log-group:/aws/route53/again"}
! QueryLoggingConfigAlreadyExists
> route53 CreateQueryLoggingConfig {"HostedZoneId":"$other","CloudWatchLogsLogGroupArn":"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/route53/x"}
! InvalidInput
> route53 GetQueryLoggingConfig {"Id":"$log"}
= QueryLoggingConfig.Id: $log
> route53 ListQueryLoggingConfigs {"HostedZoneId":"$other"}
= QueryLoggingConfigs#: 1
> route53 DeleteQueryLoggingConfig {"Id":"$log"}
> route53 GetQueryLoggingConfig {"Id":"$log"}
! NoSuchQueryLoggingConfig

# Places: countries first, their subdivisions after them, continents last.
> route53 ListGeoLocations {"MaxItems":"1"}
= GeoLocationDetailsList: [{"CountryCode":"*","CountryName":"Default"}]
= IsTruncated: true
= NextCountryCode: AD
> route53 ListGeoLocations {"StartCountryCode":"US","MaxItems":"2"}
= GeoLocationDetailsList[0]: {"CountryCode":"US","CountryName":"United States"}
= GeoLocationDetailsList[1]: {"CountryCode":"US","CountryName":"United States","SubdivisionCode":"AK","SubdivisionName":"Alaska"}
= NextSubdivisionCode: AL
> route53 ListGeoLocations {"StartContinentCode":"AF"}
= GeoLocationDetailsList#: 7
= IsTruncated: false
> route53 ListGeoLocations {"StartCountryCode":"QQ"}
! InvalidInput
> route53 GetGeoLocation {"ContinentCode":"EU"}
= GeoLocationDetails: {"ContinentCode":"EU","ContinentName":"Europe"}
> route53 GetGeoLocation {"CountryCode":"US","SubdivisionCode":"WA"}
= GeoLocationDetails.SubdivisionName: Washington
> route53 GetGeoLocation {"CountryCode":"QQ"}
! NoSuchGeoLocation
> route53 GetCheckerIpRanges {}
= CheckerIpRanges[0]: 15.177.0.0/18

== VPCs of private zones
# https://docs.aws.amazon.com/Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html
> ec2 DescribeVpcs {"Filters":[{"Name":"is-default","Values":["true"]}]}
save vpc = Vpcs[0].VpcId
region eu-west-1
> ec2 CreateVpc {"CidrBlock":"10.9.0.0/16"}
save second = Vpc.VpcId
> route53 CreateHostedZone {"Name":"corp.example","CallerReference":"1","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
save zone = HostedZone.Id
> route53 CreateHostedZone {"Name":"public.example","CallerReference":"2"}
save public = HostedZone.Id
> route53 AssociateVPCWithHostedZone {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"$second"},"Comment":"both"}
= ChangeInfo.Status: PENDING
= ChangeInfo.Comment: both
save change = ChangeInfo.Id
> route53 GetHostedZone {"Id":"$zone"}
= VPCs#: 2
= VPCs[1]: {"VPCRegion":"eu-west-1","VPCId":"$second"}
> route53 AssociateVPCWithHostedZone {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"$second"}}
! ConflictingDomainExists
> route53 AssociateVPCWithHostedZone {"HostedZoneId":"$public","VPC":{"VPCRegion":"eu-west-1","VPCId":"$second"}}
! PublicZoneVPCAssociation
> route53 AssociateVPCWithHostedZone {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"vpc-00000000000000000"}}
! InvalidVPCId
> route53 GetHostedZoneLimit {"Type":"MAX_VPCS_ASSOCIATED_BY_ZONE","HostedZoneId":"$zone"}
= Limit.Value: 300
= Count: 2
> route53 ListHostedZonesByVPC {"VPCId":"$second","VPCRegion":"eu-west-1"}
= HostedZoneSummaries#: 1
= HostedZoneSummaries[0].Name: corp.example.
= HostedZoneSummaries[0].Owner: {"OwningAccount":"123456789012"}
= MaxItems: 100
> route53 ListHostedZonesByVPC {"VPCId":"$second","VPCRegion":"us-east-1"}
= HostedZoneSummaries#: 0
advance 60
> route53 GetChange {"Id":"$change"}
= ChangeInfo.Status: INSYNC
> route53 DisassociateVPCFromHostedZone {"HostedZoneId":"$zone","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
= ChangeInfo.Status: PENDING
> route53 DisassociateVPCFromHostedZone {"HostedZoneId":"$zone","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
! VPCAssociationNotFound
> route53 DisassociateVPCFromHostedZone {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"$second"}}
! LastVPCAssociation
# Authorisation is for VPCs of other accounts, so that only the form of the id can be checked.
> route53 CreateVPCAssociationAuthorization {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"vpc-0123456789abcdef0"}}
= VPC: {"VPCRegion":"eu-west-1","VPCId":"vpc-0123456789abcdef0"}
> route53 CreateVPCAssociationAuthorization {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"vpc-0123456789abcdef0"}}
> route53 CreateVPCAssociationAuthorization {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"nothing"}}
! InvalidVPCId
> route53 CreateVPCAssociationAuthorization {"HostedZoneId":"$public","VPC":{"VPCRegion":"eu-west-1","VPCId":"vpc-0123456789abcdef0"}}
! InvalidInput
> route53 ListVPCAssociationAuthorizations {"HostedZoneId":"$zone"}
= VPCs: [{"VPCRegion":"eu-west-1","VPCId":"vpc-0123456789abcdef0"}]
> route53 DeleteVPCAssociationAuthorization {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"vpc-0123456789abcdef0"}}
> route53 DeleteVPCAssociationAuthorization {"HostedZoneId":"$zone","VPC":{"VPCRegion":"eu-west-1","VPCId":"vpc-0123456789abcdef0"}}
! VPCAssociationAuthorizationNotFound

== Values of the rarer types
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"v"}
save zone = HostedZone.Id
# As in https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"sub.example.com","Type":"DS","TTL":5,"ResourceRecords":[{"Value":"123 4 1 1234567890abcdef"}]}}]}}
! InvalidChangeBatch: DSRRDATAIllegalDigest
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"sub.example.com","Type":"DS","TTL":5,"ResourceRecords":[{"Value":"12345 3 1 123456789abcdef67890123456789abcdef67890"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"h.example.com","Type":"HTTPS","TTL":5,"ResourceRecords":[{"Value":"1 . alpn=\"h3,h2\" port=443"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"s.example.com","Type":"SVCB","TTL":5,"ResourceRecords":[{"Value":"0 svc.example.com"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"n.example.com","Type":"NAPTR","TTL":5,"ResourceRecords":[{"Value":"100 50 \"u\" \"E2U+sip\" \"!^.*!sip:info@example.com!\" ."}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"k.example.com","Type":"SSHFP","TTL":5,"ResourceRecords":[{"Value":"1 1 09F6A01D2175742B257C6B98B7C72C44C4040683"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"_443._tcp.example.com","Type":"TLSA","TTL":5,"ResourceRecords":[{"Value":"3 0 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971"}]}}]}}
= ChangeInfo.Status: PENDING
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"NAPTR","TTL":5,"ResourceRecords":[{"Value":"100 50 u E2U+sip x ."}]}}]}}
! InvalidChangeBatch: InvalidCharacterString
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"SSHFP","TTL":5,"ResourceRecords":[{"Value":"1 1 abc"}]}}]}}
! InvalidChangeBatch: SSHFPRRDATAIllegalFingerprint
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"TLSA","TTL":5,"ResourceRecords":[{"Value":"3 0"}]}}]}}
! InvalidChangeBatch: TLSARRDATANotFourFields
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"x.example.com","Type":"HTTPS","TTL":5,"ResourceRecords":[{"Value":"40000 ."}]}}]}}
! InvalidChangeBatch: SVCBRRDATAIllegalPriority
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"example.com","Type":"DS","TTL":5,"ResourceRecords":[{"Value":"12345 3 1 123456789abcdef67890123456789abcdef67890"}]}}]}}
! InvalidChangeBatch: not permitted at apex

== a top-level domain is nobody's hosted zone
# https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html: "You can't create a hosted zone for a
# top-level domain (TLD) such as .com."
> route53 CreateHostedZone {"Name":"com","CallerReference":"a"}
! InvalidDomainName: com is reserved by AWS!
> route53 CreateHostedZone {"Name":"UK.","CallerReference":"a"}
! InvalidDomainName: uk is reserved by AWS!
> ec2 CreateVpc {"CidrBlock":"10.0.0.0/16"}
save vpc = Vpc.VpcId
> route53 CreateHostedZone {"Name":"net","CallerReference":"a","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
! InvalidDomainName: net is reserved by AWS!
# A name of one's own that the root does not know may be a zone.
> route53 CreateHostedZone {"Name":"corp","CallerReference":"a","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
