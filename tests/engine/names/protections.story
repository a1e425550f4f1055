# Record set protections. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/rrset-protection.html
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"a"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","SetIdentifier":"one","Weight":1,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"AAAA","TTL":60,"ResourceRecords":[{"Value":"2001:db8::1"}]}}]}}
# A name and type need not be there yet. Invalid entries are told before anything else, and nothing is created.
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"},{"RecordName":"www.example.org","RecordType":"A"}]}
! InvalidResourceRecordSetProtectionBatch: [[name='www.example.org', type='A']: the name is not permitted in zone example.com.]
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"a.example.com","RecordType":"A"},{"RecordName":"A.example.com.","RecordType":"A"}]}
! InvalidResourceRecordSetProtectionBatch: more than once
> route53 ListResourceRecordSetProtections {"HostedZoneId":"$zone"}
= ResourceRecordSetProtections#: 0
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"WWW.example.com","RecordType":"A","Comment":"ask the owners first"},{"RecordName":"example.com","RecordType":"MX"}]}
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"}]}
! ProtectionAlreadyExists
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"},{"RecordName":"b.example.com","RecordType":"A"}]}
! InvalidResourceRecordSetProtectionBatch: [[name='www.example.com.', type='A']: a protection already exists]
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"Z00000000000AA","Protections":[{"RecordName":"www.example.com","RecordType":"A"}]}
! NoSuchHostedZone
# In the order of records, a page at a time.
> route53 ListResourceRecordSetProtections {"HostedZoneId":"$zone","MaxResults":"1"}
= ResourceRecordSetProtections: [{"RecordName":"example.com.","RecordType":"MX"}]
save next = NextToken
> route53 ListResourceRecordSetProtections {"HostedZoneId":"$zone","NextToken":"$next"}
= ResourceRecordSetProtections: [{"RecordName":"www.example.com.","RecordType":"A","Comment":"ask the owners first"}]
= NextToken: -
> route53 ListResourceRecordSetProtections {"HostedZoneId":"$zone","StartRecordName":"www.example.com","StartRecordType":"AAAA"}
= ResourceRecordSetProtections#: 0
# No change of any record set of that name and type, whatever its identifier; another type of the name is free.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","SetIdentifier":"two","Weight":1,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.2"}]}}]}}
! InvalidChangeBatch: [Tried to change resource record set [name='www.example.com.', type='A'] but it is protected: ask the owners first]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","SetIdentifier":"one","Weight":1,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch: but it is protected
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"example.com","Type":"MX","TTL":60,"ResourceRecords":[{"Value":"10 mail.example.com"}]}}]}}
! InvalidChangeBatch: but it is protected]
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"www.example.com","Type":"AAAA","TTL":60,"ResourceRecords":[{"Value":"2001:db8::2"}]}}]}}
= ChangeInfo.Status: PENDING
# The zone cannot be deleted; once the protections are gone, all is as before.
> route53 DeleteHostedZone {"Id":"$zone"}
! HostedZoneNotEmpty
> route53 DeleteResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"},{"RecordName":"b.example.com","RecordType":"A"}]}
! InvalidResourceRecordSetProtectionBatch: [[name='b.example.com.', type='A']: no protection exists]
> route53 DeleteResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"},{"RecordName":"example.com","RecordType":"MX"}]}
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[
  {"Action":"DELETE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","SetIdentifier":"one","Weight":1,"TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}},
  {"Action":"DELETE","ResourceRecordSet":{"Name":"www.example.com","Type":"AAAA","TTL":60,"ResourceRecords":[{"Value":"2001:db8::2"}]}}]}}
> route53 DeleteHostedZone {"Id":"$zone"}

# Accelerated recovery. https://docs.aws.amazon.com/Route53/latest/APIReference/API_UpdateHostedZoneFeatures.html
> route53 CreateHostedZone {"Name":"example.org","CallerReference":"b"}
= HostedZone.Features: -
save zone = HostedZone.Id
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$zone","EnableAcceleratedRecovery":true}
> route53 GetHostedZone {"Id":"$zone"}
= HostedZone.Features.AcceleratedRecoveryStatus: ENABLING
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$zone","EnableAcceleratedRecovery":false}
! PriorRequestNotComplete
advance 60
> route53 GetHostedZone {"Id":"$zone"}
= HostedZone.Features.AcceleratedRecoveryStatus: ENABLED
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$zone","EnableAcceleratedRecovery":false}
advance 60
> route53 ListHostedZones {}
= HostedZones[0].Features.AcceleratedRecoveryStatus: DISABLED
# Only public zones have it.
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> route53 CreateHostedZone {"Name":"corp.test","CallerReference":"c","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
save private = HostedZone.Id
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$private","EnableAcceleratedRecovery":true}
! InvalidInput: Accelerated recovery is available only for public hosted zones.
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"Z00000000000AA","EnableAcceleratedRecovery":true}
! NoSuchHostedZone
