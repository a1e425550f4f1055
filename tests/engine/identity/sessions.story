# STS. https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html
== A role, for a while
> iam CreateRole {"RoleName":"deploy","Path":"/ci/","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:root\"},\"Action\":\"sts:AssumeRole\"}]}","MaxSessionDuration":7200}
= Role.Arn: arn:aws:iam::123456789012:role/ci/deploy
save role = Role.RoleId
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/ci/deploy","RoleSessionName":"build-7"}
= Credentials.AccessKeyId: ASIA*
= Credentials.Expiration: 2025-03-03T10:00:00Z
= AssumedRoleUser.Arn: arn:aws:sts::123456789012:assumed-role/deploy/build-7
= AssumedRoleUser.AssumedRoleId: $role:build-7
= PackedPolicySize: -
save key = Credentials.AccessKeyId
save token = Credentials.SessionToken
key $key: wrong token arn:aws:sts::123456789012:assumed-role/deploy/build-7
key $key $token: active arn:aws:sts::123456789012:assumed-role/deploy/build-7
> iam GetRole {"RoleName":"deploy"}
= Role.RoleLastUsed: {"LastUsedDate":"2025-03-03T09:00:00Z","Region":"us-east-1"}
as $key $token
> sts GetCallerIdentity {}
= Arn: arn:aws:sts::123456789012:assumed-role/deploy/build-7
= UserId: $role:build-7
> ec2 CreateKeyPair {"KeyName":"by-role","KeyType":"ed25519"}
> iam GetUser {}
! ValidationError: Must specify userName when calling with non-User credentials
> sts GetSessionToken {}
! AccessDenied: Cannot call GetSessionToken with session credentials
# In a chain of roles an hour is the most.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/ci/deploy","RoleSessionName":"again","DurationSeconds":7200}
! ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining
as administrator
advance 3600
key $key $token: expired arn:aws:sts::123456789012:assumed-role/deploy/build-7
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/ci/deploy","RoleSessionName":"long","DurationSeconds":7201}
! ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/ci/deploy","RoleSessionName":"long","DurationSeconds":899}
! ValidationError: 1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/ci/deploy","RoleSessionName":"x"}
! ValidationError: 1 validation error detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2
# A role that is not there is refused like one that may not be assumed.
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/deploy","RoleSessionName":"build-7"}
! AccessDenied: User: arn:aws:iam::123456789012:user/administrator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/deploy
as root
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/ci/deploy","RoleSessionName":"build-7"}
! AccessDenied: Roles may not be assumed by root accounts.

== Whom a role trusts
> iam CreateUser {"UserName":"ann"}
> iam CreateAccessKey {"UserName":"ann"}
save ann = AccessKey.AccessKeyId
> iam CreateRole {"RoleName":"anns","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::123456789012:user/ann\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"blue\"},\"DateLessThan\":{\"aws:CurrentTime\":\"2025-03-03T10:00:00Z\"}}}]}"}
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"me","ExternalId":"blue"}
! AccessDenied
as $ann
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"me"}
! AccessDenied
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"me","ExternalId":"blue"}
# Tags need sts:TagSession in the trust policy, too.
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"me","ExternalId":"blue","Tags":[{"Key":"a","Value":"b"}]}
! AccessDenied: sts:TagSession
advance 3600
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"me","ExternalId":"blue"}
! AccessDenied
# An explicit denial wins.
> iam UpdateAssumeRolePolicy {"RoleName":"anns","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:*\"},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringLike\":{\"sts:RoleSessionName\":\"bad-*\"}}}]}"}
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"bad-one"}
! AccessDenied
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"good","Tags":[{"Key":"a","Value":"b"}],"TransitiveTagKeys":["a"],"SourceIdentity":"ann-herself","Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ec2:*\",\"Resource\":\"*\"}]}"}
= SourceIdentity: ann-herself
= PackedPolicySize: 3
save key = Credentials.AccessKeyId
save token = Credentials.SessionToken
as $key $token
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"next","Tags":[{"Key":"a","Value":"c"}]}
! ValidationError: One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"next"}
= SourceIdentity: ann-herself
> sts AssumeRole {"RoleArn":"arn:aws:iam::123456789012:role/anns","RoleSessionName":"next","Policy":"{}"}
! MalformedPolicyDocument

== Sessions of users, and of others
> sts GetSessionToken {}
= Credentials.Expiration: 2025-03-03T21:00:00Z
save key = Credentials.AccessKeyId
save token = Credentials.SessionToken
as $key $token
> sts GetCallerIdentity {}
= Arn: arn:aws:iam::123456789012:user/administrator
> iam GetUser {}
= User.UserName: administrator
as administrator
> sts GetFederationToken {"Name":"bob","DurationSeconds":900}
= FederatedUser.Arn: arn:aws:sts::123456789012:federated-user/bob
= FederatedUser.FederatedUserId: 123456789012:bob
= Credentials.Expiration: 2025-03-03T09:15:00Z
save key = Credentials.AccessKeyId
save token = Credentials.SessionToken
as $key $token
> sts GetCallerIdentity {}
= Arn: arn:aws:sts::123456789012:federated-user/bob
as root
# Root's sessions last an hour at most.
> sts GetSessionToken {"DurationSeconds":43200}
= Credentials.Expiration: 2025-03-03T10:00:00Z
as administrator
> sts AssumeRoot {"TargetPrincipal":"210987654321","TaskPolicyArn":{"arn":"arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}}
! AccessDenied: sts:AssumeRoot
> sts DecodeAuthorizationMessage {"EncodedMessage":"abc"}
! InvalidAuthorizationMessageException: Message is not valid
> sts GetWebIdentityToken {"Audience":["a"],"SigningAlgorithm":"RS256"}
! OutboundWebIdentityFederationDisabledException
> sts GetDelegatedAccessToken {"TradeInToken":"abc"}
! ExpiredTradeInTokenException

== Roles for whom a provider vouches
# Tokens: {"alg":"none"}.{"iss":"https://token.example.com","sub":"repo:me/app","aud":"app","exp":1741000000}
> iam CreateOpenIDConnectProvider {"Url":"https://token.example.com","ClientIDList":["app"]}
> iam CreateRole {"RoleName":"ci","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::123456789012:oidc-provider/token.example.com\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{\"StringLike\":{\"token.example.com:sub\":\"repo:me/*\"}}}]}"}
> sts AssumeRoleWithWebIdentity {"RoleArn":"arn:aws:iam::123456789012:role/ci","RoleSessionName":"run","WebIdentityToken":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL3Rva2VuLmV4YW1wbGUuY29tIiwic3ViIjoicmVwbzptZS9hcHAiLCJhdWQiOiJhcHAiLCJleHAiOjE3NDEwMDAwMDB9.c2ln"}
= SubjectFromWebIdentityToken: repo:me/app
= Audience: app
= AssumedRoleUser.Arn: arn:aws:sts::123456789012:assumed-role/ci/run
> sts AssumeRoleWithWebIdentity {"RoleArn":"arn:aws:iam::123456789012:role/ci","RoleSessionName":"run","WebIdentityToken":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL3Rva2VuLmV4YW1wbGUuY29tIiwic3ViIjoicmVwbzp5b3UvYXBwIiwiYXVkIjoiYXBwIiwiZXhwIjoxNzQxMDAwMDAwfQ.c2ln"}
! AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity
> sts AssumeRoleWithWebIdentity {"RoleArn":"arn:aws:iam::123456789012:role/ci","RoleSessionName":"run","WebIdentityToken":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL3Rva2VuLmV4YW1wbGUuY29tIiwic3ViIjoicmVwbzptZS9hcHAiLCJhdWQiOiJvdGhlciIsImV4cCI6MTc0MTAwMDAwMH0.c2ln"}
! InvalidIdentityToken: Incorrect token audience
> sts AssumeRoleWithWebIdentity {"RoleArn":"arn:aws:iam::123456789012:role/ci","RoleSessionName":"run","WebIdentityToken":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2Vsc2V3aGVyZS5leGFtcGxlLmNvbSIsInN1YiI6InJlcG86bWUvYXBwIiwiYXVkIjoiYXBwIiwiZXhwIjoxNzQxMDAwMDAwfQ.c2ln"}
! InvalidIdentityToken: No OpenIDConnect provider found in your account for https://elsewhere.example.com
> sts AssumeRoleWithWebIdentity {"RoleArn":"arn:aws:iam::123456789012:role/ci","RoleSessionName":"run","WebIdentityToken":"nonsense"}
! InvalidIdentityToken: The ID Token provided is not a valid JWT.
advance 100000
> sts AssumeRoleWithWebIdentity {"RoleArn":"arn:aws:iam::123456789012:role/ci","RoleSessionName":"run","WebIdentityToken":"eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL3Rva2VuLmV4YW1wbGUuY29tIiwic3ViIjoicmVwbzptZS9hcHAiLCJhdWQiOiJhcHAiLCJleHAiOjE3NDEwMDAwMDB9.c2ln"}
! ExpiredTokenException
# SAML: the metadata and the assertion are as an identity provider would write them, without signatures.
> iam CreateSAMLProvider {"Name":"corp","SAMLMetadataDocument":"<?xml version=\"1.0\"?><md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://idp.example.com\"><md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://idp.example.com/sso\"/></md:IDPSSODescriptor></md:EntityDescriptor><!-- padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants padding to the thousand characters that AWS wants -->"}
= SAMLProviderArn: arn:aws:iam::123456789012:saml-provider/corp
> iam CreateRole {"RoleName":"staff","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"arn:aws:iam::123456789012:saml-provider/corp\"},\"Action\":\"sts:AssumeRoleWithSAML\",\"Condition\":{\"StringEquals\":{\"SAML:aud\":\"https://signin.aws.amazon.com/saml\"}}}]}"}
> sts AssumeRoleWithSAML {"RoleArn":"arn:aws:iam::123456789012:role/staff","PrincipalArn":"arn:aws:iam::123456789012:saml-provider/corp","SAMLAssertion":"PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2FzaXM6bmFtZXM6dGM6U0FNTDoyLjA6cHJvdG9jb2wiPjxzYW1sOklzc3VlciB4bWxuczpzYW1sPSJ1cm46b2FzaXM6bmFtZXM6dGM6U0FNTDoyLjA6YXNzZXJ0aW9uIj5odHRwczovL2lkcC5leGFtcGxlLmNvbTwvc2FtbDpJc3N1ZXI+PHNhbWw6QXNzZXJ0aW9uPjxzYW1sOlN1YmplY3Q+PHNhbWw6TmFtZUlEPmFubkBleGFtcGxlLmNvbTwvc2FtbDpOYW1lSUQ+PC9zYW1sOlN1YmplY3Q+PHNhbWw6QXR0cmlidXRlU3RhdGVtZW50PjxzYW1sOkF0dHJpYnV0ZSBOYW1lPSJodHRwczovL2F3cy5hbWF6b24uY29tL1NBTUwvQXR0cmlidXRlcy9Sb2xlIj48c2FtbDpBdHRyaWJ1dGVWYWx1ZT5hcm46YXdzOmlhbTo6MTIzNDU2Nzg5MDEyOnJvbGUvc3RhZmYsYXJuOmF3czppYW06OjEyMzQ1Njc4OTAxMjpzYW1sLXByb3ZpZGVyL2NvcnA8L3NhbWw6QXR0cmlidXRlVmFsdWU+PC9zYW1sOkF0dHJpYnV0ZT48c2FtbDpBdHRyaWJ1dGUgTmFtZT0iaHR0cHM6Ly9hd3MuYW1hem9uLmNvbS9TQU1ML0F0dHJpYnV0ZXMvUm9sZVNlc3Npb25OYW1lIj48c2FtbDpBdHRyaWJ1dGVWYWx1ZT5hbm48L3NhbWw6QXR0cmlidXRlVmFsdWU+PC9zYW1sOkF0dHJpYnV0ZT48L3NhbWw6QXR0cmlidXRlU3RhdGVtZW50Pjwvc2FtbDpBc3NlcnRpb24+PC9zYW1scDpSZXNwb25zZT4="}
= AssumedRoleUser.Arn: arn:aws:sts::123456789012:assumed-role/staff/ann
= Subject: ann@example.com
= Issuer: https://idp.example.com
> sts AssumeRoleWithSAML {"RoleArn":"arn:aws:iam::123456789012:role/ci","PrincipalArn":"arn:aws:iam::123456789012:saml-provider/corp","SAMLAssertion":"PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2FzaXM6bmFtZXM6dGM6U0FNTDoyLjA6cHJvdG9jb2wiPjxzYW1sOklzc3VlciB4bWxuczpzYW1sPSJ1cm46b2FzaXM6bmFtZXM6dGM6U0FNTDoyLjA6YXNzZXJ0aW9uIj5odHRwczovL2lkcC5leGFtcGxlLmNvbTwvc2FtbDpJc3N1ZXI+PHNhbWw6QXNzZXJ0aW9uPjxzYW1sOlN1YmplY3Q+PHNhbWw6TmFtZUlEPmFubkBleGFtcGxlLmNvbTwvc2FtbDpOYW1lSUQ+PC9zYW1sOlN1YmplY3Q+PHNhbWw6QXR0cmlidXRlU3RhdGVtZW50PjxzYW1sOkF0dHJpYnV0ZSBOYW1lPSJodHRwczovL2F3cy5hbWF6b24uY29tL1NBTUwvQXR0cmlidXRlcy9Sb2xlIj48c2FtbDpBdHRyaWJ1dGVWYWx1ZT5hcm46YXdzOmlhbTo6MTIzNDU2Nzg5MDEyOnJvbGUvc3RhZmYsYXJuOmF3czppYW06OjEyMzQ1Njc4OTAxMjpzYW1sLXByb3ZpZGVyL2NvcnA8L3NhbWw6QXR0cmlidXRlVmFsdWU+PC9zYW1sOkF0dHJpYnV0ZT48c2FtbDpBdHRyaWJ1dGUgTmFtZT0iaHR0cHM6Ly9hd3MuYW1hem9uLmNvbS9TQU1ML0F0dHJpYnV0ZXMvUm9sZVNlc3Npb25OYW1lIj48c2FtbDpBdHRyaWJ1dGVWYWx1ZT5hbm48L3NhbWw6QXR0cmlidXRlVmFsdWU+PC9zYW1sOkF0dHJpYnV0ZT48L3NhbWw6QXR0cmlidXRlU3RhdGVtZW50Pjwvc2FtbDpBc3NlcnRpb24+PC9zYW1scDpSZXNwb25zZT4="}
! AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML
> sts AssumeRoleWithSAML {"RoleArn":"arn:aws:iam::123456789012:role/staff","PrincipalArn":"arn:aws:iam::123456789012:saml-provider/corp","SAMLAssertion":"not base64!"}
! InvalidIdentityToken: Invalid base64 SAMLResponse
