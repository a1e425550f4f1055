"""Buckets and objects."""

import io
import json
import time
import urllib.error
import urllib.request

from boto3.s3.transfer import TransferConfig
from botocore.config import Config

from _common import refused

BUCKET = "example-bucket-1"


def _bucket(s3, name=BUCKET):
    s3.create_bucket(Bucket=name)
    s3.get_waiter("bucket_exists").wait(Bucket=name)
    return name


def _keys(page):
    return [each["Key"] for each in page.get("Contents", [])]


def buckets(s3):
    """Made, found, listed, and deleted when they are empty."""
    _bucket(s3)
    assert [each["Name"] for each in s3.list_buckets()["Buckets"]] == [BUCKET]
    s3.create_bucket(Bucket=BUCKET)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")
    with refused("BucketNotEmpty", 409):
        s3.delete_bucket(Bucket=BUCKET)
    s3.delete_object(Bucket=BUCKET, Key="a")
    s3.delete_bucket(Bucket=BUCKET)
    s3.get_waiter("bucket_not_exists").wait(Bucket=BUCKET)
    with refused("404", 404):
        s3.head_bucket(Bucket=BUCKET)
    with refused("NoSuchBucket", 404):
        s3.list_objects_v2(Bucket=BUCKET)


def bucket_in_another_region(session, s3):
    """The Region is asked for by name, and told again."""
    there = session.client("s3", region_name="eu-west-1", endpoint_url=s3.meta.endpoint_url)
    with refused("IllegalLocationConstraintException"):
        there.create_bucket(Bucket=BUCKET)
    there.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    assert there.get_bucket_location(Bucket=BUCKET)["LocationConstraint"] == "eu-west-1"
    with refused("BucketAlreadyOwnedByYou", 409):
        there.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    _bucket(s3, "example-bucket-2")
    assert s3.get_bucket_location(Bucket="example-bucket-2")["LocationConstraint"] is None


def bucket_names(s3):
    """Names that no bucket may have."""
    for name in ("example..com", "192.0.2.1", "xn--example", "example-s3alias"):
        with refused("InvalidBucketName"):
            s3.create_bucket(Bucket=name)


def put_and_get(s3):
    """An object keeps its bytes, its type and its metadata."""
    _bucket(s3)
    put = s3.put_object(Bucket=BUCKET, Key="a b/ü+c.txt", Body=b"Hello", ContentType="text/plain", Metadata={"by": "me"})
    assert put["ETag"] == '"8b1a9953c4611296a827abf8c47804d7"', put
    got = s3.get_object(Bucket=BUCKET, Key="a b/ü+c.txt")
    assert got["Body"].read() == b"Hello" and got["ContentType"] == "text/plain" and got["Metadata"] == {"by": "me"}
    head = s3.head_object(Bucket=BUCKET, Key="a b/ü+c.txt")
    assert head["ContentLength"] == 5 and head["ETag"] == put["ETag"], head
    with refused("NoSuchKey", 404, "The specified key does not exist."):
        s3.get_object(Bucket=BUCKET, Key="nope")
    with refused("404", 404, "Not Found"):
        s3.head_object(Bucket=BUCKET, Key="nope")


def ranges(s3):
    """A part of an object."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"0123456789")
    got = s3.get_object(Bucket=BUCKET, Key="a", Range="bytes=2-4")
    assert got["Body"].read() == b"234" and got["ContentRange"] == "bytes 2-4/10", got
    assert got["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert s3.get_object(Bucket=BUCKET, Key="a", Range="bytes=-3")["Body"].read() == b"789"
    with refused("InvalidRange", 416):
        s3.get_object(Bucket=BUCKET, Key="a", Range="bytes=10-")


def conditions(s3):
    """If-Match and its relatives, on reads and on writes."""
    _bucket(s3)
    etag = s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")["ETag"]
    assert s3.get_object(Bucket=BUCKET, Key="a", IfMatch=etag)["Body"].read() == b"1"
    with refused("304", 304):
        s3.get_object(Bucket=BUCKET, Key="a", IfNoneMatch=etag)
    with refused("PreconditionFailed", 412):
        s3.get_object(Bucket=BUCKET, Key="a", IfMatch='"other"')
    with refused("PreconditionFailed", 412):
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"2", IfNoneMatch="*")
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"3", IfMatch=etag)
    with refused("PreconditionFailed", 412):
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"4", IfMatch=etag)


def large_upload_in_parts(s3):
    """upload_fileobj sends a large file in parts; download_fileobj brings it back whole."""
    _bucket(s3)
    content = bytes(range(256)) * 4096 * 12
    config = TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20, max_concurrency=2)
    s3.upload_fileobj(io.BytesIO(content), BUCKET, "large", Config=config, ExtraArgs={"ContentType": "image/png"})
    head = s3.head_object(Bucket=BUCKET, Key="large")
    assert head["ContentLength"] == len(content) and head["ETag"].endswith('-3"'), head
    assert head["ContentType"] == "image/png"
    got = io.BytesIO()
    s3.download_fileobj(BUCKET, "large", got, Config=config)
    assert got.getvalue() == content


def multipart_by_hand(s3):
    """Parts are uploaded, listed and put together; one that is too small is refused at the end."""
    _bucket(s3)
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key="big")["UploadId"]
    asked = {"Bucket": BUCKET, "Key": "big", "UploadId": upload}
    etags = [s3.upload_part(PartNumber=n, Body=b"x" * size, **asked)["ETag"] for n, size in ((1, 5 << 20), (2, 3))]
    pages = s3.get_paginator("list_parts").paginate(**asked, PaginationConfig={"PageSize": 1})
    assert [part["Size"] for page in pages for part in page["Parts"]] == [5 << 20, 3]
    assert [each["Key"] for each in s3.list_multipart_uploads(Bucket=BUCKET)["Uploads"]] == ["big"]
    parts = [{"PartNumber": number, "ETag": etag} for number, etag in enumerate(etags, 1)]
    with refused("InvalidPartOrder"):
        s3.complete_multipart_upload(MultipartUpload={"Parts": parts[::-1]}, **asked)
    with refused("InvalidPart"):
        s3.complete_multipart_upload(MultipartUpload={"Parts": [{"PartNumber": 9, "ETag": etags[0]}]}, **asked)
    done = s3.complete_multipart_upload(MultipartUpload={"Parts": parts}, **asked)
    assert done["ETag"].endswith('-2"'), done
    small = s3.create_multipart_upload(Bucket=BUCKET, Key="small")["UploadId"]
    asked = {"Bucket": BUCKET, "Key": "small", "UploadId": small}
    parts = [{"PartNumber": n, "ETag": s3.upload_part(PartNumber=n, Body=b"x", **asked)["ETag"]} for n in (1, 2)]
    with refused("EntityTooSmall"):
        s3.complete_multipart_upload(MultipartUpload={"Parts": parts}, **asked)
    s3.abort_multipart_upload(**asked)
    with refused("NoSuchUpload", 404):
        s3.list_parts(**asked)


def _signing_for_others(session, s3):
    """A client that presigns with Signature Version 4, which boto3 only does where it is told to."""
    config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    return session.client("s3", endpoint_url=s3.meta.endpoint_url, config=config)


def presigned_the_old_way(session, s3):
    """Signature Version 2, boto3's default for presigned URLs, works where S3 still takes it, and nowhere else."""
    _bucket(s3)
    asked = {"Bucket": BUCKET, "Key": "a b.txt"}
    put = s3.generate_presigned_url(
        "put_object", Params={**asked, "ContentType": "text/plain", "Metadata": {"by": "me"}}, ExpiresIn=60
    )
    assert "AWSAccessKeyId=" in put, put
    sent = urllib.request.Request(put, data=b"Hello", method="PUT", headers={"Content-Type": "text/plain"})
    urllib.request.urlopen(sent).close()
    assert s3.head_object(**asked)["Metadata"] == {"by": "me"}
    url = s3.generate_presigned_url("get_object", Params={**asked, "ResponseContentType": "text/html"}, ExpiresIn=60)
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"Hello" and answer.headers["Content-Type"] == "text/html"
    over = s3.generate_presigned_url("get_object", Params=asked, ExpiresIn=-60)
    newer = {"Bucket": "example-bucket-2", "CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}
    session.client("s3", region_name="eu-central-1", endpoint_url=s3.meta.endpoint_url).create_bucket(**newer)
    elsewhere = s3.generate_presigned_url("get_object", Params={"Bucket": "example-bucket-2", "Key": "a"})
    s3.put_object(Bucket=BUCKET, Key="kms", Body=b"1", ServerSideEncryption="aws:kms")
    with_a_key = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "kms"})
    for url, status, text in [
        (url.replace("a%20b.txt", "other"), 403, "<Code>SignatureDoesNotMatch</Code>"),
        (over, 403, "Request has expired"),
        (elsewhere, 400, "Please use AWS4-HMAC-SHA256."),
        (with_a_key, 400, "AWS KMS managed keys require AWS Signature Version 4."),
    ]:
        try:
            urllib.request.urlopen(url)
        except urllib.error.HTTPError as error:
            assert error.code == status and text in error.read().decode(), url
        else:
            raise AssertionError(f"{url} was answered")


def _post(url, fields, content, name="me.txt"):
    """What a browser sends for a form: status, headers and body of the answer."""
    parts = [(f'name="{key}"', value.encode()) for key, value in fields.items()]
    parts.append((f'name="file"; filename="{name}"', content))
    body = b"".join(
        b"--x\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + value + b"\r\n" for head, value in parts
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    request = urllib.request.Request(url, data=body + b"--x--\r\n", method="POST", headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def uploaded_by_a_form(session, s3):
    """generate_presigned_post makes the fields of a form, which uploads what its policy allows."""
    _bucket(s3)
    for client in (s3, _signing_for_others(session, s3)):
        form = client.generate_presigned_post(
            BUCKET,
            "up/${filename}",
            Fields={"success_action_status": "201", "x-amz-meta-by": "me"},
            Conditions=[{"success_action_status": "201"}, {"x-amz-meta-by": "me"}, ["content-length-range", 1, 5]],
            ExpiresIn=60,
        )
        status, headers, body = _post(form["url"], form["fields"], b"Hello")
        assert status == 201 and "<Key>up/me.txt</Key>" in body, (status, body)
        got = s3.get_object(Bucket=BUCKET, Key="up/me.txt")
        assert got["Body"].read() == b"Hello" and got["Metadata"] == {"by": "me"}
        assert headers["ETag"] == got["ETag"] and headers["Location"].endswith("/up/me.txt")
        s3.delete_object(Bucket=BUCKET, Key="up/me.txt")
        for fields, content, code in [
            (form["fields"], b"Hello!", "EntityTooLarge"),
            (form["fields"], b"", "EntityTooSmall"),
            ({**form["fields"], "key": "other"}, b"Hello", "AccessDenied"),
            ({**form["fields"], "policy": "e30="}, b"Hello", "SignatureDoesNotMatch"),
        ]:
            status, _, body = _post(form["url"], fields, content)
            assert status in (400, 403) and f"<Code>{code}</Code>" in body, (code, body)


def over_when_the_clock_says_so(session, s3, advance):
    """A presigned URL and a form hold until ExpiresIn is over in the world, and for nobody after it."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"Hello")
    asked = {"Bucket": BUCKET, "Key": "a"}
    for client in (s3, _signing_for_others(session, s3)):
        url = client.generate_presigned_url("get_object", Params=asked, ExpiresIn=60)
        form = client.generate_presigned_post(BUCKET, "b", ExpiresIn=60)
        with urllib.request.urlopen(url) as answer:
            assert answer.read() == b"Hello"
        assert _post(form["url"], form["fields"], b"Hello")[0] == 204
        advance(61)
        try:
            urllib.request.urlopen(url)
        except urllib.error.HTTPError as error:
            text = error.read().decode()
            assert error.code == 403 and "<Code>AccessDenied</Code>" in text and "Request has expired" in text, text
        else:
            raise AssertionError(f"{url} was answered")
        status, _, body = _post(form["url"], form["fields"], b"Hello")
        assert status == 403 and "<Code>AccessDenied</Code>" in body and "Policy expired" in body, (status, body)


def open_to_everybody(s3):
    """A bucket whose policy allows it is read without keys, once Block Public Access is off."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"Hello")
    allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    with refused("AccessDenied", 403, "BlockPublicPolicy"):
        s3.put_bucket_policy(Bucket=BUCKET, Policy=policy)
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=policy)
    url = f"{s3.meta.endpoint_url}/{BUCKET}"
    with urllib.request.urlopen(f"{url}/a") as answer:
        assert answer.read() == b"Hello"
    for path in ("", "/b"):
        try:
            urllib.request.urlopen(url + path)
        except urllib.error.HTTPError as error:
            assert error.code == 403 and "<Code>AccessDenied</Code>" in error.read().decode()
        else:
            raise AssertionError(f"{path} was answered")


def restored(s3, advance):
    """The status says whether a restoration begins or the copy is there."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="cold", Body=b"1", StorageClass="GLACIER")
    asked = {"Bucket": BUCKET, "Key": "cold", "RestoreRequest": {"Days": 2, "GlacierJobParameters": {"Tier": "Expedited"}}}
    assert s3.restore_object(**asked)["ResponseMetadata"]["HTTPStatusCode"] == 202
    advance(600)
    assert s3.restore_object(**asked)["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert 'ongoing-request="false"' in s3.head_object(Bucket=BUCKET, Key="cold")["Restore"]


def presigned_get_and_put(session, s3):
    """A URL with a signature in it reads or writes without keys, for a while; a changed one does not."""
    _bucket(s3)
    s3 = _signing_for_others(session, s3)
    asked = {"Bucket": BUCKET, "Key": "a b.txt"}
    put = s3.generate_presigned_url("put_object", Params=asked, ExpiresIn=60)
    urllib.request.urlopen(urllib.request.Request(put, data=b"Hello", method="PUT")).close()
    get = s3.generate_presigned_url(
        "get_object", Params={**asked, "ResponseContentType": "text/html"}, ExpiresIn=60
    )
    with urllib.request.urlopen(get) as answer:
        assert answer.read() == b"Hello" and answer.headers["Content-Type"] == "text/html"
    for url, code in [
        (get.replace("a%20b.txt", "other"), "SignatureDoesNotMatch"),
        (get.split("?")[0], "AccessDenied"),
    ]:
        try:
            urllib.request.urlopen(url)
        except urllib.error.HTTPError as error:
            assert error.code == 403 and f"<Code>{code}</Code>" in error.read().decode(), url
        else:
            raise AssertionError(f"{url} was answered")


def presigned_url_ends(session, s3):
    """After its time a presigned URL is refused."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")
    s3 = _signing_for_others(session, s3)
    url = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "a"}, ExpiresIn=1)
    time.sleep(2.1)
    try:
        urllib.request.urlopen(url)
    except urllib.error.HTTPError as error:
        assert error.code == 403 and "Request has expired" in error.read().decode()
    else:
        raise AssertionError("it was answered")


def versions(s3):
    """With versioning on, nothing is lost: a delete is a marker, and to delete the marker brings the object back."""
    _bucket(s3)
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")["VersionId"]
    second = s3.put_object(Bucket=BUCKET, Key="a", Body=b"2")["VersionId"]
    assert s3.get_object(Bucket=BUCKET, Key="a")["VersionId"] == second
    assert s3.get_object(Bucket=BUCKET, Key="a", VersionId=first)["Body"].read() == b"1"
    deleted = s3.delete_object(Bucket=BUCKET, Key="a")
    assert deleted["DeleteMarker"] is True
    with refused("NoSuchKey", 404):
        s3.get_object(Bucket=BUCKET, Key="a")
    listed = s3.list_object_versions(Bucket=BUCKET)
    assert [(each["VersionId"], each["IsLatest"]) for each in listed["Versions"]] == [(second, False), (first, False)]
    assert [each["VersionId"] for each in listed["DeleteMarkers"]] == [deleted["VersionId"]]
    with refused("MethodNotAllowed", 405):
        s3.get_object(Bucket=BUCKET, Key="a", VersionId=deleted["VersionId"])
    s3.delete_object(Bucket=BUCKET, Key="a", VersionId=deleted["VersionId"])
    assert s3.get_object(Bucket=BUCKET, Key="a")["Body"].read() == b"2"
    with refused("BucketNotEmpty", 409):
        s3.delete_object(Bucket=BUCKET, Key="a")
        s3.delete_bucket(Bucket=BUCKET)


def versions_suspended(s3):
    """While versioning is suspended, what is written has the version null and takes the place of the last such."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"before")
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    kept = s3.put_object(Bucket=BUCKET, Key="a", Body=b"kept")["VersionId"]
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"after")
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 1})
    assert [each["VersionId"] for page in pages for each in page["Versions"]] == ["null", kept]
    assert s3.get_object(Bucket=BUCKET, Key="a", VersionId="null")["Body"].read() == b"after"


def copies(s3):
    """A copy takes the metadata along unless it is told not to; onto itself only with a change."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a b", Body=b"1", Metadata={"by": "me"}, ContentType="text/plain")
    source = {"Bucket": BUCKET, "Key": "a b"}
    s3.copy_object(Bucket=BUCKET, Key="copy", CopySource=source)
    head = s3.head_object(Bucket=BUCKET, Key="copy")
    assert head["Metadata"] == {"by": "me"} and head["ContentType"] == "text/plain", head
    s3.copy_object(Bucket=BUCKET, Key="copy", CopySource=source, MetadataDirective="REPLACE", Metadata={"by": "you"})
    assert s3.head_object(Bucket=BUCKET, Key="copy")["Metadata"] == {"by": "you"}
    with refused("InvalidRequest"):
        s3.copy_object(Bucket=BUCKET, Key="a b", CopySource=source)
    with refused("NoSuchKey", 404):
        s3.copy_object(Bucket=BUCKET, Key="x", CopySource={"Bucket": BUCKET, "Key": "nope"})
    with refused("PreconditionFailed", 412):
        s3.copy_object(Bucket=BUCKET, Key="x", CopySource=source, CopySourceIfMatch='"other"')
    s3.copy(source, BUCKET, "managed")
    assert s3.get_object(Bucket=BUCKET, Key="managed")["Body"].read() == b"1"


def listing(s3):
    """Prefix, delimiter, start, pages, and keys that only URL encoding can carry."""
    _bucket(s3)
    for key in ("a/1", "a/2", "b/1", "c", "d e"):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"")
    pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, PaginationConfig={"PageSize": 2}))
    assert [_keys(page) for page in pages] == [["a/1", "a/2"], ["b/1", "c"], ["d e"]]
    assert [page["KeyCount"] for page in pages] == [2, 2, 1]
    top = s3.list_objects_v2(Bucket=BUCKET, Delimiter="/")
    assert [each["Prefix"] for each in top["CommonPrefixes"]] == ["a/", "b/"] and _keys(top) == ["c", "d e"]
    assert _keys(s3.list_objects_v2(Bucket=BUCKET, Prefix="a/", StartAfter="a/1")) == ["a/2"]
    old = s3.get_paginator("list_objects").paginate(Bucket=BUCKET, Delimiter="/", PaginationConfig={"PageSize": 1})
    assert list(old.search("CommonPrefixes[].Prefix || Contents[].Key | []"))
    assert s3.list_objects_v2(Bucket=BUCKET, Prefix="z")["KeyCount"] == 0


def many_deleted_at_once(s3):
    """DeleteObjects tells of each key, also of those that were not there."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"")
    told = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "a"}, {"Key": "nope"}]})
    assert sorted(each["Key"] for each in told["Deleted"]) == ["a", "nope"], told
    quiet = s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "a"}], "Quiet": True})
    assert "Deleted" not in quiet, quiet


def object_tags(s3):
    """Tags of objects and of buckets; at most ten for an object."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"", Tagging="stage=test&team=a%20b")
    found = s3.get_object_tagging(Bucket=BUCKET, Key="a")["TagSet"]
    assert {tag["Key"]: tag["Value"] for tag in found} == {"stage": "test", "team": "a b"}, found
    assert s3.get_object(Bucket=BUCKET, Key="a")["TagCount"] == 2
    many = [{"Key": str(number), "Value": ""} for number in range(11)]
    with refused("BadRequest", says="10"):
        s3.put_object_tagging(Bucket=BUCKET, Key="a", Tagging={"TagSet": many})
    s3.delete_object_tagging(Bucket=BUCKET, Key="a")
    assert s3.get_object_tagging(Bucket=BUCKET, Key="a")["TagSet"] == []
    with refused("NoSuchTagSet", 404):
        s3.get_bucket_tagging(Bucket=BUCKET)
    s3.put_bucket_tagging(Bucket=BUCKET, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    assert s3.get_bucket_tagging(Bucket=BUCKET)["TagSet"] == [{"Key": "a", "Value": "b"}]


def bucket_policy(s3):
    """A policy is kept as it came; one that makes the bucket public is refused until that is allowed."""
    _bucket(s3)
    with refused("NoSuchBucketPolicy", 404):
        s3.get_bucket_policy(Bucket=BUCKET)
    public = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
        ],
    }
    with refused("AccessDenied", 403):
        s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(public))
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(public))
    assert json.loads(s3.get_bucket_policy(Bucket=BUCKET)["Policy"]) == public
    assert s3.get_bucket_policy_status(Bucket=BUCKET)["PolicyStatus"]["IsPublic"] is True
    with refused("MalformedPolicy"):
        s3.put_bucket_policy(Bucket=BUCKET, Policy="nonsense")
    s3.delete_bucket_policy(Bucket=BUCKET)
    with refused("NoSuchPublicAccessBlockConfiguration", 404):
        s3.get_public_access_block(Bucket=BUCKET)


def access_control_lists(s3):
    """A bucket begins without ACLs; they work once its ownership says so."""
    _bucket(s3)
    [grant] = s3.get_bucket_acl(Bucket=BUCKET)["Grants"]
    assert grant["Permission"] == "FULL_CONTROL", grant
    with refused("AccessControlListNotSupported"):
        s3.put_object(Bucket=BUCKET, Key="a", Body=b"", ACL="public-read")
    s3.delete_public_access_block(Bucket=BUCKET)
    s3.put_bucket_ownership_controls(
        Bucket=BUCKET, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    )
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"", ACL="public-read")
    grants = s3.get_object_acl(Bucket=BUCKET, Key="a")["Grants"]
    assert {"READ", "FULL_CONTROL"} == {each["Permission"] for each in grants}, grants
    assert any(each["Grantee"].get("URI", "").endswith("/global/AllUsers") for each in grants)


def cors_and_website(s3):
    """Configurations that are kept, read back, and deleted; each has its own word for none."""
    _bucket(s3)
    with refused("NoSuchCORSConfiguration", 404):
        s3.get_bucket_cors(Bucket=BUCKET)
    rule = {"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://example.com"], "MaxAgeSeconds": 60}
    s3.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={"CORSRules": [rule]})
    assert s3.get_bucket_cors(Bucket=BUCKET)["CORSRules"] == [rule]
    s3.delete_bucket_cors(Bucket=BUCKET)
    with refused("NoSuchWebsiteConfiguration", 404):
        s3.get_bucket_website(Bucket=BUCKET)
    site = {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}}
    s3.put_bucket_website(Bucket=BUCKET, WebsiteConfiguration=site)
    found = s3.get_bucket_website(Bucket=BUCKET)
    assert {name: found[name] for name in site} == site


def lifecycle(s3, advance):
    """A rule expires objects after its days."""
    _bucket(s3)
    with refused("NoSuchLifecycleConfiguration", 404):
        s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)
    rule = {"ID": "old-logs", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 3}}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    assert s3.get_bucket_lifecycle_configuration(Bucket=BUCKET)["Rules"] == [rule]
    s3.put_object(Bucket=BUCKET, Key="logs/1", Body=b"")
    s3.put_object(Bucket=BUCKET, Key="kept", Body=b"")
    assert 'rule-id="old-logs"' in s3.head_object(Bucket=BUCKET, Key="logs/1")["Expiration"]
    advance(5 * 24 * 3600)
    assert _keys(s3.list_objects_v2(Bucket=BUCKET)) == ["kept"]


def encryption(s3):
    """Every object is encrypted; the bucket says how, and an object may say otherwise."""
    _bucket(s3)
    [rule] = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}, rule
    assert s3.put_object(Bucket=BUCKET, Key="a", Body=b"")["ServerSideEncryption"] == "AES256"
    kms = s3.put_object(Bucket=BUCKET, Key="b", Body=b"", ServerSideEncryption="aws:kms")
    assert kms["ServerSideEncryption"] == "aws:kms" and kms["SSEKMSKeyId"].startswith("arn:aws:kms:us-east-1:"), kms


def checksums(s3):
    """A checksum is kept with its object, and a wrong one is refused."""
    _bucket(s3)
    put = s3.put_object(Bucket=BUCKET, Key="a", Body=b"hello world", ChecksumAlgorithm="SHA256")
    assert put["ChecksumSHA256"] == "uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=", put
    got = s3.get_object(Bucket=BUCKET, Key="a", ChecksumMode="ENABLED")
    assert got["Body"].read() == b"hello world" and got["ChecksumSHA256"] == put["ChecksumSHA256"]
    told = s3.get_object_attributes(Bucket=BUCKET, Key="a", ObjectAttributes=["Checksum", "ObjectSize"])
    assert told["ObjectSize"] == 11 and told["Checksum"]["ChecksumSHA256"] == put["ChecksumSHA256"], told
    with refused("BadDigest"):
        s3.put_object(Bucket=BUCKET, Key="b", Body=b"other", ChecksumSHA256=put["ChecksumSHA256"])


def object_waiters(s3):
    """The waiters of objects."""
    _bucket(s3)
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"")
    s3.get_waiter("object_exists").wait(Bucket=BUCKET, Key="a")
    s3.delete_object(Bucket=BUCKET, Key="a")
    s3.get_waiter("object_not_exists").wait(Bucket=BUCKET, Key="a")


def virtual_host(session, s3):
    """The bucket may stand in the host name."""
    _bucket(s3)
    port = s3.meta.endpoint_url.rsplit(":", 1)[1]
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    there = session.client("s3", endpoint_url=f"http://localhost:{port}", config=config)
    url = there.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "a"}, ExpiresIn=60)
    assert url.startswith(f"http://{BUCKET}.localhost:"), url
    s3.put_object(Bucket=BUCKET, Key="a", Body=b"1")
    host = url.split("/")[2]
    request = urllib.request.Request(url.replace(host, f"127.0.0.1:{port}"), headers={"Host": host})
    with urllib.request.urlopen(request) as answer:
        assert answer.read() == b"1"
