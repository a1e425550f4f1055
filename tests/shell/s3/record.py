#!/usr/bin/env python3
"""Plays `s3.sh-story` with the real AWS CLI (Debian's `awscli`) against `stratus-serve` and writes down what it prints:
python3 record.py PATH-TO-stratus-serve s3.sh-story. Signed addresses name the endpoint, so that section is left as it is."""
import os, re, subprocess, sys, tempfile, time

serve, path = sys.argv[1], sys.argv[2]
port = "4599"
endpoint = f"http://127.0.0.1:{port}"
server = subprocess.Popen([serve, "--port", port, "--time", "manual"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
keys = {}
while "AWS_SECRET_ACCESS_KEY" not in keys:
    keys.update(re.findall(r"export (\w+)=(\S+)", server.stdout.readline()))
folder = tempfile.mkdtemp()
home = tempfile.mkdtemp()
os.makedirs(home + "/.aws")
open(home + "/.aws/config", "w").write("[default]\nregion = us-east-1\ns3 =\n  max_concurrent_requests = 1\n")
environment = {**keys, "PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "UTC", "AWS_EC2_METADATA_DISABLED": "true"}
# Files are as old as the world: those that were just written get its time.
PRELUDE = f"""
now=1740992400
fresh() {{ find . -type f -newermt 2026-01-01 -exec touch -d "@$now" {{}} +; }}
aws() {{ fresh; /usr/bin/aws --endpoint-url {endpoint} "$@"; }}
sleep() {{ fresh; now=$((now + $1)); curl -s -X POST "{endpoint}/_stratus/advance?seconds=$1" >/dev/null; }}
"""


def run(commands):
    text = PRELUDE
    for number, command in enumerate(commands):
        quoted = "'" + command.replace("'", "'\\''") + "'"
        for name in re.findall(r"> (\w+)/(?:(\w+)/)?", command):
            text += f"mkdir -p {'/'.join(part for part in name if part)}\n"
        text += f"eval {quoted} >{home}/out{number} 2>{home}/err{number}; echo $? >{home}/st{number}\n"
    open(home + "/script", "w").write(text)
    subprocess.run(["bash", home + "/script"], cwd=folder, env=environment, stdin=subprocess.DEVNULL)
    return [tuple(open(f"{home}/{kind}{number}", newline="").read() for kind in ("out", "err", "st")) for number in range(len(commands))]


def written(stdout, stderr, status):
    text = []
    for mark, stream in (("|", stdout), ("!", stderr)):
        stream = stream.replace(folder, "/tray")
        for line in stream.split("\n")[:-1] if stream.endswith("\n") else stream.split("\n"):
            if "\r" in line:
                # Progress, and what is padded to write over it.
                line = line.split("\r")[-1].rstrip(" ")
                if not line:
                    continue
            text.append(f"{mark}{' ' if line else ''}{line}")
    if stdout == "" :
        text = [line for line in text if not line.startswith("|")]
    if stderr == "":
        text = [line for line in text if not line.startswith("!")]
    if int(status):
        text.append(f"= {int(status)}")
    return text


out, sections, current = [], [], []
for line in open(path).read().split("\n"):
    if line.startswith("=== "):
        sections.append(current)
        current = []
    current.append(line)
sections.append(current)
for section in sections:
    if any(line.startswith("=== Signed") for line in section):
        out.extend(section)
        continue
    section = [line for line in section if line.startswith("===") or not re.match(r"^[|!=]( |$)", line)]
    subprocess.run(f"rm -rf {folder}/*; curl -s -X POST {endpoint}/_stratus/reset >/dev/null", shell=True)
    commands = [line[2:] for line in section if line.startswith("$ ")]
    answers = iter(run(commands))
    for line in section:
        out.append(line)
        if line.startswith("$ "):
            out.extend(written(*next(answers)))
server.kill()
open(path, "w").write("\n".join(out))
