"""What is not simulated yet, and what nobody can ask for."""

import botocore.exceptions

from _common import launch, refused


def services_to_come(cloudwatch, autoscaling, elasticbeanstalk, sqs, sns, cloudformation):
    """Each answers 501 in its own protocol and names the operation."""
    for name, ask in {
        "DescribeAlarms": cloudwatch.describe_alarms,
        "DescribeAutoScalingGroups": autoscaling.describe_auto_scaling_groups,
        "DescribeApplications": elasticbeanstalk.describe_applications,
        "ListQueues": sqs.list_queues,
        "ListTopics": sns.list_topics,
        "ListStacks": cloudformation.list_stacks,
    }.items():
        with refused("NotImplemented", 501, name):
            ask()


def operations_to_come(ec2):
    """So do operations of a service that is there."""
    with refused("NotImplemented", 501, "DescribeIpams"):
        ec2.describe_ipams()
    with refused("NotImplemented", 501, "DescribeFleets"):
        ec2.describe_fleets()


def before_it_is_sent(ec2):
    """boto3 itself refuses what its models do not allow."""
    for bad in ({"InstanceIds": "i-1"}, {"Nonsense": 1}):
        try:
            ec2.describe_instances(**bad)
        except botocore.exceptions.ParamValidationError:
            continue
        raise AssertionError(f"{bad} was sent")


def what_lacks_is_named(ec2):
    """MissingParameter names what the request lacks."""
    with refused("MissingParameter"):
        ec2.create_volume(AvailabilityZone="us-east-1a")
    with refused("MissingParameter"):
        ec2.authorize_security_group_ingress(IpProtocol="tcp", FromPort=80, ToPort=80, CidrIp="0.0.0.0/0")


def a_delete_marker_says_so_in_a_header(s3):
    """HeadObject of a deleted object with versions: 404, and the headers tell of the marker."""
    s3.create_bucket(Bucket="marked-bucket")
    s3.put_bucket_versioning(Bucket="marked-bucket", VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket="marked-bucket", Key="a", Body=b"a")
    marker = s3.delete_object(Bucket="marked-bucket", Key="a")["VersionId"]
    try:
        s3.head_object(Bucket="marked-bucket", Key="a")
    except botocore.exceptions.ClientError as error:
        headers = error.response["ResponseMetadata"]["HTTPHeaders"]
        assert headers["x-amz-delete-marker"] == "true", headers
        assert headers["x-amz-version-id"] == marker, headers
    else:
        raise AssertionError("no error")


def values_that_only_the_service_checks(ec2):
    """The SDK lets enumerations and page sizes through; the service answers in words of its own."""
    with refused("UnknownVolumeType", says="Unsupported volume type 'gp9' for volume creation."):
        ec2.create_volume(AvailabilityZone="us-east-1a", Size=1, VolumeType="gp9")
    [one] = launch(ec2)
    with refused("InvalidParameterValue", says="Value (bogus) for parameter attribute is invalid."):
        ec2.describe_instance_attribute(InstanceId=one, Attribute="bogus")
    with refused("InvalidParameterValue", says="Value ( 1 ) for parameter maxResults is invalid."):
        ec2.describe_instances(MaxResults=1)
    with refused("InvalidUserID.Malformed", says="nobody"):
        ec2.describe_images(Owners=["nobody"])
    with refused("InvalidParameterCombination", says="No attributes specified."):
        ec2.modify_instance_attribute(InstanceId=one, Groups=[])
    with refused("InvalidParameterValue", says="Invalid IAM Instance Profile name"):
        launch(ec2, IamInstanceProfile={"Name": "nobody"})
