"""The life of instances."""

import base64

from _common import default_subnet, instance, launch, linux, refused, tags


def stop_and_start(ec2):
    """Over a stop the private address stays and the public one does not."""
    [one] = launch(ec2)
    before = instance(ec2, one)
    assert before["PublicIpAddress"] and before["State"] == {"Code": 16, "Name": "running"}, before
    [change] = ec2.stop_instances(InstanceIds=[one])["StoppingInstances"]
    assert change["PreviousState"]["Name"] == "running" and change["CurrentState"]["Name"] == "stopping", change
    ec2.get_waiter("instance_stopped").wait(InstanceIds=[one])
    stopped = instance(ec2, one)
    assert "PublicIpAddress" not in stopped and stopped["PrivateIpAddress"] == before["PrivateIpAddress"], stopped
    assert stopped["StateReason"]["Code"] == "Client.UserInitiatedShutdown", stopped["StateReason"]
    [change] = ec2.start_instances(InstanceIds=[one])["StartingInstances"]
    assert change["PreviousState"] == {"Code": 80, "Name": "stopped"}, change
    ec2.get_waiter("instance_running").wait(InstanceIds=[one])
    assert instance(ec2, one)["PublicIpAddress"]


def terminated_is_seen_for_a_while(ec2, advance):
    """A terminated instance is described for about an hour, and then is not known."""
    [one] = launch(ec2)
    ec2.terminate_instances(InstanceIds=[one])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[one])
    gone = instance(ec2, one)
    assert gone["State"]["Code"] == 48 and "PrivateIpAddress" not in gone, gone
    with refused("IncorrectInstanceState"):
        ec2.start_instances(InstanceIds=[one])
    advance(2 * 3600)
    with refused("InvalidInstanceID.NotFound", says=one):
        ec2.describe_instances(InstanceIds=[one])


def protected_from_termination(ec2):
    """DisableApiTermination is the last word until it is taken back."""
    [one] = launch(ec2, DisableApiTermination=True)
    with refused("OperationNotPermitted", says=one):
        ec2.terminate_instances(InstanceIds=[one])
    ec2.modify_instance_attribute(InstanceId=one, DisableApiTermination={"Value": False})
    ec2.terminate_instances(InstanceIds=[one])


def several_at_once(ec2):
    """One call is one reservation, and numbers what it launches."""
    launched = ec2.run_instances(ImageId=linux(ec2), InstanceType="t3.micro", MinCount=2, MaxCount=4)
    assert sorted(each["AmiLaunchIndex"] for each in launched["Instances"]) == [0, 1, 2, 3]
    found = ec2.describe_instances(Filters=[{"Name": "reservation-id", "Values": [launched["ReservationId"]]}])
    assert len(found["Reservations"]) == 1 and len(found["Reservations"][0]["Instances"]) == 4


def tagged_at_launch(ec2):
    """TagSpecifications reach the instance and its volumes."""
    [one] = launch(
        ec2,
        TagSpecifications=[
            {"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]},
            {"ResourceType": "volume", "Tags": [{"Key": "Name", "Value": "web's disk"}]},
        ],
    )
    found = instance(ec2, one)
    assert tags(found["Tags"]) == {"Name": "web"}
    volume = found["BlockDeviceMappings"][0]["Ebs"]["VolumeId"]
    [volume] = ec2.describe_volumes(VolumeIds=[volume])["Volumes"]
    assert tags(volume["Tags"]) == {"Name": "web's disk"}


def filters(ec2):
    """Values of a filter are alternatives, filters go together, and * and ? stand for what one does not know."""
    [web] = launch(ec2, TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web-1"}]}])
    [db] = launch(
        ec2,
        InstanceType="t3.small",
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "db-1"}]}],
    )
    ec2.stop_instances(InstanceIds=[db])

    def found(*filters):
        filters = [{"Name": name, "Values": values} for name, values in filters]
        reservations = ec2.describe_instances(Filters=filters)["Reservations"]
        return {each["InstanceId"] for reservation in reservations for each in reservation["Instances"]}

    assert found(("tag:Name", ["web-*"])) == {web}
    assert found(("tag:Name", ["??-1"])) == {db}
    assert found(("tag:Name", ["WEB-1"])) == set()
    assert found(("tag-key", ["Name"]), ("instance-state-name", ["stopped"])) == {db}
    assert found(("instance-type", ["t3.micro", "t3.small"])) == {web, db}
    assert found(("instance-type", ["t3.micro"]), ("instance-state-name", ["stopped"])) == set()
    with refused("InvalidParameterValue", says="nonsense"):
        found(("nonsense", ["1"]))


def page_by_page(ec2):
    """MaxResults and NextToken, by hand and by the paginator."""
    for _ in range(7):
        launch(ec2)
    first = ec2.describe_instances(MaxResults=5)
    second = ec2.describe_instances(MaxResults=5, NextToken=first["NextToken"])
    assert len(first["Reservations"]) == 5 and len(second["Reservations"]) == 2 and "NextToken" not in second
    pages = ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5})
    assert [len(page["Reservations"]) for page in pages] == [5, 2]
    limited = ec2.get_paginator("describe_instances").paginate(PaginationConfig={"MaxItems": 3, "PageSize": 5})
    assert len(limited.build_full_result()["Reservations"]) == 3
    with refused("InvalidParameterValue"):
        ec2.describe_instances(MaxResults=1)


def user_data_and_type_change_while_stopped(ec2):
    """What is decided at boot can only be changed while the instance is stopped."""
    [one] = launch(ec2, UserData="#!/bin/sh\necho hello\n")
    kept = ec2.describe_instance_attribute(InstanceId=one, Attribute="userData")["UserData"]["Value"]
    assert base64.b64decode(kept) == b"#!/bin/sh\necho hello\n"
    with refused("IncorrectInstanceState"):
        ec2.modify_instance_attribute(InstanceId=one, InstanceType={"Value": "t3.small"})
    with refused("IncorrectInstanceState"):
        ec2.modify_instance_attribute(InstanceId=one, UserData={"Value": b"other"})
    ec2.stop_instances(InstanceIds=[one])
    ec2.get_waiter("instance_stopped").wait(InstanceIds=[one])
    ec2.modify_instance_attribute(InstanceId=one, InstanceType={"Value": "t3.small"})
    ec2.modify_instance_attribute(InstanceId=one, UserData={"Value": b"other"})
    kept = ec2.describe_instance_attribute(InstanceId=one, Attribute="userData")["UserData"]["Value"]
    assert base64.b64decode(kept) == b"other"
    ec2.start_instances(InstanceIds=[one])
    assert instance(ec2, one)["InstanceType"] == "t3.small"


def launched_once(ec2):
    """A client token makes a repeated request the same request; another request under it is refused."""
    asked = {"ImageId": linux(ec2), "MinCount": 1, "MaxCount": 1, "ClientToken": "once"}
    first = ec2.run_instances(InstanceType="t3.micro", **asked)["Instances"][0]["InstanceId"]
    again = ec2.run_instances(InstanceType="t3.micro", **asked)["Instances"][0]["InstanceId"]
    assert first == again
    with refused("IdempotentParameterMismatch"):
        ec2.run_instances(InstanceType="t3.small", **asked)


def only_asking(ec2):
    """DryRun says that it would have worked, and does nothing."""
    with refused("DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set."):
        ec2.run_instances(ImageId=linux(ec2), InstanceType="t3.micro", MinCount=1, MaxCount=1, DryRun=True)
    assert ec2.describe_instances()["Reservations"] == []


def what_a_launch_may_lack(ec2):
    """Each thing that is missing has an error code of its own."""
    good = {"ImageId": linux(ec2), "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1}
    for code, bad in [
        ("InvalidAMIID.NotFound", {"ImageId": "ami-0123456789abcdef0"}),
        ("InvalidAMIID.Malformed", {"ImageId": "nonsense"}),
        ("InvalidParameterValue", {"InstanceType": "t3.nonsense"}),
        ("InvalidKeyPair.NotFound", {"KeyName": "nobody's"}),
        ("InvalidGroup.NotFound", {"SecurityGroupIds": ["sg-0123456789abcdef0"]}),
        ("InvalidSubnetID.NotFound", {"SubnetId": "subnet-0123456789abcdef0"}),
        ("InvalidParameterValue", {"MinCount": 2}),
        ("InvalidParameterValue", {"MinCount": 0, "MaxCount": 0}),
    ]:
        with refused(code):
            ec2.run_instances(**{**good, **bad})


def status_checks(ec2):
    """The status checks pass some minutes after the start."""
    [one] = launch(ec2)
    ec2.get_waiter("instance_status_ok").wait(InstanceIds=[one])
    ec2.get_waiter("system_status_ok").wait(InstanceIds=[one])
    [status] = ec2.describe_instance_status(InstanceIds=[one])["InstanceStatuses"]
    assert status["InstanceStatus"]["Details"] == [{"Name": "reachability", "Status": "passed"}], status
    ec2.stop_instances(InstanceIds=[one])
    assert ec2.describe_instance_status(InstanceIds=[one])["InstanceStatuses"] == []
    everything = ec2.describe_instance_status(InstanceIds=[one], IncludeAllInstances=True)["InstanceStatuses"]
    assert everything[0]["InstanceStatus"]["Status"] == "not-applicable", everything


def launch_template(ec2):
    """A template's versions; a launch takes the default one unless it says otherwise, and may override it."""
    template = ec2.create_launch_template(
        LaunchTemplateName="web", LaunchTemplateData={"ImageId": linux(ec2), "InstanceType": "t3.micro"}
    )["LaunchTemplate"]
    ec2.create_launch_template_version(
        LaunchTemplateName="web", SourceVersion="1", LaunchTemplateData={"InstanceType": "t3.small"}
    )

    def launched(version=None, **more):
        asked = {"LaunchTemplateName": "web", **({"Version": version} if version else {})}
        return ec2.run_instances(LaunchTemplate=asked, MinCount=1, MaxCount=1, **more)["Instances"][0]["InstanceType"]

    assert launched() == "t3.micro" and launched("$Latest") == "t3.small" and launched("1") == "t3.micro"
    assert launched(InstanceType="t3.nano") == "t3.nano"
    ec2.modify_launch_template(LaunchTemplateName="web", DefaultVersion="2")
    assert launched("$Default") == "t3.small"
    versions = ec2.describe_launch_template_versions(LaunchTemplateId=template["LaunchTemplateId"])
    assert [version["VersionNumber"] for version in versions["LaunchTemplateVersions"]] == [2, 1]
    with refused("InvalidLaunchTemplateName.AlreadyExistsException"):
        ec2.create_launch_template(LaunchTemplateName="web", LaunchTemplateData={"InstanceType": "t3.micro"})
    ec2.delete_launch_template(LaunchTemplateName="web")
    assert ec2.describe_launch_templates()["LaunchTemplates"] == []


def placement_group(ec2):
    """A group with instances cannot be deleted."""
    ec2.create_placement_group(GroupName="near", Strategy="cluster")
    [one] = launch(ec2, InstanceType="c5.large", Placement={"GroupName": "near"})
    assert instance(ec2, one)["Placement"]["GroupName"] == "near"
    with refused("InvalidPlacementGroup.InUse"):
        ec2.delete_placement_group(GroupName="near")
    ec2.terminate_instances(InstanceIds=[one])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[one])
    ec2.delete_placement_group(GroupName="near")
    with refused("InvalidPlacementGroup.Unknown"):
        ec2.describe_placement_groups(GroupNames=["near"])


def spot_request(ec2):
    """A request is fulfilled; to cancel it leaves its instance alone."""
    specification = {"ImageId": linux(ec2), "InstanceType": "t3.micro"}
    [request] = ec2.request_spot_instances(LaunchSpecification=specification)["SpotInstanceRequests"]
    request = request["SpotInstanceRequestId"]
    ec2.get_waiter("spot_instance_request_fulfilled").wait(SpotInstanceRequestIds=[request])
    [found] = ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request])["SpotInstanceRequests"]
    assert found["State"] == "active" and found["Status"]["Code"] == "fulfilled", found
    assert instance(ec2, found["InstanceId"])["InstanceLifecycle"] == "spot"
    [cancelled] = ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request])["CancelledSpotInstanceRequests"]
    assert cancelled["State"] == "cancelled"
    assert instance(ec2, found["InstanceId"])["State"]["Name"] == "running"


def spot_by_run_instances(ec2):
    """RunInstances buys spot capacity too, and makes the request by itself."""
    [one] = launch(ec2, InstanceMarketOptions={"MarketType": "spot"})
    found = instance(ec2, one)
    [request] = ec2.describe_spot_instance_requests()["SpotInstanceRequests"]
    assert found["SpotInstanceRequestId"] == request["SpotInstanceRequestId"] and request["Type"] == "one-time"
    with refused("SpotMaxPriceTooLow"):
        launch(ec2, InstanceMarketOptions={"MarketType": "spot", "SpotOptions": {"MaxPrice": "0.0001"}})


def spot_prices(ec2):
    """The price history names a price for each zone, never above the on-demand price."""
    pages = ec2.get_paginator("describe_spot_price_history").paginate(
        InstanceTypes=["t3.micro"], ProductDescriptions=["Linux/UNIX"]
    )
    prices = [price for page in pages for price in page["SpotPriceHistory"]]
    assert prices and all(0 < float(price["SpotPrice"]) <= 0.0104 for price in prices), prices
    assert {price["InstanceType"] for price in prices} == {"t3.micro"}


def metadata_options(ec2):
    """IMDSv2 can be required later."""
    [one] = launch(ec2, MetadataOptions={"HttpTokens": "optional"})
    answer = ec2.modify_instance_metadata_options(InstanceId=one, HttpTokens="required", HttpPutResponseHopLimit=3)
    assert answer["InstanceMetadataOptions"]["HttpTokens"] == "required", answer
    options = instance(ec2, one)["MetadataOptions"]
    assert options["HttpPutResponseHopLimit"] == 3 and options["State"] == "applied", options


def instance_profile(ec2, iam):
    """A profile is associated with a running instance, and taken from it."""
    iam.create_instance_profile(InstanceProfileName="web")
    [one] = launch(ec2)
    association = ec2.associate_iam_instance_profile(InstanceId=one, IamInstanceProfile={"Name": "web"})
    association = association["IamInstanceProfileAssociation"]
    assert association["State"] == "associating", association
    assert instance(ec2, one)["IamInstanceProfile"]["Arn"] == "arn:aws:iam::123456789012:instance-profile/web"
    with refused("IncorrectState"):
        ec2.associate_iam_instance_profile(InstanceId=one, IamInstanceProfile={"Name": "web"})
    ec2.disassociate_iam_instance_profile(AssociationId=association["AssociationId"])
    assert "IamInstanceProfile" not in instance(ec2, one)


def _rsa(pem):
    """The modulus and the private exponent of an RSA key: the second and the fourth number of its PEM."""
    der = base64.b64decode("".join(pem.strip().split("\n")[1:-1]))

    def length(at):
        count = der[at] & 0x7F if der[at] & 0x80 else 0
        return (int.from_bytes(der[at + 1 : at + 1 + count], "big") if count else der[at]), at + 1 + count

    numbers, (_, at) = [], length(1)
    while at < len(der):
        size, at = length(at + 1)
        numbers.append(int.from_bytes(der[at : at + size], "big"))
        at += size
    return numbers[1], numbers[3]


def windows_password(ec2):
    """A Windows guest's password comes encrypted with the key pair, and only its private half reads it."""
    private = ec2.create_key_pair(KeyName="first")["KeyMaterial"]
    name = {"Name": "name", "Values": ["Windows_Server-2022-English-Full-Base-*"]}
    image = ec2.describe_images(Owners=["amazon"], Filters=[name])["Images"][0]
    assert image["Platform"] == "windows", image
    [one] = launch(ec2, ImageId=image["ImageId"], InstanceType="t3.medium", KeyName="first")
    ec2.get_waiter("password_data_available").wait(InstanceId=one)
    data = ec2.get_password_data(InstanceId=one)
    modulus, exponent = _rsa(private)
    number = pow(int.from_bytes(base64.b64decode(data["PasswordData"]), "big"), exponent, modulus)
    # PKCS #1, 1.5: 0, 2, what is random and not 0, 0, the text.
    padded = number.to_bytes(256, "big")
    assert padded[:2] == b"\0\2" and padded[2:].split(b"\0", 1)[1].decode().isprintable(), padded


def key_pairs(ec2):
    """Keys are made, brought along, found by name, and deleted; each name once."""
    made = ec2.create_key_pair(KeyName="made", KeyType="ed25519")
    assert made["KeyMaterial"].startswith("-----BEGIN OPENSSH PRIVATE KEY-----"), made
    ec2.get_waiter("key_pair_exists").wait(KeyNames=["made"])
    with refused("InvalidKeyPair.Duplicate"):
        ec2.create_key_pair(KeyName="made")
    point = base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0 " + bytes(range(32))).decode()
    ec2.import_key_pair(KeyName="brought", PublicKeyMaterial=f"ssh-ed25519 {point} somebody".encode())
    found = ec2.describe_key_pairs(Filters=[{"Name": "key-name", "Values": ["m*", "b*"]}])["KeyPairs"]
    assert sorted(key["KeyName"] for key in found) == ["brought", "made"], found
    ec2.delete_key_pair(KeyName="made")
    with refused("InvalidKeyPair.NotFound", says="made"):
        ec2.describe_key_pairs(KeyNames=["made"])


def instance_types(ec2):
    """The catalogue of types, page by page, and where they are offered."""
    pages = ec2.get_paginator("describe_instance_types").paginate(
        Filters=[{"Name": "current-generation", "Values": ["true"]}, {"Name": "instance-type", "Values": ["t3.*"]}]
    )
    found = {each["InstanceType"]: each for page in pages for each in page["InstanceTypes"]}
    assert len(found) == 7, sorted(found)
    micro = found["t3.micro"]
    assert micro["VCpuInfo"]["DefaultVCpus"] == 2 and micro["MemoryInfo"]["SizeInMiB"] == 1024
    assert micro["BurstablePerformanceSupported"] is True and micro["FreeTierEligible"] in (True, False)
    offered = ec2.describe_instance_type_offerings(
        LocationType="region", Filters=[{"Name": "instance-type", "Values": ["t3.micro"]}]
    )["InstanceTypeOfferings"]
    assert [each["Location"] for each in offered] == ["us-east-1"]
    with refused("InvalidInstanceType", says="t3.nonsense"):
        ec2.describe_instance_types(InstanceTypes=["t3.nonsense"])


def burst_credits_and_monitoring(ec2):
    """Two switches of a running instance."""
    [one] = launch(ec2, CreditSpecification={"CpuCredits": "standard"})
    answer = ec2.modify_instance_credit_specification(
        InstanceCreditSpecifications=[{"InstanceId": one, "CpuCredits": "unlimited"}]
    )
    assert answer["UnsuccessfulInstanceCreditSpecifications"] == [], answer
    [now] = ec2.describe_instance_credit_specifications(InstanceIds=[one])["InstanceCreditSpecifications"]
    assert now["CpuCredits"] == "unlimited"
    [change] = ec2.monitor_instances(InstanceIds=[one])["InstanceMonitorings"]
    assert change["Monitoring"]["State"] == "pending", change
    assert instance(ec2, one)["Monitoring"]["State"] == "enabled"


def in_a_subnet_with_addresses(ec2):
    """An instance's first interface is described at launch."""
    subnet = default_subnet(ec2, "us-east-1b")
    [one] = launch(
        ec2,
        NetworkInterfaces=[
            {
                "DeviceIndex": 0,
                "SubnetId": subnet["SubnetId"],
                "AssociatePublicIpAddress": False,
                "SecondaryPrivateIpAddressCount": 1,
            }
        ],
    )
    found = instance(ec2, one)
    assert found["Placement"]["AvailabilityZone"] == "us-east-1b" and "PublicIpAddress" not in found
    [interface] = found["NetworkInterfaces"]
    assert [each["Primary"] for each in interface["PrivateIpAddresses"]] == [True, False]
    assert interface["Attachment"]["DeleteOnTermination"] is True


def reserved(ec2):
    """An offering is bought, and stands among the reservations."""
    pages = ec2.get_paginator("describe_reserved_instances_offerings").paginate(
        InstanceType="t3.micro",
        ProductDescription="Linux/UNIX",
        OfferingType="No Upfront",
        OfferingClass="standard",
        IncludeMarketplace=False,
    )
    offering = next(each for page in pages for each in page["ReservedInstancesOfferings"])
    bought = ec2.purchase_reserved_instances_offering(
        ReservedInstancesOfferingId=offering["ReservedInstancesOfferingId"], InstanceCount=2
    )["ReservedInstancesId"]
    [found] = ec2.describe_reserved_instances(ReservedInstancesIds=[bought])["ReservedInstances"]
    assert found["InstanceCount"] == 2 and found["State"] in ("payment-pending", "active"), found
