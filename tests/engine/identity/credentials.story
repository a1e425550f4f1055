# What people prove with who they are.
== Access keys
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
> iam CreateUser {"UserName":"ann","Path":"/x/"}
> iam CreateAccessKey {"UserName":"ann"}
= AccessKey.AccessKeyId: AKIA*
= AccessKey.SecretAccessKey: *
= AccessKey.Status: Active
save key = AccessKey.AccessKeyId
> iam ListAccessKeys {"UserName":"ann"}
= AccessKeyMetadata[0].SecretAccessKey: -
> iam CreateAccessKey {"UserName":"ann"}
save second = AccessKey.AccessKeyId
> iam CreateAccessKey {"UserName":"ann"}
! LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2
# The letters of a key say whose account it is.
> sts GetAccessKeyInfo {"AccessKeyId":"$key"}
= Account: 123456789012
> sts GetAccessKeyInfo {"AccessKeyId":"not_a_key_of_aws"}
! ValidationError
# Calls are made as its user, and the log keeps that.
as $key
> sts GetCallerIdentity {}
= Arn: arn:aws:iam::123456789012:user/x/ann
= UserId: AIDA*
> iam GetUser {}
= User.UserName: ann
> ec2 CreateKeyPair {"KeyName":"by-ann","KeyType":"ed25519"}
> iam GetAccessKeyLastUsed {"AccessKeyId":"$key"}
= UserName: ann
= AccessKeyLastUsed.ServiceName: ec2
= AccessKeyLastUsed.Region: us-east-1
> iam UpdateAccessKey {"AccessKeyId":"$second","Status":"Inactive"}
key $second: inactive arn:aws:iam::123456789012:user/x/ann
as administrator
> iam UpdateAccessKey {"UserName":"ann","AccessKeyId":"$second","Status":"Active"}
key $second: active arn:aws:iam::123456789012:user/x/ann
> iam DeleteAccessKey {"AccessKeyId":"$second"}
! NoSuchEntity: The Access Key with id $second cannot be found
> iam UpdateAccessKey {"UserName":"ann","AccessKeyId":"$second","Status":"Broken"}
! ValidationError: 1 validation error detected: Value 'Broken' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]

== Passwords and their rules
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
> iam GetAccountPasswordPolicy {}
! NoSuchEntity: The Password Policy with domain name 123456789012 cannot be found.
> iam CreateUser {"UserName":"ann"}
> iam GetLoginProfile {"UserName":"ann"}
! NoSuchEntity: Login Profile for User ann cannot be found.
# AWS's default rules: 8 characters of three kinds.
> iam CreateLoginProfile {"UserName":"ann","Password":"short-7"}
! PasswordPolicyViolation
> iam CreateLoginProfile {"UserName":"ann","Password":"onlylettersinhere"}
! PasswordPolicyViolation: Password does not conform to the account password policy.
> iam CreateLoginProfile {"UserName":"ann","Password":"Correct-Horse-7","PasswordResetRequired":true}
= LoginProfile.PasswordResetRequired: true
> iam CreateLoginProfile {"UserName":"ann","Password":"Correct-Horse-7"}
! EntityAlreadyExists: Login Profile for user ann already exists.
> iam UpdateAccountPasswordPolicy {"MinimumPasswordLength":12,"RequireSymbols":true,"PasswordReusePrevention":2}
> iam GetAccountPasswordPolicy {}
= PasswordPolicy.MinimumPasswordLength: 12
= PasswordPolicy.RequireNumbers: false
= PasswordPolicy.ExpirePasswords: false
= PasswordPolicy.MaxPasswordAge: -
= PasswordPolicy.PasswordReusePrevention: 2
> iam UpdateLoginProfile {"UserName":"ann","Password":"tooshort-1"}
! PasswordPolicyViolation: Password should have a minimum length of 12
> iam UpdateLoginProfile {"UserName":"ann","Password":"longenoughwithout"}
! PasswordPolicyViolation: Password should have at least one symbol
> iam CreateAccessKey {"UserName":"ann"}
save key = AccessKey.AccessKeyId
as $key
> iam ChangePassword {"OldPassword":"wrong","NewPassword":"another-longer-one"}
! AccessDenied: The old password was incorrect.
> iam ChangePassword {"OldPassword":"Correct-Horse-7","NewPassword":"another-longer-one"}
> iam ChangePassword {"OldPassword":"another-longer-one","NewPassword":"Correct-Horse-7"}
! PasswordPolicyViolation
as root
> iam ChangePassword {"OldPassword":"a","NewPassword":"b"}
! InvalidUserType
as administrator
> iam DeleteAccountPasswordPolicy {}
> iam DeleteAccountPasswordPolicy {}
! NoSuchEntity

== Signing certificates
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html
> iam UploadSigningCertificate {"CertificateBody":"nonsense"}
! MalformedCertificate
> iam UploadSigningCertificate {"CertificateBody":"-----BEGIN CERTIFICATE-----\nMIIBsDCCARkCFC8ct37m/jyj9X0mEzlqkVI47VNSMA0GCSqGSIb3DQEBCwUAMBYx\nFDASBgNVBAMMC2V4YW1wbGUuY29tMCAXDTI1MDEwMTAwMDAwMFoYDzIwNjAwMTAx\nMDAwMDAwWjAWMRQwEgYDVQQDDAtleGFtcGxlLmNvbTCBnzANBgkqhkiG9w0BAQEF\nAAOBjQAwgYkCgYEArQFskfwB3u8U51u98FNVHInjkUTnCCTQc8UCLxetGyHsm4zV\nsPtdLRc4FVUa+JATt/4JJD3M/qsXkjQpOTtaankkc6lA4SG4NrgNxskTjct1CVRT\ndtC2Upo3nE1Ce+/rW3uPkULdaARZhoC+dKYZNMz/H19hkdIcLlY+YKQJqLMCAwEA\nATANBgkqhkiG9w0BAQsFAAOBgQBqqVcoRsec8ogtPWJOvBKnX6v7plR3ENscL+Ah\n5Crj6kPP9WrTtcuy+36DcH2phn5tMBLw7T0Jn9X6hVljayJFPU3ax1WTLH0l478s\n7M2azUj7kVa6ku7eeD5A3Kcf3HCCkOvLYmhIGQJ/vDgTdV3aqoxeGiqv47zCsKqT\n5JWe8g==\n-----END CERTIFICATE-----"}
= Certificate.UserName: administrator
= Certificate.Status: Active
save id = Certificate.CertificateId
> iam UploadSigningCertificate {"CertificateBody":"-----BEGIN CERTIFICATE-----\nMIIBsDCCARkCFC8ct37m/jyj9X0mEzlqkVI47VNSMA0GCSqGSIb3DQEBCwUAMBYx\nFDASBgNVBAMMC2V4YW1wbGUuY29tMCAXDTI1MDEwMTAwMDAwMFoYDzIwNjAwMTAx\nMDAwMDAwWjAWMRQwEgYDVQQDDAtleGFtcGxlLmNvbTCBnzANBgkqhkiG9w0BAQEF\nAAOBjQAwgYkCgYEArQFskfwB3u8U51u98FNVHInjkUTnCCTQc8UCLxetGyHsm4zV\nsPtdLRc4FVUa+JATt/4JJD3M/qsXkjQpOTtaankkc6lA4SG4NrgNxskTjct1CVRT\ndtC2Upo3nE1Ce+/rW3uPkULdaARZhoC+dKYZNMz/H19hkdIcLlY+YKQJqLMCAwEA\nATANBgkqhkiG9w0BAQsFAAOBgQBqqVcoRsec8ogtPWJOvBKnX6v7plR3ENscL+Ah\n5Crj6kPP9WrTtcuy+36DcH2phn5tMBLw7T0Jn9X6hVljayJFPU3ax1WTLH0l478s\n7M2azUj7kVa6ku7eeD5A3Kcf3HCCkOvLYmhIGQJ/vDgTdV3aqoxeGiqv47zCsKqT\n5JWe8g==\n-----END CERTIFICATE-----"}
! DuplicateCertificate
> iam UploadSigningCertificate {"CertificateBody":"-----BEGIN CERTIFICATE-----\nMIIBrjCCARcCFEflA92ye8r9Dj8db8fZ1Uk+nhJMMA0GCSqGSIb3DQEBCwUAMBYx\nFDASBgNVBAMMC2V4YW1wbGUuY29tMB4XDTIwMDEwMTAwMDAwMFoXDTIxMDEwMTAw\nMDAwMFowFjEUMBIGA1UEAwwLZXhhbXBsZS5jb20wgZ8wDQYJKoZIhvcNAQEBBQAD\ngY0AMIGJAoGBAK0BbJH8Ad7vFOdbvfBTVRyJ45FE5wgk0HPFAi8XrRsh7JuM1bD7\nXS0XOBVVGviQE7f+CSQ9zP6rF5I0KTk7Wmp5JHOpQOEhuDa4DcbJE43LdQlUU3bQ\ntlKaN5xNQnvv61t7j5FC3WgEWYaAvnSmGTTM/x9fYZHSHC5WPmCkCaizAgMBAAEw\nDQYJKoZIhvcNAQELBQADgYEAdpn0xV9U49ixaEoVXOAaNkSzl5gVs/4f3vie3t21\nYsVkhg0fpzzHoRsZQmbFmYFLgTbdVlSHwehzfxnZhxtnOK6LMAhVTfwHcsBoHCz2\nixN0UJr0cSG0akG9aby7hfc+27wefpgyK/7hg67Qq3X91LX+XlmP4CEWTpr+j000\nTbo=\n-----END CERTIFICATE-----"}
! InvalidCertificate
> iam UpdateSigningCertificate {"CertificateId":"$id","Status":"Inactive"}
> iam ListSigningCertificates {}
= Certificates#: 1
= Certificates[0].Status: Inactive
> iam DeleteSigningCertificate {"CertificateId":"$id"}
> iam DeleteSigningCertificate {"CertificateId":"$id"}
! NoSuchEntity: The Certificate with id $id cannot be found.

== Server certificates
> iam UploadServerCertificate {"ServerCertificateName":"www","Path":"/cloudfront/","CertificateBody":"-----BEGIN CERTIFICATE-----\nMIIBsDCCARkCFC8ct37m/jyj9X0mEzlqkVI47VNSMA0GCSqGSIb3DQEBCwUAMBYx\nFDASBgNVBAMMC2V4YW1wbGUuY29tMCAXDTI1MDEwMTAwMDAwMFoYDzIwNjAwMTAx\nMDAwMDAwWjAWMRQwEgYDVQQDDAtleGFtcGxlLmNvbTCBnzANBgkqhkiG9w0BAQEF\nAAOBjQAwgYkCgYEArQFskfwB3u8U51u98FNVHInjkUTnCCTQc8UCLxetGyHsm4zV\nsPtdLRc4FVUa+JATt/4JJD3M/qsXkjQpOTtaankkc6lA4SG4NrgNxskTjct1CVRT\ndtC2Upo3nE1Ce+/rW3uPkULdaARZhoC+dKYZNMz/H19hkdIcLlY+YKQJqLMCAwEA\nATANBgkqhkiG9w0BAQsFAAOBgQBqqVcoRsec8ogtPWJOvBKnX6v7plR3ENscL+Ah\n5Crj6kPP9WrTtcuy+36DcH2phn5tMBLw7T0Jn9X6hVljayJFPU3ax1WTLH0l478s\n7M2azUj7kVa6ku7eeD5A3Kcf3HCCkOvLYmhIGQJ/vDgTdV3aqoxeGiqv47zCsKqT\n5JWe8g==\n-----END CERTIFICATE-----","PrivateKey":"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----"}
= ServerCertificateMetadata.Arn: arn:aws:iam::123456789012:server-certificate/cloudfront/www
= ServerCertificateMetadata.ServerCertificateId: ASCA*
> iam UpdateServerCertificate {"ServerCertificateName":"www","NewServerCertificateName":"web","NewPath":"/"}
> iam GetServerCertificate {"ServerCertificateName":"web"}
= ServerCertificate.ServerCertificateMetadata.Arn: arn:aws:iam::123456789012:server-certificate/web
> iam ListServerCertificates {}
= ServerCertificateMetadataList#: 1
> iam DeleteServerCertificate {"ServerCertificateName":"web"}
> iam GetServerCertificate {"ServerCertificateName":"web"}
! NoSuchEntity: The Server Certificate with name web cannot be found.

== MFA
> iam CreateVirtualMFADevice {"VirtualMFADeviceName":"phone"}
= VirtualMFADevice.SerialNumber: arn:aws:iam::123456789012:mfa/phone
save serial = VirtualMFADevice.SerialNumber
> iam CreateVirtualMFADevice {"VirtualMFADeviceName":"phone"}
! EntityAlreadyExists: MFADevice entity at the same path and name already exists.
> iam EnableMFADevice {"UserName":"administrator","SerialNumber":"$serial","AuthenticationCode1":"111111","AuthenticationCode2":"111111"}
! InvalidAuthenticationCode: Authentication code for device is not valid.
> iam EnableMFADevice {"UserName":"administrator","SerialNumber":"$serial","AuthenticationCode1":"111111","AuthenticationCode2":"222222"}
> iam ListMFADevices {}
= MFADevices[0].SerialNumber: $serial
> iam ListVirtualMFADevices {"AssignmentStatus":"Unassigned"}
= VirtualMFADevices#: 0
> iam DeleteVirtualMFADevice {"SerialNumber":"$serial"}
! DeleteConflict: MFA VirtualDevice in use. Must deactivate first.
> sts GetSessionToken {"SerialNumber":"$serial","TokenCode":"123456"}
= Credentials.AccessKeyId: ASIA*
> iam DeactivateMFADevice {"UserName":"administrator","SerialNumber":"$serial"}
> sts GetSessionToken {"SerialNumber":"$serial","TokenCode":"123456"}
! AccessDenied: MultiFactorAuthentication failed
> iam DeleteVirtualMFADevice {"SerialNumber":"$serial"}

== Passwords for single services
> iam CreateServiceSpecificCredential {"UserName":"administrator","ServiceName":"codecommit.amazonaws.com"}
= ServiceSpecificCredential.ServiceUserName: administrator-at-123456789012
= ServiceSpecificCredential.ServiceSpecificCredentialId: ACCA*
save id = ServiceSpecificCredential.ServiceSpecificCredentialId
save password = ServiceSpecificCredential.ServicePassword
> iam ResetServiceSpecificCredential {"UserName":"administrator","ServiceSpecificCredentialId":"$id"}
save other = ServiceSpecificCredential.ServicePassword
differ $password $other
> iam UpdateServiceSpecificCredential {"UserName":"administrator","ServiceSpecificCredentialId":"$id","Status":"Inactive"}
> iam ListServiceSpecificCredentials {"UserName":"administrator"}
= ServiceSpecificCredentials[0].Status: Inactive
> iam DeleteServiceSpecificCredential {"UserName":"administrator","ServiceSpecificCredentialId":"$id"}
> iam CreateServiceSpecificCredential {"UserName":"administrator","ServiceName":"ec2.amazonaws.com"}
! NotSupportedService
