# DNSSEC as state. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
> route53 CreateHostedZone {"Name":"example.com","CallerReference":"1"}
save zone = HostedZone.Id
> route53 GetDNSSEC {"HostedZoneId":"$zone"}
= Status.ServeSignature: NOT_SIGNING
= KeySigningKeys#: 0
> route53 EnableHostedZoneDNSSEC {"HostedZoneId":"$zone"}
! KeySigningKeyWithActiveStatusNotFound: A key-signing key (KSK) with ACTIVE status wasn't found.
> route53 DisableHostedZoneDNSSEC {"HostedZoneId":"$zone"}
! DNSSECNotFound
> route53 CreateKeySigningKey {"CallerReference":"k1","HostedZoneId":"$zone","KeyManagementServiceArn":"arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111","Name":"first_key","Status":"ACTIVE"}
= ChangeInfo.Status: PENDING
= KeySigningKey.Flag: 257
= KeySigningKey.SigningAlgorithmMnemonic: ECDSAP256SHA256
= KeySigningKey.DSRecord: * 13 2 *
= KeySigningKey.DNSKEYRecord: 257 3 13 *
= KeySigningKey.Status: ACTIVE
> route53 CreateKeySigningKey {"CallerReference":"k2","HostedZoneId":"$zone","KeyManagementServiceArn":"arn:aws:kms:us-east-1:123456789012:key/22222222-2222-2222-2222-222222222222","Name":"first_key","Status":"ACTIVE"}
! KeySigningKeyAlreadyExists
> route53 CreateKeySigningKey {"CallerReference":"k2","HostedZoneId":"$zone","KeyManagementServiceArn":"arn:aws:kms:eu-west-1:123456789012:key/22222222-2222-2222-2222-222222222222","Name":"second_key","Status":"ACTIVE"}
! InvalidKMSArn
> route53 CreateKeySigningKey {"CallerReference":"k2","HostedZoneId":"$zone","KeyManagementServiceArn":"arn:aws:kms:us-east-1:123456789012:key/22222222-2222-2222-2222-222222222222","Name":"second-key","Status":"ACTIVE"}
! InvalidKeySigningKeyName
> route53 EnableHostedZoneDNSSEC {"HostedZoneId":"$zone"}
= ChangeInfo.Status: PENDING
> route53 GetDNSSEC {"HostedZoneId":"$zone"}
= Status.ServeSignature: SIGNING
= KeySigningKeys#: 1
> route53 DeactivateKeySigningKey {"HostedZoneId":"$zone","Name":"first_key"}
! KeySigningKeyInUse
> route53 CreateKeySigningKey {"CallerReference":"k2","HostedZoneId":"$zone","KeyManagementServiceArn":"arn:aws:kms:us-east-1:123456789012:key/22222222-2222-2222-2222-222222222222","Name":"second_key","Status":"INACTIVE"}
> route53 CreateKeySigningKey {"CallerReference":"k3","HostedZoneId":"$zone","KeyManagementServiceArn":"arn:aws:kms:us-east-1:123456789012:key/33333333-3333-3333-3333-333333333333","Name":"third_key","Status":"INACTIVE"}
! TooManyKeySigningKeys
> route53 ActivateKeySigningKey {"HostedZoneId":"$zone","Name":"second_key"}
> route53 DeactivateKeySigningKey {"HostedZoneId":"$zone","Name":"first_key"}
> route53 DeleteKeySigningKey {"HostedZoneId":"$zone","Name":"second_key"}
! InvalidKeySigningKeyStatus
> route53 DeleteKeySigningKey {"HostedZoneId":"$zone","Name":"first_key"}
> route53 DeleteKeySigningKey {"HostedZoneId":"$zone","Name":"first_key"}
! NoSuchKeySigningKey
> route53 DeleteHostedZone {"Id":"$zone"}
! HostedZoneNotEmpty: The specified hosted zone contains DNSSEC Key Signing Keys and so cannot be deleted.
> route53 DisableHostedZoneDNSSEC {"HostedZoneId":"$zone"}
> route53 DeactivateKeySigningKey {"HostedZoneId":"$zone","Name":"second_key"}
> route53 DeleteKeySigningKey {"HostedZoneId":"$zone","Name":"second_key"}
> route53 DeleteHostedZone {"Id":"$zone"}
# Private zones cannot be signed.
> ec2 DescribeVpcs {"Filters":[{"Name":"is-default","Values":["true"]}]}
save vpc = Vpcs[0].VpcId
> route53 CreateHostedZone {"Name":"corp.example","CallerReference":"2","VPC":{"VPCRegion":"us-east-1","VPCId":"$vpc"}}
save private = HostedZone.Id
> route53 GetDNSSEC {"HostedZoneId":"$private"}
! InvalidArgument
