"""The first things that anybody does."""

from botocore.exceptions import ClientError


def whose_keys_are_these(sts):
    """GetCallerIdentity names the administrator of the account."""
    me = sts.get_caller_identity()
    assert me["Account"] == "123456789012", me
    assert me["Arn"] == "arn:aws:iam::123456789012:user/administrator", me


def launch_and_wait(ec2):
    """An instance is pending when it is launched, and the waiter sees it run."""
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    launched = ec2.run_instances(ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1)
    instance = launched["Instances"][0]
    assert instance["State"] == {"Code": 0, "Name": "pending"}, instance["State"]
    ec2.get_waiter("instance_running").wait(InstanceIds=[instance["InstanceId"]])
    ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])
    ec2.get_waiter("instance_terminated").wait(InstanceIds=[instance["InstanceId"]])


def what_is_not_there(ec2):
    """An instance that does not exist is named in the error."""
    try:
        ec2.describe_instances(InstanceIds=["i-0123456789abcdef0"])
    except ClientError as error:
        assert error.response["Error"]["Code"] == "InvalidInstanceID.NotFound", error
        assert "i-0123456789abcdef0" in error.response["Error"]["Message"], error
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    else:
        raise AssertionError("no error")


def not_simulated_yet(cloudformation):
    """What Stratus does not simulate answers 501 and names the operation."""
    try:
        cloudformation.list_stacks()
    except ClientError as error:
        assert error.response["Error"]["Code"] == "NotImplemented", error
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 501
        assert "ListStacks" in error.response["Error"]["Message"]
    else:
        raise AssertionError("no error")
