"""Runs the boto3 programs beside this file, each on a new world: every function whose name does not begin with an underscore,
of every other Python file here whose name does not begin with one, in the order of files and lines. Its parameters say what it is given: `session` (a
boto3.Session), `reset`, `advance` (seconds of virtual time), or the name of a client (`ec2`, `s3`, `iam`…) or, with `_resource`
behind it, of a resource.

usage: python run.py ENDPOINT [WORD]       runs those whose file or function name holds the word
"""

import importlib
import inspect
import json
import pathlib
import sys
import traceback
import urllib.request

import boto3
import botocore.config

ENDPOINT = sys.argv[1]
WORD = sys.argv[2] if len(sys.argv) > 2 else ""
FOLDER = pathlib.Path(__file__).parent
sys.path.insert(0, str(FOLDER))
# Whoever is refused hears it at once; a waiter asks again without a pause, because virtual time does not wait.
CONFIG = botocore.config.Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"})


def post(path):
    with urllib.request.urlopen(urllib.request.Request(ENDPOINT + path, method="POST", data=b"")) as answer:
        return json.load(answer)


def reset():
    return post("/_stratus/reset")


def advance(seconds):
    return post(f"/_stratus/advance?seconds={seconds}")


def given(session, name):
    """What a program's parameter stands for."""
    if name == "session":
        return session
    if name in ("reset", "advance"):
        return globals()[name]
    if name.endswith("_resource"):
        return session.resource(name.removesuffix("_resource"), endpoint_url=ENDPOINT, config=CONFIG)
    return session.client(name, endpoint_url=ENDPOINT, config=CONFIG)


def programs():
    for path in sorted(FOLDER.glob("*.py")):
        if path.name == "run.py" or path.name.startswith("_"):
            continue
        module = importlib.import_module(path.stem)
        functions = [
            function
            for name, function in vars(module).items()
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        ]
        for function in sorted(functions, key=lambda function: function.__code__.co_firstlineno):
            if WORD in f"{path.stem}.{function.__name__}":
                yield f"{path.stem}.{function.__name__}", function


def main():
    session = boto3.Session(region_name="us-east-1")
    run, failed = 0, []
    for name, program in programs():
        reset()
        run += 1
        try:
            program(**{parameter: given(session, parameter) for parameter in inspect.signature(program).parameters})
        except Exception:
            failed.append(name)
            print(f"FAILED {name}: {(program.__doc__ or '').strip()}")
            # The program's own lines and the error, not boto3's inside.
            print("".join(traceback.format_exception(*sys.exc_info(), limit=-3)))
    print(f"{run} programs, {len(failed)} failed")
    return 1 if failed or not run else 0


sys.exit(main())
