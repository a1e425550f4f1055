"""SSM's parameters."""

from _common import launch, instance, refused


def put_and_get(ssm):
    """A parameter has versions; an existing one is only over-written on purpose."""
    assert ssm.put_parameter(Name="/app/url", Value="one", Type="String")["Version"] == 1
    with refused("ParameterAlreadyExists"):
        ssm.put_parameter(Name="/app/url", Value="two", Type="String")
    assert ssm.put_parameter(Name="/app/url", Value="two", Overwrite=True)["Version"] == 2
    found = ssm.get_parameter(Name="/app/url")["Parameter"]
    assert found["Value"] == "two" and found["ARN"] == "arn:aws:ssm:us-east-1:123456789012:parameter/app/url", found
    assert ssm.get_parameter(Name="/app/url:1")["Parameter"]["Value"] == "one"
    with refused("ParameterVersionNotFound"):
        ssm.get_parameter(Name="/app/url:9")
    with refused("ParameterNotFound"):
        ssm.get_parameter(Name="/app/nothing")
    both = ssm.get_parameters(Names=["/app/url", "/app/nothing"])
    assert [each["Name"] for each in both["Parameters"]] == ["/app/url"], both
    assert both["InvalidParameters"] == ["/app/nothing"], both


def secret(ssm):
    """A SecureString is only readable where that is asked for."""
    ssm.put_parameter(Name="password", Value="open sesame", Type="SecureString")
    assert ssm.get_parameter(Name="password")["Parameter"]["Value"] != "open sesame"
    assert ssm.get_parameter(Name="password", WithDecryption=True)["Parameter"]["Value"] == "open sesame"


def by_path(ssm):
    """A tree of parameters, one level or all of it, by pages."""
    for name in ("/app/a", "/app/b", "/app/c", "/app/deep/d"):
        ssm.put_parameter(Name=name, Value=name, Type="String")
    pages = list(ssm.get_paginator("get_parameters_by_path").paginate(Path="/app", PaginationConfig={"PageSize": 2}))
    assert [each["Name"] for page in pages for each in page["Parameters"]] == ["/app/a", "/app/b", "/app/c"], pages
    everything = ssm.get_parameters_by_path(Path="/app", Recursive=True)["Parameters"]
    assert len(everything) == 4
    asked = [{"Key": "Name", "Option": "Contains", "Values": ["deep"]}]
    found = ssm.describe_parameters(ParameterFilters=asked)["Parameters"]
    assert [each["Name"] for each in found] == ["/app/deep/d"], found


def labels_and_history(ssm):
    """A label is a name for a version, and moves."""
    for value in ("one", "two"):
        ssm.put_parameter(Name="p", Value=value, Type="String", Overwrite=True)
    ssm.label_parameter_version(Name="p", ParameterVersion=1, Labels=["live"])
    assert ssm.get_parameter(Name="p:live")["Parameter"]["Value"] == "one"
    ssm.label_parameter_version(Name="p", ParameterVersion=2, Labels=["live"])
    history = ssm.get_parameter_history(Name="p")["Parameters"]
    assert [(each["Version"], each["Labels"]) for each in history] == [(1, []), (2, ["live"])], history


def tags_and_deletion(ssm):
    """Parameters have tags, and are deleted one by one or many at once."""
    ssm.put_parameter(Name="p", Value="a,b", Type="StringList", Tags=[{"Key": "a", "Value": "1"}])
    ssm.add_tags_to_resource(ResourceType="Parameter", ResourceId="p", Tags=[{"Key": "b", "Value": "2"}])
    ssm.remove_tags_from_resource(ResourceType="Parameter", ResourceId="p", TagKeys=["a"])
    found = ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="p")["TagList"]
    assert found == [{"Key": "b", "Value": "2"}], found
    told = ssm.delete_parameters(Names=["p", "q"])
    assert told["DeletedParameters"] == ["p"] and told["InvalidParameters"] == ["q"], told
    with refused("ParameterNotFound"):
        ssm.delete_parameter(Name="p")


def latest_image(ssm, ec2):
    """AWS publishes the newest image's id as a parameter, which a launch may name in its place."""
    name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
    image = ssm.get_parameter(Name=name)["Parameter"]["Value"]
    assert image.startswith("ami-"), image
    [one] = launch(ec2, ImageId=f"resolve:ssm:{name}")
    assert instance(ec2, one)["ImageId"] == image
