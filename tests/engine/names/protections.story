# Records that no change may touch until somebody says so, and what a zone has besides records.
# https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/rrset-protection.html
== a protected record stays as it is, and says why
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"one"}
save zone = HostedZone.Id
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A","Comment":"the shop"},{"RecordName":"mail.example.com","RecordType":"MX"}]}
> route53 ListResourceRecordSetProtections {"HostedZoneId":"$zone"}
= ResourceRecordSetProtections#: 2
= ResourceRecordSetProtections[0].RecordName: mail.example.com.
= ResourceRecordSetProtections[0].Comment: -
= ResourceRecordSetProtections[1].RecordName: www.example.com.
= ResourceRecordSetProtections[1].RecordType: A
= ResourceRecordSetProtections[1].Comment: the shop
> route53 ListResourceRecordSetProtections {"HostedZoneId":"$zone","MaxResults":"1"}
= ResourceRecordSetProtections#: 1
save next = NextToken
> route53 ListResourceRecordSetProtections {"HostedZoneId":"$zone","NextToken":"$next"}
= ResourceRecordSetProtections[0].RecordName: www.example.com.
= NextToken: -
> route53 ListResourceRecordSetProtections {"HostedZoneId":"$zone","StartRecordName":"www.example.com"}
= ResourceRecordSetProtections#: 1
# Whatever the change: UPSERT, DELETE, or a further one with a set identifier; other types of the name are free.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.9"}]}}]}}
! InvalidChangeBatch: the shop
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"DELETE","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.1"}]}}]}}
! InvalidChangeBatch
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"www.example.com","Type":"AAAA","TTL":60,"ResourceRecords":[{"Value":"2001:db8::1"}]}}]}}
# A name that has no record yet is kept free.
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"CREATE","ResourceRecordSet":{"Name":"mail.example.com","Type":"MX","TTL":60,"ResourceRecords":[{"Value":"10 mx.example.com"}]}}]}}
! InvalidChangeBatch
# A zone with protections stays.
> route53 DeleteHostedZone {"Id":"$zone"}
! HostedZoneNotEmpty: protections
# All of a call, or none.
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"}]}
! ProtectionAlreadyExists
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"},{"RecordName":"new.example.com","RecordType":"A"}]}
! InvalidResourceRecordSetProtectionBatch: www.example.com
> route53 CreateResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.org","RecordType":"A"},{"RecordName":"www.example.com","RecordType":"A"}]}
! InvalidResourceRecordSetProtectionBatch: www.example.org A is not in the zone
> route53 DeleteResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"},{"RecordName":"new.example.com","RecordType":"A"}]}
! InvalidResourceRecordSetProtectionBatch: new.example.com
> route53 DeleteResourceRecordSetProtections {"HostedZoneId":"$zone","Protections":[{"RecordName":"www.example.com","RecordType":"A"}]}
> route53 ChangeResourceRecordSets {"HostedZoneId":"$zone","ChangeBatch":{"Changes":[{"Action":"UPSERT","ResourceRecordSet":{"Name":"www.example.com","Type":"A","TTL":60,"ResourceRecords":[{"Value":"192.0.2.9"}]}}]}}
> route53 ListResourceRecordSetProtections {"HostedZoneId":"Z0000000000000"}
! NoSuchHostedZone

== accelerated recovery of a public zone
# https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"one"}
save zone = HostedZone.Id
= HostedZone.Features: -
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$zone","EnableAcceleratedRecovery":true}
> route53 GetHostedZone {"Id":"$zone"}
= HostedZone.Features.AcceleratedRecoveryStatus: ENABLING
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$zone","EnableAcceleratedRecovery":false}
! PriorRequestNotComplete
advance 600
> route53 GetHostedZone {"Id":"$zone"}
= HostedZone.Features.AcceleratedRecoveryStatus: ENABLED
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$zone","EnableAcceleratedRecovery":false}
> route53 ListHostedZones {}
= HostedZones[0].Features.AcceleratedRecoveryStatus: DISABLING
advance 600
> route53 GetHostedZone {"Id":"$zone"}
= HostedZone.Features.AcceleratedRecoveryStatus: DISABLED
> ec2 DescribeVpcs {}
save vpc = Vpcs[0].VpcId
> route53 CreateHostedZone {"Name":"inside.example","CallerReference":"two","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
save inside = HostedZone.Id
> route53 UpdateHostedZoneFeatures {"HostedZoneId":"$inside","EnableAcceleratedRecovery":true}
! InvalidInput: only for public
