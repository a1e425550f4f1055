# The account as a whole.
== Alias
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html
> iam ListAccountAliases {}
= AccountAliases: []
> iam CreateAccountAlias {"AccountAlias":"learning"}
> iam ListAccountAliases {}
= AccountAliases: ["learning"]
> iam CreateAccountAlias {"AccountAlias":"Not An Alias"}
! ValidationError
> iam DeleteAccountAlias {"AccountAlias":"other-one"}
! NoSuchEntity
> iam DeleteAccountAlias {"AccountAlias":"learning"}

== Summary
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
> iam CreateGroup {"GroupName":"devs"}
> iam CreateRole {"RoleName":"web","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}
> iam GetAccountSummary {}
= SummaryMap: {"AccessKeysPerUserQuota":2,"AccountAccessKeysPresent":0,"AccountMFAEnabled":0,"AccountPasswordPresent":1,"AccountSigningCertificatesPresent":0,"AssumeRolePolicySizeQuota":2048,"AttachedPoliciesPerGroupQuota":10,"AttachedPoliciesPerRoleQuota":10,"AttachedPoliciesPerUserQuota":10,"GlobalEndpointTokenVersion":1,"GroupPolicySizeQuota":5120,"Groups":1,"GroupsPerUserQuota":10,"GroupsQuota":300,"InstanceProfiles":0,"InstanceProfilesQuota":1000,"MFADevices":0,"MFADevicesInUse":0,"Policies":0,"PoliciesQuota":1500,"PolicySizeQuota":6144,"PolicyVersionsInUse":1,"PolicyVersionsInUseQuota":10000,"Providers":0,"RolePolicySizeQuota":10240,"Roles":1,"RolesQuota":1000,"ServerCertificates":0,"ServerCertificatesQuota":20,"SigningCertificatesPerUserQuota":2,"UserPolicySizeQuota":2048,"Users":1,"UsersQuota":5000,"VersionsPerPolicyQuota":5}
> iam GetAccountAuthorizationDetails {"Filter":["User","AWSManagedPolicy"]}
= UserDetailList#: 1
= UserDetailList[0].AttachedManagedPolicies[0].PolicyName: AdministratorAccess
= RoleDetailList: []
= Policies[0].PolicyVersionList[0].VersionId: v1
> iam GetAccountAuthorizationDetails {"MaxItems":2}
= UserDetailList#: 1
= GroupDetailList#: 1
= RoleDetailList#: 0
= IsTruncated: true
save next = Marker
> iam GetAccountAuthorizationDetails {"Marker":"$next"}
= UserDetailList#: 0
= RoleDetailList[0].RoleName: web
= IsTruncated: false

== The credential report
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
> iam GetCredentialReport {}
! ReportNotPresent
> iam GenerateCredentialReport {}
= State: STARTED
> iam GenerateCredentialReport {}
= State: COMPLETE
> iam GetCredentialReport {}
= ReportFormat: text/csv
decoded Content: user,arn,user_creation_time,*<root_account>,arn:aws:iam::123456789012:root,2025-03-03T09:00:00+00:00,not_supported,*administrator,arn:aws:iam::123456789012:user/administrator,2025-03-03T09:00:00+00:00,false,N/A,N/A,N/A,false,true,*
advance 14400
> iam GetCredentialReport {}
! ReportExpired

== Providers
> iam CreateOpenIDConnectProvider {"Url":"https://token.example.com","ClientIDList":["app"]}
= OpenIDConnectProviderArn: arn:aws:iam::123456789012:oidc-provider/token.example.com
save arn = OpenIDConnectProviderArn
> iam CreateOpenIDConnectProvider {"Url":"https://token.example.com"}
! EntityAlreadyExists: Provider with url https://token.example.com already exists.
> iam CreateOpenIDConnectProvider {"Url":"http://token.example.com"}
! ValidationError: Invalid Open ID Connect Provider URL
> iam AddClientIDToOpenIDConnectProvider {"OpenIDConnectProviderArn":"$arn","ClientID":"another"}
> iam RemoveClientIDFromOpenIDConnectProvider {"OpenIDConnectProviderArn":"$arn","ClientID":"app"}
> iam GetOpenIDConnectProvider {"OpenIDConnectProviderArn":"$arn"}
= Url: token.example.com
= ClientIDList: ["another"]
> iam DeleteOpenIDConnectProvider {"OpenIDConnectProviderArn":"$arn"}
> iam GetOpenIDConnectProvider {"OpenIDConnectProviderArn":"$arn"}
! NoSuchEntity: OpenIDConnect Provider not found for arn $arn
> iam ListOpenIDConnectProviders {}
= OpenIDConnectProviderList: []
