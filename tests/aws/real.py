"""Drives the real AWS CLI, version 2 (Debian's package), from one process: a command a line comes in as a JSON list of
arguments, what it printed goes out as a JSON object. A process a command would cost half a second each.

Nothing is judged here. The endpoint and the keys come by the environment; STRATUS_ENDPOINT is added as --endpoint-url, because
this version knows no AWS_ENDPOINT_URL. Its models are of 2023, and AWS has put the members of some answers into another order
since: STRATUS_MODELS is the folder of a newer botocore's models, whose order its models are brought into. They gain and lose
nothing.
"""

import datetime
import glob
import gzip
import json
import os
import sys
import tempfile
import types
import unittest.mock

# The channel to the test: what the CLI prints goes to files in place of the real descriptors.
# The name that usage errors repeat.
sys.argv[0] = "aws"

channel_in = os.fdopen(os.dup(0), "r", encoding="utf-8")
channel_out = os.fdopen(os.dup(1), "w", encoding="utf-8")

import awscli.clidriver
import botocore.auth
import botocore.loaders
import botocore.session

ENDPOINT = os.environ["STRATUS_ENDPOINT"]
MODELS = os.environ["STRATUS_MODELS"]
loaders = {}
ordered = set()
make_loader = botocore.loaders.create_loader


def in_newer_order(service, model):
    """The model, with the members of its structures in the order in which the newer model has them."""
    newest = max(glob.glob(os.path.join(MODELS, service, "*", "service-2.json.gz")), default=None)
    if newest is None:
        return model
    with gzip.open(newest) as file:
        newer = json.load(file)["shapes"]
    for name, shape in model["shapes"].items():
        places = {member: place for place, member in enumerate(newer.get(name, {}).get("members", ()))}
        if places:
            last = len(places)
            members = sorted(shape["members"].items(), key=lambda member: places.get(member[0], last))
            shape["members"] = type(shape["members"])(members)
    return model


def one_loader(search_path=None):
    """The same loader for every command: reading EC2's model takes most of a command's time."""
    if search_path not in loaders:
        loader = loaders[search_path] = make_loader(search_path)
        load = loader.load_service_model

        def load_in_newer_order(service_name, type_name, api_version=None):
            model = load(service_name, type_name, api_version)
            # The loader answers with the same model each time.
            if type_name == "service-2" and id(model) not in ordered:
                ordered.add(id(model))
                in_newer_order(service_name, model)
            return model

        loader.load_service_model = load_in_newer_order
    return loaders[search_path]


botocore.loaders.create_loader = one_loader
botocore.session.create_loader = one_loader


def run(argv, standard_input):
    """One command: (status, standard output, standard error)."""
    kept = [os.dup(descriptor) for descriptor in (0, 1, 2)]
    files = [tempfile.TemporaryFile() for _ in range(3)]
    files[0].write(standard_input.encode("utf-8"))
    files[0].seek(0)
    sys.stdout.flush()
    sys.stderr.flush()
    for descriptor, file in enumerate(files):
        os.dup2(file.fileno(), descriptor)
    sys.stdin = os.fdopen(os.dup(0), "r", encoding="utf-8")
    sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8")
    # What `export-credentials` leaves there, to find itself called by itself: each command is a process of its own.
    os.environ.pop("_AWS_CLI_PROFILE_CHAIN", None)
    try:
        try:
            # A driver of its own for each command: one that is used twice remembers.
            status = awscli.clidriver.AWSCLIEntryPoint().main(argv)
        except SystemExit as leaving:
            status = leaving.code
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        for descriptor, saved in enumerate(kept):
            os.dup2(saved, descriptor)
            os.close(saved)
    printed = []
    for file in files[1:]:
        file.seek(0)
        printed.append(file.read().decode("utf-8", "replace"))
        file.close()
    return status, printed[0], printed[1]


def at_a_time(seconds):
    """While this holds, the CLI signs as if it were that time, in seconds of the epoch."""
    time = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).replace(tzinfo=None)
    clock = type("Clock", (datetime.datetime,), {"utcnow": classmethod(lambda _: time)})
    return unittest.mock.patch.object(botocore.auth, "datetime", types.SimpleNamespace(datetime=clock))


def members(shape, seen):
    """What the CLI's models know of a shape, as a tree: {"member": tree}; a list or map is the tree of what it holds."""
    if shape.type_name == "structure":
        if shape.name in seen:
            return {}
        return {name: members(member, seen + [shape.name]) for name, member in shape.members.items()}
    if shape.type_name == "list":
        return members(shape.member, seen)
    if shape.type_name == "map":
        return {"*": members(shape.value, seen)}
    return {}


def known(service, operation):
    """The members of an operation's answer; null where the CLI does not know the operation."""
    import botocore.model

    try:
        model = botocore.model.ServiceModel(one_loader().load_service_model(service, "service-2"), service)
        shape = model.operation_model(operation).output_shape
    except Exception:
        return None
    return members(shape, []) if shape is not None else {}


for line in channel_in:
    asked = json.loads(line)
    if "known" in asked:
        answer = known(*asked["known"])
    else:
        argv = asked["argv"]
        if "at" in asked:
            # An address that is only made: AWS's own, at the world's time.
            with at_a_time(asked["at"]):
                status, out, err = run(argv, asked.get("stdin", ""))
        else:
            if "--endpoint-url" not in argv:
                argv = ["--endpoint-url", ENDPOINT] + argv
            status, out, err = run(argv, asked.get("stdin", ""))
        answer = {"status": status, "stdout": out, "stderr": err}
    channel_out.write(json.dumps(answer) + "\n")
    channel_out.flush()
