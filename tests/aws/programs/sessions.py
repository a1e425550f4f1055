"""STS: temporary keys."""

import json
import urllib.error
import urllib.request

import boto3
import botocore
import botocore.config

from _common import refused

ACCOUNT = "123456789012"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def _role(iam, name="deploy", condition=None, **more):
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": "sts:AssumeRole",
        **({"Condition": condition} if condition else {}),
    }
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust, **more)["Role"]
    iam.attach_role_policy(RoleName=name, PolicyArn=ADMINISTRATOR)
    return role["Arn"]


def _client(of, service, credentials, token=None):
    session = boto3.Session(
        credentials["AccessKeyId"],
        credentials["SecretAccessKey"],
        token or credentials["SessionToken"],
        region_name="us-east-1",
    )
    return session.client(service, endpoint_url=of.meta.endpoint_url)


def assume_role(iam, sts):
    """Temporary keys act as the role's session, in every service."""
    arn = _role(iam)
    assumed = sts.assume_role(RoleArn=arn, RoleSessionName="ann")
    credentials = assumed["Credentials"]
    assert credentials["AccessKeyId"].startswith("ASIA"), credentials
    assert assumed["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/deploy/ann", assumed
    me = _client(sts, "sts", credentials).get_caller_identity()
    assert me["Arn"] == assumed["AssumedRoleUser"]["Arn"]
    assert me["UserId"] == assumed["AssumedRoleUser"]["AssumedRoleId"]
    _client(sts, "s3", credentials).create_bucket(Bucket="example-bucket-1")
    vpc = _client(sts, "ec2", credentials).create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
    assert vpc["OwnerId"] == ACCOUNT


def session_ends(iam, sts, advance):
    """After its time a session's keys are refused."""
    credentials = sts.assume_role(RoleArn=_role(iam), RoleSessionName="one", DurationSeconds=900)["Credentials"]
    mine = _client(sts, "sts", credentials)
    mine.get_caller_identity()
    advance(901)
    with refused("ExpiredToken", 403, "The security token included in the request is expired"):
        mine.get_caller_identity()
    with refused("ExpiredToken", 400):
        _client(sts, "s3", credentials).list_buckets()


def wrong_token(iam, sts):
    """The three parts of temporary keys belong together."""
    credentials = sts.assume_role(RoleArn=_role(iam), RoleSessionName="one")["Credentials"]
    with refused("InvalidClientTokenId", 403):
        _client(sts, "sts", credentials, token="nonsense").get_caller_identity()


def who_may_assume(iam, sts):
    """The trust policy decides, also by an external id."""
    arn = _role(iam, condition={"StringEquals": {"sts:ExternalId": "secret"}})
    with refused("AccessDenied", 403, "is not authorized to perform: sts:AssumeRole on resource: " + arn):
        sts.assume_role(RoleArn=arn, RoleSessionName="one")
    sts.assume_role(RoleArn=arn, RoleSessionName="one", ExternalId="secret")
    with refused("AccessDenied", 403):
        sts.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/nobody", RoleSessionName="one")


def how_long(iam, sts):
    """A session lasts no longer than its role allows, and not less than a quarter of an hour."""
    arn = _role(iam, MaxSessionDuration=7200)
    sts.assume_role(RoleArn=arn, RoleSessionName="one", DurationSeconds=7200)
    with refused("ValidationError", says="DurationSeconds exceeds the MaxSessionDuration"):
        sts.assume_role(RoleArn=arn, RoleSessionName="one", DurationSeconds=7201)


def role_after_role(iam, sts):
    """A session may assume another role, for an hour at most."""
    first, second = _role(iam, "first"), _role(iam, "second", MaxSessionDuration=43200)
    credentials = sts.assume_role(RoleArn=first, RoleSessionName="one")["Credentials"]
    chained = _client(sts, "sts", credentials)
    again = chained.assume_role(RoleArn=second, RoleSessionName="two")
    assert again["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/second/two"
    with refused("ValidationError", says="1 hour"):
        chained.assume_role(RoleArn=second, RoleSessionName="two", DurationSeconds=7200)


def session_token_and_federation(sts):
    """A user's own temporary keys, and keys for somebody who is no user."""
    credentials = sts.get_session_token(DurationSeconds=900)["Credentials"]
    assert _client(sts, "sts", credentials).get_caller_identity()["Arn"].endswith(":user/administrator")
    with refused("AccessDenied", 403):
        _client(sts, "sts", credentials).get_session_token()
    statement = {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": statement})
    made = sts.get_federation_token(Name="guest", Policy=policy, DurationSeconds=900)
    assert made["FederatedUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:federated-user/guest", made


def presigned_identity(sts):
    """A presigned GetCallerIdentity proves to others who one is (so do EKS and Vault)."""
    url = sts.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
    with urllib.request.urlopen(url) as answer:
        assert "<Arn>arn:aws:iam::123456789012:user/administrator</Arn>" in answer.read().decode()
    try:
        urllib.request.urlopen(url[:-1] + ("0" if url[-1] != "0" else "1"))
    except urllib.error.HTTPError as error:
        assert error.code == 403 and "SignatureDoesNotMatch" in error.read().decode()
    else:
        raise AssertionError("it was answered")


def without_keys(sts):
    """An unsigned request is not answered."""
    unsigned = botocore.config.Config(signature_version=botocore.UNSIGNED)
    nobody = boto3.client("sts", region_name="us-east-1", endpoint_url=sts.meta.endpoint_url, config=unsigned)
    with refused("MissingAuthenticationToken", 403):
        nobody.get_caller_identity()


def whose_key(sts, iam):
    """GetAccessKeyInfo tells the account of a key."""
    key = iam.list_access_keys(UserName="administrator")["AccessKeyMetadata"][0]["AccessKeyId"]
    assert sts.get_access_key_info(AccessKeyId=key)["Account"] == ACCOUNT
