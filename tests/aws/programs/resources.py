"""boto3's resource API: objects in place of answers."""

import io

from _common import linux, refused


def instances(ec2_resource, ec2):
    """Instances are made, waited for, read, tagged and filtered as objects."""
    one, two = ec2_resource.create_instances(ImageId=linux(ec2), InstanceType="t3.micro", MinCount=2, MaxCount=2)
    one.wait_until_running()
    one.reload()
    assert one.state["Name"] == "running" and one.public_ip_address and one.instance_type == "t3.micro"
    one.create_tags(Tags=[{"Key": "Name", "Value": "web"}])
    named = ec2_resource.instances.filter(Filters=[{"Name": "tag:Name", "Values": ["web"]}])
    assert [each.id for each in named] == [one.id]
    two.stop()
    two.wait_until_stopped()
    assert [each.id for each in ec2_resource.instances.all() if each.state["Name"] == "stopped"] == [two.id]
    assert one.vpc.is_default and one.subnet.vpc_id == one.vpc_id
    [volume] = one.volumes.all()
    assert volume.attachments[0]["InstanceId"] == one.id
    ec2_resource.instances.terminate()
    two.wait_until_terminated()


def network(ec2_resource):
    """A VPC and what is made in it."""
    vpc = ec2_resource.create_vpc(CidrBlock="10.0.0.0/16")
    vpc.wait_until_available()
    vpc.modify_attribute(EnableDnsHostnames={"Value": True})
    subnet = vpc.create_subnet(CidrBlock="10.0.0.0/24")
    gateway = ec2_resource.create_internet_gateway()
    gateway.attach_to_vpc(VpcId=vpc.id)
    [table] = vpc.route_tables.all()
    route = table.create_route(DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway.id)
    table.reload()
    assert [(each.gateway_id, each.state) for each in table.routes] == [("local", "active"), (gateway.id, "active")]
    group = vpc.create_security_group(GroupName="web", Description="Web")
    group.authorize_ingress(IpProtocol="tcp", FromPort=80, ToPort=80, CidrIp="0.0.0.0/0")
    assert group.ip_permissions[0]["FromPort"] == 80
    assert {each.group_name for each in vpc.security_groups.all()} == {"default", "web"}
    interface = subnet.create_network_interface(Groups=[group.id])
    assert interface.vpc_id == vpc.id and [each["GroupId"] for each in interface.groups] == [group.id]
    interface.delete()
    route.delete()
    gateway.detach_from_vpc(VpcId=vpc.id)
    gateway.delete()
    group.delete()
    subnet.delete()
    vpc.delete()


def volumes_and_snapshots(ec2_resource):
    """A volume, its snapshot, and a volume of that."""
    volume = ec2_resource.create_volume(AvailabilityZone="us-east-1a", Size=8)
    snapshot = volume.create_snapshot(Description="first")
    snapshot.wait_until_completed()
    assert snapshot.volume.id == volume.id and [each.id for each in volume.snapshots.all()] == [snapshot.id]
    copy = ec2_resource.create_volume(AvailabilityZone="us-east-1b", SnapshotId=snapshot.id)
    assert copy.size == 8
    snapshot.delete()
    with refused("InvalidSnapshot.NotFound"):
        snapshot.load()


def image_and_key(ec2_resource, ec2):
    """An image of an instance, and a key pair."""
    key = ec2_resource.create_key_pair(KeyName="first")
    assert key.key_material.startswith("-----BEGIN RSA PRIVATE KEY-----"), key.key_material[:40]
    [one] = ec2_resource.create_instances(
        ImageId=linux(ec2), InstanceType="t3.micro", MinCount=1, MaxCount=1, KeyName=key.name
    )
    one.wait_until_running()
    image = one.create_image(Name="golden")
    image.wait_until_exists()
    image.reload()
    assert image.state == "available" and image.owner_id == "123456789012"
    image.deregister()
    assert list(ec2_resource.images.filter(Owners=["self"])) == []


def classic_address(ec2_resource, ec2):
    """An elastic address as an object."""
    made = ec2.allocate_address(Domain="vpc")
    address = ec2_resource.VpcAddress(made["AllocationId"])
    assert address.public_ip == made["PublicIp"]
    address.release()
    with refused("InvalidAllocationID.NotFound"):
        address.load()


def bucket_and_objects(s3_resource):
    """A bucket, its objects, and all of them deleted at once."""
    bucket = s3_resource.create_bucket(Bucket="example-bucket-1")
    bucket.wait_until_exists()
    bucket.put_object(Key="a/1", Body=b"1")
    bucket.upload_fileobj(io.BytesIO(b"22"), "a/2")
    got = bucket.Object("a/1").get()
    assert got["Body"].read() == b"1"
    assert [(each.key, each.size) for each in bucket.objects.filter(Prefix="a/")] == [("a/1", 1), ("a/2", 2)]
    assert bucket.Object("a/2").content_length == 2
    bucket.Object("b").copy_from(CopySource="example-bucket-1/a/1")
    bucket.objects.all().delete()
    bucket.delete()
    bucket.wait_until_not_exists()


def object_versions(s3_resource):
    """Versioning as an object; every version deleted at once."""
    bucket = s3_resource.create_bucket(Bucket="example-bucket-1")
    bucket.Versioning().enable()
    assert bucket.Versioning().status == "Enabled"
    for body in (b"1", b"2"):
        bucket.put_object(Key="a", Body=body)
    bucket.Object("a").delete()
    assert len(list(bucket.object_versions.all())) == 3
    bucket.object_versions.all().delete()
    bucket.delete()


def multipart_object(s3_resource):
    """A multipart upload as objects."""
    bucket = s3_resource.create_bucket(Bucket="example-bucket-1")
    upload = bucket.Object("big").initiate_multipart_upload()
    tag = upload.Part(1).upload(Body=b"x")["ETag"]
    made = upload.complete(MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": tag}]})
    assert made.content_length == 1 and made.e_tag.endswith('-1"')


def files(s3_resource):
    """upload_file and download_file, from disk to disk."""
    import pathlib
    import tempfile

    bucket = s3_resource.create_bucket(Bucket="example-bucket-1")
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "source.txt"), pathlib.Path(folder, "target.txt")
        source.write_bytes(b"Hello\n" * 1000)
        bucket.upload_file(str(source), "file.txt", ExtraArgs={"Metadata": {"a": "b"}})
        bucket.download_file("file.txt", str(target))
        assert target.read_bytes() == source.read_bytes()
    assert bucket.Object("file.txt").metadata == {"a": "b"}
