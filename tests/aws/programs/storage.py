"""Volumes, snapshots, images."""

from _common import instance, launch, linux, refused


def _volume(ec2, **more):
    asked = {"AvailabilityZone": "us-east-1a", "Size": 8, "VolumeType": "gp3", **more}
    made = ec2.create_volume(**asked)["VolumeId"]
    ec2.get_waiter("volume_available").wait(VolumeIds=[made])
    return made


def attach_and_detach(ec2):
    """A volume goes to an instance of its own zone, and comes back."""
    [one] = launch(ec2, Placement={"AvailabilityZone": "us-east-1a"})
    volume, far = _volume(ec2), _volume(ec2, AvailabilityZone="us-east-1b")
    with refused("InvalidVolume.ZoneMismatch"):
        ec2.attach_volume(VolumeId=far, InstanceId=one, Device="/dev/sdg")
    assert ec2.attach_volume(VolumeId=volume, InstanceId=one, Device="/dev/sdf")["State"] == "attaching"
    ec2.get_waiter("volume_in_use").wait(VolumeIds=[volume])
    mapped = {each["DeviceName"]: each["Ebs"] for each in instance(ec2, one)["BlockDeviceMappings"]}
    assert mapped["/dev/sdf"]["VolumeId"] == volume and mapped["/dev/sdf"]["DeleteOnTermination"] is False
    with refused("VolumeInUse"):
        ec2.delete_volume(VolumeId=volume)
    ec2.detach_volume(VolumeId=volume)
    ec2.get_waiter("volume_available").wait(VolumeIds=[volume])
    ec2.delete_volume(VolumeId=volume)
    ec2.get_waiter("volume_deleted").wait(VolumeIds=[volume])


def root_volume_goes_with_its_instance(ec2):
    """DeleteOnTermination decides, and can be changed."""
    one, other = launch(ec2, 2)
    roots = [instance(ec2, each)["BlockDeviceMappings"][0] for each in (one, other)]
    ec2.modify_instance_attribute(
        InstanceId=other,
        BlockDeviceMappings=[{"DeviceName": roots[1]["DeviceName"], "Ebs": {"DeleteOnTermination": False}}],
    )
    ec2.terminate_instances(InstanceIds=[one, other])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[one, other])
    with refused("InvalidVolume.NotFound"):
        ec2.describe_volumes(VolumeIds=[roots[0]["Ebs"]["VolumeId"]])
    [left] = ec2.describe_volumes(VolumeIds=[roots[1]["Ebs"]["VolumeId"]])["Volumes"]
    assert left["State"] == "available", left


def grow_a_volume(ec2):
    """A volume grows while it is in use, and never shrinks."""
    volume = _volume(ec2)
    change = ec2.modify_volume(VolumeId=volume, Size=16, Iops=4000)["VolumeModification"]
    assert (change["OriginalSize"], change["TargetSize"]) == (8, 16), change
    [now] = ec2.describe_volumes(VolumeIds=[volume])["Volumes"]
    assert now["Size"] == 16 and now["Iops"] == 4000, now
    [told] = ec2.describe_volumes_modifications(VolumeIds=[volume])["VolumesModifications"]
    assert told["ModificationState"] in ("optimizing", "completed"), told
    with refused("InvalidParameterValue"):
        ec2.modify_volume(VolumeId=_volume(ec2, Size=20), Size=10)


def volume_errors(ec2):
    """What a volume cannot be."""
    for code, asked in [
        ("InvalidZone.NotFound", {"AvailabilityZone": "us-east-9z", "Size": 8}),
        ("MissingParameter", {"AvailabilityZone": "us-east-1a"}),
        ("InvalidSnapshot.NotFound", {"AvailabilityZone": "us-east-1a", "SnapshotId": "snap-0123456789abcdef0"}),
    ]:
        with refused(code):
            ec2.create_volume(**asked)
    with refused("InvalidVolume.NotFound", says="vol-0123456789abcdef0"):
        ec2.delete_volume(VolumeId="vol-0123456789abcdef0")


def snapshot_and_restore(ec2):
    """A snapshot outlives its volume; a volume made of it is as large or larger."""
    volume = _volume(ec2, Size=10)
    snapshot = ec2.create_snapshot(VolumeId=volume, Description="before the change")
    assert snapshot["State"] == "pending" and snapshot["VolumeSize"] == 10, snapshot
    snapshot = snapshot["SnapshotId"]
    ec2.get_waiter("snapshot_completed").wait(SnapshotIds=[snapshot])
    ec2.delete_volume(VolumeId=volume)
    [found] = ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]
    assert found["Progress"] == "100%" and found["VolumeId"] == volume and found["OwnerId"] == "123456789012", found
    restored = ec2.create_volume(AvailabilityZone="us-east-1c", SnapshotId=snapshot)
    assert restored["Size"] == 10 and restored["SnapshotId"] == snapshot, restored
    with refused("InvalidParameterValue"):
        ec2.create_volume(AvailabilityZone="us-east-1c", SnapshotId=snapshot, Size=5)
    ec2.delete_snapshot(SnapshotId=snapshot)
    with refused("InvalidSnapshot.NotFound"):
        ec2.describe_snapshots(SnapshotIds=[snapshot])


def share_a_snapshot(ec2):
    """Permissions of a snapshot name accounts."""
    snapshot = ec2.create_snapshot(VolumeId=_volume(ec2))["SnapshotId"]
    ec2.modify_snapshot_attribute(
        SnapshotId=snapshot,
        Attribute="createVolumePermission",
        OperationType="add",
        UserIds=["111122223333"],
    )
    told = ec2.describe_snapshot_attribute(SnapshotId=snapshot, Attribute="createVolumePermission")
    assert told["CreateVolumePermissions"] == [{"UserId": "111122223333"}], told
    ec2.reset_snapshot_attribute(SnapshotId=snapshot, Attribute="createVolumePermission")
    told = ec2.describe_snapshot_attribute(SnapshotId=snapshot, Attribute="createVolumePermission")
    assert told["CreateVolumePermissions"] == [], told


def copy_a_snapshot_to_another_region(ec2, session):
    """A copy is another snapshot, in the Region that asked for it."""
    snapshot = ec2.create_snapshot(VolumeId=_volume(ec2))["SnapshotId"]
    ec2.get_waiter("snapshot_completed").wait(SnapshotIds=[snapshot])
    there = session.client("ec2", region_name="eu-west-1", endpoint_url=ec2.meta.endpoint_url)
    copy = there.copy_snapshot(SourceRegion="us-east-1", SourceSnapshotId=snapshot, Encrypted=True)["SnapshotId"]
    there.get_waiter("snapshot_completed").wait(SnapshotIds=[copy])
    [found] = there.describe_snapshots(SnapshotIds=[copy])["Snapshots"]
    assert found["Encrypted"] is True and copy != snapshot, found
    with refused("InvalidSnapshot.NotFound"):
        ec2.describe_snapshots(SnapshotIds=[copy])


def image_of_an_instance(ec2):
    """An image is made of an instance, launched, and deregistered; its snapshot is in use until then."""
    [one] = launch(ec2)
    image = ec2.create_image(InstanceId=one, Name="golden", Description="v1")["ImageId"]
    ec2.get_waiter("image_available").wait(ImageIds=[image])
    [found] = ec2.describe_images(Owners=["self"])["Images"]
    assert found["ImageId"] == image and found["Public"] is False and found["Name"] == "golden", found
    with refused("InvalidAMIName.Duplicate"):
        ec2.create_image(InstanceId=one, Name="golden")
    snapshot = found["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
    with refused("InvalidSnapshot.InUse"):
        ec2.delete_snapshot(SnapshotId=snapshot)
    [copy] = launch(ec2, ImageId=image)
    assert instance(ec2, copy)["ImageId"] == image
    ec2.deregister_image(ImageId=image)
    with refused("InvalidAMIID.NotFound"):
        ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    ec2.delete_snapshot(SnapshotId=snapshot)


def register_and_share_an_image(ec2):
    """An image is registered from a snapshot, and its launch permission given and taken."""
    snapshot = ec2.create_snapshot(VolumeId=_volume(ec2))["SnapshotId"]
    ec2.get_waiter("snapshot_completed").wait(SnapshotIds=[snapshot])
    image = ec2.register_image(
        Name="by hand",
        Architecture="x86_64",
        VirtualizationType="hvm",
        RootDeviceName="/dev/xvda",
        BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": snapshot}}],
    )["ImageId"]
    ec2.get_waiter("image_exists").wait(ImageIds=[image])
    ec2.modify_image_attribute(ImageId=image, LaunchPermission={"Add": [{"UserId": "111122223333"}]})
    told = ec2.describe_image_attribute(ImageId=image, Attribute="launchPermission")
    assert told["LaunchPermissions"] == [{"UserId": "111122223333"}], told
    ec2.reset_image_attribute(ImageId=image, Attribute="launchPermission")
    assert ec2.describe_image_attribute(ImageId=image, Attribute="launchPermission")["LaunchPermissions"] == []


def encryption_by_default(ec2):
    """Once it is on, every new volume of the Region is encrypted."""
    assert ec2.get_ebs_encryption_by_default()["EbsEncryptionByDefault"] is False
    ec2.enable_ebs_encryption_by_default()
    [volume] = ec2.describe_volumes(VolumeIds=[_volume(ec2)])["Volumes"]
    assert volume["Encrypted"] is True and volume["KmsKeyId"].startswith("arn:aws:kms:us-east-1:123456789012:key/")
    ec2.disable_ebs_encryption_by_default()
    [volume] = ec2.describe_volumes(VolumeIds=[_volume(ec2)])["Volumes"]
    assert volume["Encrypted"] is False


def volumes_page_by_page(ec2):
    """The paginator and filters of volumes."""
    made = {_volume(ec2, Size=size) for size in range(1, 8)}
    pages = list(ec2.get_paginator("describe_volumes").paginate(PaginationConfig={"PageSize": 5}))
    assert [len(page["Volumes"]) for page in pages] == [5, 2]
    assert {each["VolumeId"] for page in pages for each in page["Volumes"]} == made
    found = ec2.describe_volumes(Filters=[{"Name": "size", "Values": ["3", "4"]}])["Volumes"]
    assert sorted(each["Size"] for each in found) == [3, 4]


def block_devices_at_launch(ec2):
    """A launch may ask for more disks, and for another size of the first."""
    [image] = ec2.describe_images(ImageIds=[linux(ec2)])["Images"]
    [one] = launch(
        ec2,
        BlockDeviceMappings=[
            {"DeviceName": image["RootDeviceName"], "Ebs": {"VolumeSize": 30, "VolumeType": "gp3"}},
            {"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 125, "VolumeType": "st1", "DeleteOnTermination": False}},
        ],
    )
    found = ec2.describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": [one]}])["Volumes"]
    assert sorted((each["Size"], each["VolumeType"]) for each in found) == [(30, "gp3"), (125, "st1")], found
