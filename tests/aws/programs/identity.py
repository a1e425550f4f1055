"""IAM."""

import json

from _common import launch, refused

ACCOUNT = "123456789012"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}],
}


def users(iam):
    """A user is made, waited for, renamed, and deleted."""
    made = iam.create_user(UserName="ann", Path="/team/", Tags=[{"Key": "Team", "Value": "a"}])["User"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/team/ann" and made["UserId"].startswith("AIDA"), made
    iam.get_waiter("user_exists").wait(UserName="ann")
    with refused("EntityAlreadyExists", 409, "ann"):
        iam.create_user(UserName="ann")
    iam.update_user(UserName="ann", NewUserName="bea", NewPath="/")
    found = iam.get_user(UserName="bea")["User"]
    assert found["UserId"] == made["UserId"] and found["Arn"].endswith(":user/bea"), found
    assert iam.list_user_tags(UserName="bea")["Tags"] == [{"Key": "Team", "Value": "a"}]
    with refused("NoSuchEntity", 404, "The user with name ann cannot be found."):
        iam.get_user(UserName="ann")
    iam.delete_user(UserName="bea")


def users_page_by_page(iam):
    """Users, by pages and by path."""
    for number in range(5):
        iam.create_user(UserName=f"user{number}", Path="/many/")
    pages = list(iam.get_paginator("list_users").paginate(PathPrefix="/many/", PaginationConfig={"PageSize": 2}))
    assert [len(page["Users"]) for page in pages] == [2, 2, 1]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]
    with refused("ValidationError"):
        iam.list_users(Marker="nonsense")


def access_keys(iam, session):
    """A user's own keys sign requests while they are active; there are at most two."""
    import boto3

    iam.create_user(UserName="ann")
    iam.attach_user_policy(UserName="ann", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    key = iam.create_access_key(UserName="ann")["AccessKey"]
    hers = boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], region_name="us-east-1")
    sts = hers.client("sts", endpoint_url=iam.meta.endpoint_url)
    assert sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/ann"
    iam.create_access_key(UserName="ann")
    with refused("LimitExceeded", 409):
        iam.create_access_key(UserName="ann")
    iam.update_access_key(UserName="ann", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    with refused("InvalidClientTokenId", 403):
        sts.get_caller_identity()
    iam.delete_access_key(UserName="ann", AccessKeyId=key["AccessKeyId"])
    assert len(iam.list_access_keys(UserName="ann")["AccessKeyMetadata"]) == 1
    with refused("DeleteConflict", 409):
        iam.delete_user(UserName="ann")


def wrong_secret(iam, sts):
    """A request that is signed with another secret is refused."""
    import boto3

    iam.create_user(UserName="ann")
    key = iam.create_access_key(UserName="ann")["AccessKey"]
    wrong = boto3.Session(key["AccessKeyId"], "x" * 40, region_name="us-east-1")
    with refused("SignatureDoesNotMatch", 403):
        wrong.client("sts", endpoint_url=sts.meta.endpoint_url).get_caller_identity()
    unknown = boto3.Session("AKIAIOSFODNN7EXAMPLE", "x" * 40, region_name="us-east-1")
    with refused("InvalidClientTokenId", 403):
        unknown.client("sts", endpoint_url=sts.meta.endpoint_url).get_caller_identity()
    with refused("AuthFailure", 401):
        unknown.client("ec2", endpoint_url=sts.meta.endpoint_url).describe_vpcs()
    with refused("InvalidAccessKeyId", 403):
        unknown.client("s3", endpoint_url=sts.meta.endpoint_url).list_buckets()


def groups(iam):
    """Users in groups; a group with members is not deleted."""
    iam.create_group(GroupName="admins")
    iam.create_user(UserName="ann")
    iam.add_user_to_group(GroupName="admins", UserName="ann")
    pages = iam.get_paginator("get_group").paginate(GroupName="admins")
    assert [user["UserName"] for page in pages for user in page["Users"]] == ["ann"]
    assert [group["GroupName"] for group in iam.list_groups_for_user(UserName="ann")["Groups"]] == ["admins"]
    with refused("DeleteConflict", 409):
        iam.delete_group(GroupName="admins")
    iam.remove_user_from_group(GroupName="admins", UserName="ann")
    iam.delete_group(GroupName="admins")


def roles(iam):
    """A role has a trust policy, inline and attached policies, and goes once it has none."""
    role = iam.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps(TRUST), MaxSessionDuration=7200)["Role"]
    assert role["AssumeRolePolicyDocument"] == TRUST and role["RoleId"].startswith("AROA"), role
    iam.get_waiter("role_exists").wait(RoleName="web")
    iam.put_role_policy(RoleName="web", PolicyName="read", PolicyDocument=json.dumps(READ))
    assert iam.get_role_policy(RoleName="web", PolicyName="read")["PolicyDocument"] == READ
    managed = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    iam.attach_role_policy(RoleName="web", PolicyArn=managed)
    assert iam.list_attached_role_policies(RoleName="web")["AttachedPolicies"] == [
        {"PolicyName": "AmazonS3ReadOnlyAccess", "PolicyArn": managed}
    ]
    with refused("DeleteConflict", 409):
        iam.delete_role(RoleName="web")
    iam.detach_role_policy(RoleName="web", PolicyArn=managed)
    iam.delete_role_policy(RoleName="web", PolicyName="read")
    iam.delete_role(RoleName="web")
    with refused("NoSuchEntity", 404):
        iam.get_role(RoleName="web")
    with refused("MalformedPolicyDocument"):
        iam.create_role(RoleName="web", AssumeRolePolicyDocument="{}")


def policy_versions(iam):
    """A managed policy has up to five versions, one of them the default."""
    policy = iam.create_policy(PolicyName="read", PolicyDocument=json.dumps(READ))["Policy"]
    arn = policy["Arn"]
    assert arn == f"arn:aws:iam::{ACCOUNT}:policy/read" and policy["DefaultVersionId"] == "v1", policy
    iam.get_waiter("policy_exists").wait(PolicyArn=arn)
    for _ in range(4):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(READ))
    with refused("LimitExceeded", 409):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(READ))
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v3")
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v3"
    assert iam.get_policy_version(PolicyArn=arn, VersionId="v3")["PolicyVersion"]["Document"] == READ
    with refused("DeleteConflict", 409):
        iam.delete_policy_version(PolicyArn=arn, VersionId="v3")
    with refused("DeleteConflict", 409):
        iam.delete_policy(PolicyArn=arn)
    for version in ("v1", "v2", "v4", "v5"):
        iam.delete_policy_version(PolicyArn=arn, VersionId=version)
    iam.delete_policy(PolicyArn=arn)
    with refused("MalformedPolicyDocument"):
        iam.create_policy(PolicyName="bad", PolicyDocument='{"Statement": 1}')


def managed_policies(iam):
    """AWS's own policies are listed, and who has them."""
    pages = iam.get_paginator("list_policies").paginate(Scope="AWS")
    arns = {policy["Arn"] for page in pages for policy in page["Policies"]}
    assert "arn:aws:iam::aws:policy/AdministratorAccess" in arns
    assert iam.list_policies(Scope="Local")["Policies"] == []
    iam.create_group(GroupName="g")
    iam.attach_group_policy(GroupName="g", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    entities = iam.list_entities_for_policy(PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    assert [group["GroupName"] for group in entities["PolicyGroups"]] == ["g"], entities


def instance_profile(iam, ec2):
    """A profile carries one role to an instance."""
    iam.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.create_instance_profile(InstanceProfileName="web")
    iam.get_waiter("instance_profile_exists").wait(InstanceProfileName="web")
    iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="web")
    with refused("LimitExceeded", 409):
        iam.add_role_to_instance_profile(InstanceProfileName="web", RoleName="web")
    found = iam.get_instance_profile(InstanceProfileName="web")["InstanceProfile"]
    assert [role["RoleName"] for role in found["Roles"]] == ["web"], found
    with refused("DeleteConflict", 409):
        iam.delete_role(RoleName="web")
    [one] = launch(ec2, IamInstanceProfile={"Name": "web"})
    [told] = ec2.describe_iam_instance_profile_associations()["IamInstanceProfileAssociations"]
    assert told["InstanceId"] == one and told["IamInstanceProfile"]["Arn"] == found["Arn"], told


def account(iam):
    """The account's alias, its summary, and its password policy."""
    iam.create_account_alias(AccountAlias="example")
    assert iam.list_account_aliases()["AccountAliases"] == ["example"]
    iam.delete_account_alias(AccountAlias="example")
    summary = iam.get_account_summary()["SummaryMap"]
    assert summary["Users"] == 1 and summary["AccessKeysPerUserQuota"] == 2, summary
    with refused("NoSuchEntity", 404):
        iam.get_account_password_policy()
    iam.update_account_password_policy(MinimumPasswordLength=12, MaxPasswordAge=90)
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert policy["MinimumPasswordLength"] == 12 and policy["ExpirePasswords"] is True, policy
    iam.delete_account_password_policy()


def login_profile(iam):
    """A password for the console must keep to the account's policy."""
    iam.create_user(UserName="ann")
    with refused("NoSuchEntity", 404):
        iam.get_login_profile(UserName="ann")
    iam.update_account_password_policy(MinimumPasswordLength=12)
    with refused("PasswordPolicyViolation"):
        iam.create_login_profile(UserName="ann", Password="Short-1")
    made = iam.create_login_profile(UserName="ann", Password="Long enough-12", PasswordResetRequired=True)
    assert made["LoginProfile"]["PasswordResetRequired"] is True
    with refused("DeleteConflict", 409):
        iam.delete_user(UserName="ann")
    iam.delete_login_profile(UserName="ann")


def devices_of_users(iam):
    """A virtual MFA device is made, enabled with two codes in a row, told of and taken away again."""
    serial = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]["SerialNumber"]
    iam.create_user(UserName="ann")
    codes = {"AuthenticationCode1": "111111", "AuthenticationCode2": "222222"}
    iam.enable_mfa_device(UserName="ann", SerialNumber=serial, **codes)
    told = iam.get_mfa_device(SerialNumber=serial)
    assert (told["UserName"], told["SerialNumber"]) == ("ann", serial), told
    assert iam.get_mfa_device(SerialNumber=serial, UserName="ann")["EnableDate"] == told["EnableDate"]
    with refused("NoSuchEntity", 404):
        iam.get_mfa_device(SerialNumber=serial, UserName="nobody")
    iam.deactivate_mfa_device(UserName="ann", SerialNumber=serial)
    iam.delete_virtual_mfa_device(SerialNumber=serial)
    with refused("NoSuchEntity", 404):
        iam.get_mfa_device(SerialNumber=serial)


def providers_of_identities(iam):
    """An OpenID Connect provider needs a host; its thumbprints are replaced as a whole."""
    with refused("ValidationError", 400):
        iam.create_open_id_connect_provider(Url="https:///nowhere")
    made = iam.create_open_id_connect_provider(Url="https://token.example.com", ClientIDList=["one"])
    arn = made["OpenIDConnectProviderArn"]
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=["1" * 40])
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ThumbprintList"] == ["1" * 40]


def authorization_details(iam):
    """Everything at once, by the paginator."""
    iam.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.create_user(UserName="ann")
    pages = iam.get_paginator("get_account_authorization_details").paginate(Filter=["User", "Role"])
    users, roles = set(), set()
    for page in pages:
        users |= {user["UserName"] for user in page["UserDetailList"]}
        roles |= {role["RoleName"] for role in page["RoleDetailList"]}
    assert users == {"administrator", "ann"} and "web" in roles


def resource_user_and_role(iam_resource):
    """The resource API of IAM: objects for users, roles and policies."""
    user = iam_resource.create_user(UserName="ann")
    user.load()
    assert user.arn == f"arn:aws:iam::{ACCOUNT}:user/ann", user.arn
    key = user.create_access_key_pair()
    assert key.status == "Active" and [each.id for each in user.access_keys.all()] == [key.id]
    key.delete()
    role = iam_resource.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps(TRUST))
    role.Policy("read").put(PolicyDocument=json.dumps(READ))
    assert [policy.name for policy in role.policies.all()] == ["read"]
    assert role.Policy("read").policy_document == READ
    policy = iam_resource.create_policy(PolicyName="read", PolicyDocument=json.dumps(READ))
    policy.attach_user(UserName="ann")
    assert [each.arn for each in user.attached_policies.all()] == [policy.arn]
    assert [each.user_name for each in policy.attached_users.all()] == ["ann"]
    assert {each.name for each in iam_resource.users.all()} == {"administrator", "ann"}
