"""What the programs share."""

import contextlib

from botocore.exceptions import ClientError


@contextlib.contextmanager
def refused(code, status=400, says=""):
    """What is done inside fails with this error code and HTTP status, and a message that holds `says`."""
    try:
        yield
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        found = error.response["ResponseMetadata"]["HTTPStatusCode"]
        assert found == status, f"{found}, not {status}: {error}"
        assert says in error.response["Error"].get("Message", ""), error
    else:
        raise AssertionError(f"no {code}")


def linux(ec2):
    """The AMI id of an Amazon Linux 2023 for x86."""
    found = ec2.describe_images(
        Owners=["amazon"],
        Filters=[
            {"Name": "name", "Values": ["al2023-ami-2023*"]},
            {"Name": "architecture", "Values": ["x86_64"]},
        ],
    )
    return sorted(image["ImageId"] for image in found["Images"])[0]


def launch(ec2, count=1, **more):
    """Launches small instances and waits until they run: their ids."""
    asked = {"ImageId": linux(ec2), "InstanceType": "t3.micro", "MinCount": count, "MaxCount": count, **more}
    ids = [instance["InstanceId"] for instance in ec2.run_instances(**asked)["Instances"]]
    ec2.get_waiter("instance_running").wait(InstanceIds=ids)
    return ids


def instance(ec2, instance_id):
    """An instance as it is described now."""
    return ec2.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]


def tags(of):
    """A list of keys and values as a dictionary."""
    return {tag["Key"]: tag["Value"] for tag in of}


def default_subnet(ec2, zone="us-east-1a"):
    """The default subnet of a zone."""
    filters = [{"Name": "availability-zone", "Values": [zone]}, {"Name": "default-for-az", "Values": ["true"]}]
    return ec2.describe_subnets(Filters=filters)["Subnets"][0]
