# Mutual TLS: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html

== a trust store is made of certificates in a bucket, and counts what they revoke
> s3 CreateBucket {"Bucket":"authorities-of-mine"}
> s3 PutBucketVersioning {"Bucket":"authorities-of-mine","VersioningConfiguration":{"Status":"Enabled"}}
# Two certificates in PEM, one, and something else.
> s3 PutObject {"Bucket":"authorities-of-mine","Key":"ca.pem","Body":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJjRENDQVJXZ0F3SUJBZ0lVT2VFMXJuamFhazRCVUJxcDJuNEFhNWF2UGhFd0NnWUlLb1pJemowRUF3SXcKRERFS01BZ0dBMVVFQXd3QllUQWdGdzB5TmpFeE1qa3lNVFExTlRKYUdBOHlNVEkyTVRFd05USXhORFUxTWxvdwpEREVLTUFnR0ExVUVBd3dCWVRCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQkN3dkxhVW1UczZxCllySjJ3NWdEVXc3bWltZ21GY3BSWWpYVjBhQXpOSnUwZjFzZDhZa3dDSmpXb05sYWM5L0FvbVNpYlNsOS9zc28KMFZnMnVlVjBRMUNqVXpCUk1CMEdBMVVkRGdRV0JCUng3eVRzVFpmVzlCb0M3ZFYzcmxYdVI5M3QxVEFmQmdOVgpIU01FR0RBV2dCUng3eVRzVFpmVzlCb0M3ZFYzcmxYdVI5M3QxVEFQQmdOVkhSTUJBZjhFQlRBREFRSC9NQW9HCkNDcUdTTTQ5QkFNQ0Ewa0FNRVlDSVFEZlIyTlNDbmpuWUU1Skx1M2JkWmYwY0d0WUdjcUVJVEZsM29BK0txb1UKY3dJaEFMVG0yTnA4eTlDellUUTZuVmtiNTZRTW5hUzRYYWpROHZQK3Z3d1JNVWV6Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0KLS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJiekNDQVJXZ0F3SUJBZ0lVWTQ4U1UvbUR3V2p6Ukd5bE9wN2x0V0RjNWxzd0NnWUlLb1pJemowRUF3SXcKRERFS01BZ0dBMVVFQXd3QllqQWdGdzB5TmpFeE1qa3lNVFExTlRKYUdBOHlNVEkyTVRFd05USXhORFUxTWxvdwpEREVLTUFnR0ExVUVBd3dCWWpCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQkZrUTgzZ3ZiOVIxCkh4SkdyN0xodFJDQVJNdmtmNFI1N1FxREJ3QUx2bE9RV1BVOVo5SGhGWEpldmJJNDlwRCtIWHBHcEJadk5YdysKazhOM0MyL0FGWmVqVXpCUk1CMEdBMVVkRGdRV0JCVEYrdFpxdUd5MnFzdCtLOWpJRXYrMVNGMzZDVEFmQmdOVgpIU01FR0RBV2dCVEYrdFpxdUd5MnFzdCtLOWpJRXYrMVNGMzZDVEFQQmdOVkhSTUJBZjhFQlRBREFRSC9NQW9HCkNDcUdTTTQ5QkFNQ0EwZ0FNRVVDSVFEQzd1azRrTVdXdGZLRjR5aGY4cUZRclFVbjU5Y1B3Ym94aVE3TS9tWnUKdVFJZ0dGbTlScjhLTDNaQmxSaGJYZkFSRldLTzVmRG45WlZqZE92cEd4Vm5kY2c9Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K"}
save elder = VersionId
> s3 PutObject {"Bucket":"authorities-of-mine","Key":"ca.pem","Body":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJjRENDQVJXZ0F3SUJBZ0lVT2VFMXJuamFhazRCVUJxcDJuNEFhNWF2UGhFd0NnWUlLb1pJemowRUF3SXcKRERFS01BZ0dBMVVFQXd3QllUQWdGdzB5TmpFeE1qa3lNVFExTlRKYUdBOHlNVEkyTVRFd05USXhORFUxTWxvdwpEREVLTUFnR0ExVUVBd3dCWVRCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQkN3dkxhVW1UczZxCllySjJ3NWdEVXc3bWltZ21GY3BSWWpYVjBhQXpOSnUwZjFzZDhZa3dDSmpXb05sYWM5L0FvbVNpYlNsOS9zc28KMFZnMnVlVjBRMUNqVXpCUk1CMEdBMVVkRGdRV0JCUng3eVRzVFpmVzlCb0M3ZFYzcmxYdVI5M3QxVEFmQmdOVgpIU01FR0RBV2dCUng3eVRzVFpmVzlCb0M3ZFYzcmxYdVI5M3QxVEFQQmdOVkhSTUJBZjhFQlRBREFRSC9NQW9HCkNDcUdTTTQ5QkFNQ0Ewa0FNRVlDSVFEZlIyTlNDbmpuWUU1Skx1M2JkWmYwY0d0WUdjcUVJVEZsM29BK0txb1UKY3dJaEFMVG0yTnA4eTlDellUUTZuVmtiNTZRTW5hUzRYYWpROHZQK3Z3d1JNVWV6Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K"}
> s3 PutObject {"Bucket":"authorities-of-mine","Key":"note.txt","Body":"aGVsbG8="}
# Revocation lists: one names two certificates, one none.
> s3 PutObject {"Bucket":"authorities-of-mine","Key":"two.crl","Body":"LS0tLS1CRUdJTiBYNTA5IENSTC0tLS0tCk1JSE9NSGNDQVFFd0NnWUlLb1pJemowRUF3SXdEREVLTUFnR0ExVUVBd3dCWVJjTk1qWXhNVEk1TWpFME5UVXkKV2hnUE1qRXlOakV4TURVeU1UUTFOVEphTUNnd0VnSUJBUmNOTWpVd01UQXhNREF3TURBd1dqQVNBZ0VDRncweQpOVEF4TURFd01EQXdNREJhb0E0d0REQUtCZ05WSFJRRUF3SUJBVEFLQmdncWhrak9QUVFEQWdOSEFEQkVBaUFuCmhpZVI2K1JRbXZVSzRZb1hSSHJ0dFlUUk5MZmhnb3NsdUt2S3NpOUp1Z0lnSGhjMkdBRUc5NDhZMEhpd0FISnEKZmN6MVg3d0FmclhRWFVZOHBKU25uNVU9Ci0tLS0tRU5EIFg1MDkgQ1JMLS0tLS0K"}
> s3 PutObject {"Bucket":"authorities-of-mine","Key":"none.crl","Body":"LS0tLS1CRUdJTiBYNTA5IENSTC0tLS0tCk1JR2xNRTBDQVFFd0NnWUlLb1pJemowRUF3SXdEREVLTUFnR0ExVUVBd3dCWVJjTk1qWXhNVEk1TWpFME5UVXkKV2hnUE1qRXlOakV4TURVeU1UUTFOVEphb0E0d0REQUtCZ05WSFJRRUF3SUJBakFLQmdncWhrak9QUVFEQWdOSQpBREJGQWlFQXB0RGJCQWNMQ2tsZTZ6dUp2a3hSUzc3eFM4RlQ5NTIxY1BSNUxXMFlIOU1DSUQ5ZXV1QnlFVjZGCkFzUXFxNkVoNWFNZHF2VkVvbzQrbDhaZTlVWWNtU3BQCi0tLS0tRU5EIFg1MDkgQ1JMLS0tLS0K"}
> elbv2 CreateTrustStore {"Name":"clients","CaCertificatesBundleS3Bucket":"authorities-of-mine","CaCertificatesBundleS3Key":"gone.pem"}
! CaCertificatesBundleNotFound
> elbv2 CreateTrustStore {"Name":"clients","CaCertificatesBundleS3Bucket":"no-bucket-of-mine","CaCertificatesBundleS3Key":"ca.pem"}
! CaCertificatesBundleNotFound
> elbv2 CreateTrustStore {"Name":"clients","CaCertificatesBundleS3Bucket":"authorities-of-mine","CaCertificatesBundleS3Key":"note.txt"}
! InvalidCaCertificatesBundle
> elbv2 CreateTrustStore {"Name":"-clients","CaCertificatesBundleS3Bucket":"authorities-of-mine","CaCertificatesBundleS3Key":"ca.pem"}
! ValidationError
> elbv2 CreateTrustStore {"Name":"clients","CaCertificatesBundleS3Bucket":"authorities-of-mine","CaCertificatesBundleS3Key":"ca.pem","CaCertificatesBundleS3ObjectVersion":"$elder","Tags":[{"Key":"for","Value":"partners"}]}
= TrustStores[0].Name: clients
= TrustStores[0].TrustStoreArn: arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/clients/*
= TrustStores[0].Status: CREATING
= TrustStores[0].NumberOfCaCertificates: 2
= TrustStores[0].TotalRevokedEntries: 0
save store = TrustStores[0].TrustStoreArn
> elbv2 CreateTrustStore {"Name":"clients","CaCertificatesBundleS3Bucket":"authorities-of-mine","CaCertificatesBundleS3Key":"ca.pem"}
! DuplicateTrustStoreName
> elbv2 DescribeTrustStores {"Names":["clients"]}
= TrustStores[0].Status: ACTIVE
> elbv2 DescribeTrustStores {"Names":["others"]}
! TrustStoreNotFound
> elbv2 DescribeTrustStores {"TrustStoreArns":["arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/clients/0123456789abcdef"]}
! TrustStoreNotFound
> elbv2 DescribeTags {"ResourceArns":["$store"]}
= TagDescriptions[0].Tags[0].Value: partners
> elbv2 GetTrustStoreCaCertificatesBundle {"TrustStoreArn":"$store"}
= Location: https://authorities-of-mine.s3.us-east-1.amazonaws.com/ca.pem?versionId=$elder
# Another bundle.
> elbv2 ModifyTrustStore {"TrustStoreArn":"$store","CaCertificatesBundleS3Bucket":"authorities-of-mine","CaCertificatesBundleS3Key":"ca.pem"}
= TrustStores[0].NumberOfCaCertificates: 1
= TrustStores[0].Status: ACTIVE
# What they have revoked.
> elbv2 AddTrustStoreRevocations {"TrustStoreArn":"$store","RevocationContents":[{"S3Bucket":"authorities-of-mine","S3Key":"gone.crl"}]}
! RevocationContentNotFound
> elbv2 AddTrustStoreRevocations {"TrustStoreArn":"$store","RevocationContents":[{"S3Bucket":"authorities-of-mine","S3Key":"ca.pem"}]}
! InvalidRevocationContent
> elbv2 AddTrustStoreRevocations {"TrustStoreArn":"$store","RevocationContents":[{"S3Bucket":"authorities-of-mine","S3Key":"two.crl","RevocationType":"CRL"},{"S3Bucket":"authorities-of-mine","S3Key":"none.crl"}]}
= TrustStoreRevocations#: 2
= TrustStoreRevocations[0].RevocationId: 1
= TrustStoreRevocations[0].RevocationType: CRL
= TrustStoreRevocations[0].NumberOfRevokedEntries: 2
= TrustStoreRevocations[1].NumberOfRevokedEntries: 0
> elbv2 DescribeTrustStores {}
= TrustStores[0].TotalRevokedEntries: 2
> elbv2 DescribeTrustStoreRevocations {"TrustStoreArn":"$store","RevocationIds":[2]}
= TrustStoreRevocations#: 1
= TrustStoreRevocations[0].RevocationId: 2
> elbv2 GetTrustStoreRevocationContent {"TrustStoreArn":"$store","RevocationId":1}
= Location: https://authorities-of-mine.s3.us-east-1.amazonaws.com/two.crl
> elbv2 GetTrustStoreRevocationContent {"TrustStoreArn":"$store","RevocationId":9}
! RevocationIdNotFound
> elbv2 RemoveTrustStoreRevocations {"TrustStoreArn":"$store","RevocationIds":[1,9]}
! RevocationIdNotFound
> elbv2 RemoveTrustStoreRevocations {"TrustStoreArn":"$store","RevocationIds":[1]}
> elbv2 DescribeTrustStoreRevocations {"TrustStoreArn":"$store"}
= TrustStoreRevocations#: 1
# Numbers are not given twice.
> elbv2 AddTrustStoreRevocations {"TrustStoreArn":"$store","RevocationContents":[{"S3Bucket":"authorities-of-mine","S3Key":"two.crl"}]}
= TrustStoreRevocations[0].RevocationId: 3

== a listener verifies its clients by a trust store, which then stays
> ec2 DescribeSubnets {"Filters":[{"Name":"availability-zone","Values":["us-east-1a","us-east-1b"]}]}
save a = Subnets[0].SubnetId
save b = Subnets[1].SubnetId
save vpc = Subnets[0].VpcId
> s3 CreateBucket {"Bucket":"authorities-of-mine"}
> s3 PutObject {"Bucket":"authorities-of-mine","Key":"ca.pem","Body":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJjRENDQVJXZ0F3SUJBZ0lVT2VFMXJuamFhazRCVUJxcDJuNEFhNWF2UGhFd0NnWUlLb1pJemowRUF3SXcKRERFS01BZ0dBMVVFQXd3QllUQWdGdzB5TmpFeE1qa3lNVFExTlRKYUdBOHlNVEkyTVRFd05USXhORFUxTWxvdwpEREVLTUFnR0ExVUVBd3dCWVRCWk1CTUdCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQkN3dkxhVW1UczZxCllySjJ3NWdEVXc3bWltZ21GY3BSWWpYVjBhQXpOSnUwZjFzZDhZa3dDSmpXb05sYWM5L0FvbVNpYlNsOS9zc28KMFZnMnVlVjBRMUNqVXpCUk1CMEdBMVVkRGdRV0JCUng3eVRzVFpmVzlCb0M3ZFYzcmxYdVI5M3QxVEFmQmdOVgpIU01FR0RBV2dCUng3eVRzVFpmVzlCb0M3ZFYzcmxYdVI5M3QxVEFQQmdOVkhSTUJBZjhFQlRBREFRSC9NQW9HCkNDcUdTTTQ5QkFNQ0Ewa0FNRVlDSVFEZlIyTlNDbmpuWUU1Skx1M2JkWmYwY0d0WUdjcUVJVEZsM29BK0txb1UKY3dJaEFMVG0yTnA4eTlDellUUTZuVmtiNTZRTW5hUzRYYWpROHZQK3Z3d1JNVWV6Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K"}
> elbv2 CreateTrustStore {"Name":"clients","CaCertificatesBundleS3Bucket":"authorities-of-mine","CaCertificatesBundleS3Key":"ca.pem"}
save store = TrustStores[0].TrustStoreArn
> iam UploadServerCertificate {"ServerCertificateName":"one","CertificateBody":"-----BEGIN CERTIFICATE-----\nMIIBsDCCARkCFC8ct37m/jyj9X0mEzlqkVI47VNSMA0GCSqGSIb3DQEBCwUAMBYx\nFDASBgNVBAMMC2V4YW1wbGUuY29tMCAXDTI1MDEwMTAwMDAwMFoYDzIwNjAwMTAx\nMDAwMDAwWjAWMRQwEgYDVQQDDAtleGFtcGxlLmNvbTCBnzANBgkqhkiG9w0BAQEF\nAAOBjQAwgYkCgYEArQFskfwB3u8U51u98FNVHInjkUTnCCTQc8UCLxetGyHsm4zV\nsPtdLRc4FVUa+JATt/4JJD3M/qsXkjQpOTtaankkc6lA4SG4NrgNxskTjct1CVRT\ndtC2Upo3nE1Ce+/rW3uPkULdaARZhoC+dKYZNMz/H19hkdIcLlY+YKQJqLMCAwEA\nATANBgkqhkiG9w0BAQsFAAOBgQBqqVcoRsec8ogtPWJOvBKnX6v7plR3ENscL+Ah\n5Crj6kPP9WrTtcuy+36DcH2phn5tMBLw7T0Jn9X6hVljayJFPU3ax1WTLH0l478s\n7M2azUj7kVa6ku7eeD5A3Kcf3HCCkOvLYmhIGQJ/vDgTdV3aqoxeGiqv47zCsKqT\n5JWe8g==\n-----END CERTIFICATE-----","PrivateKey":"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----"}
save one = ServerCertificateMetadata.Arn
> elbv2 CreateLoadBalancer {"Name":"front","Type":"application","Subnets":["$a","$b"]}
save lb = LoadBalancers[0].LoadBalancerArn
> elbv2 CreateTargetGroup {"Name":"webs","Protocol":"HTTP","Port":80,"VpcId":"$vpc"}
save tg = TargetGroups[0].TargetGroupArn
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTP","Port":80,"MutualAuthentication":{"Mode":"passthrough"},"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! ValidationError: cannot be specified for protocol 'HTTP'
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTPS","Port":443,"Certificates":[{"CertificateArn":"$one"}],"MutualAuthentication":{"Mode":"verify"},"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! ValidationError: A trust store ARN must be specified
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTPS","Port":443,"Certificates":[{"CertificateArn":"$one"}],"MutualAuthentication":{"Mode":"passthrough","TrustStoreArn":"$store"},"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! ValidationError: for the mode 'verify' only
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTPS","Port":443,"Certificates":[{"CertificateArn":"$one"}],"MutualAuthentication":{"Mode":"verify","TrustStoreArn":"arn:aws:elasticloadbalancing:us-east-1:123456789012:truststore/gone/0123456789abcdef"},"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
! TrustStoreNotFound
> elbv2 CreateListener {"LoadBalancerArn":"$lb","Protocol":"HTTPS","Port":443,"Certificates":[{"CertificateArn":"$one"}],"MutualAuthentication":{"Mode":"verify","TrustStoreArn":"$store","IgnoreClientCertificateExpiry":true,"AdvertiseTrustStoreCaNames":"on"},"DefaultActions":[{"Type":"forward","TargetGroupArn":"$tg"}]}
= Listeners[0].MutualAuthentication: {"AdvertiseTrustStoreCaNames":"on","IgnoreClientCertificateExpiry":true,"Mode":"verify","TrustStoreArn":"$store","TrustStoreAssociationStatus":"active"}
save listener = Listeners[0].ListenerArn
> elbv2 DescribeTrustStoreAssociations {"TrustStoreArn":"$store"}
= TrustStoreAssociations: [{"ResourceArn":"$lb"}]
> elbv2 DeleteTrustStore {"TrustStoreArn":"$store"}
! TrustStoreInUse
# Sharing is between accounts.
> elbv2 DeleteSharedTrustStoreAssociation {"TrustStoreArn":"$store","ResourceArn":"$lb"}
! DeleteAssociationSameAccount
> elbv2 DeleteSharedTrustStoreAssociation {"TrustStoreArn":"$store","ResourceArn":"$tg"}
! AssociationNotFound
> elbv2 ModifyListener {"ListenerArn":"$listener","Port":8443}
= Listeners[0].MutualAuthentication.Mode: verify
> elbv2 ModifyListener {"ListenerArn":"$listener","MutualAuthentication":{"Mode":"passthrough"}}
= Listeners[0].MutualAuthentication: {"Mode":"passthrough"}
> elbv2 DescribeTrustStoreAssociations {"TrustStoreArn":"$store"}
= TrustStoreAssociations#: 0
> elbv2 ModifyListener {"ListenerArn":"$listener","MutualAuthentication":{"Mode":"off"}}
= Listeners[0].MutualAuthentication: {"Mode":"off"}
> elbv2 DeleteTrustStore {"TrustStoreArn":"$store"}
> elbv2 DeleteTrustStore {"TrustStoreArn":"$store"}
! TrustStoreNotFound
