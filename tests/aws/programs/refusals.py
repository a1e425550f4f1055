"""What is not simulated yet, and what nobody can ask for."""

import botocore.exceptions

from _common import refused


def services_to_come(cloudwatch, autoscaling, elb, sqs, sns, cloudformation):
    """Each answers 501 in its own protocol and names the operation."""
    for name, ask in {
        "DescribeAlarms": cloudwatch.describe_alarms,
        "DescribeAutoScalingGroups": autoscaling.describe_auto_scaling_groups,
        "DescribeLoadBalancers": elb.describe_load_balancers,
        "ListQueues": sqs.list_queues,
        "ListTopics": sns.list_topics,
        "ListStacks": cloudformation.list_stacks,
    }.items():
        with refused("NotImplemented", 501, name):
            ask()


def operations_to_come(ec2):
    """So do operations of a service that is there."""
    with refused("NotImplemented", 501, "DescribeHosts"):
        ec2.describe_hosts()
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
