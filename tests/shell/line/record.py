#!/usr/bin/env python3
"""Records `bash.sh-story` from bash and the GNU programs of this machine: python3 record.py bash.sh-story"""
import os, re, subprocess, sys, tempfile

path = sys.argv[1]
out, lines, at, script = [], open(path).read().split("\n"), 0, []
folder = tempfile.mkdtemp()


def run(commands):
    """Each command in one bash, with marks between; answers stdout, stderr and status of each."""
    with open(folder + ".sh", "w") as file:
        for number, command in enumerate(commands):
            # eval, so that a syntax error ends one command only.
            quoted = "'" + command.replace("'", "'\\''") + "'"
            file.write(f"eval {quoted} >{folder}.out{number} 2>{folder}.err{number}; __s=$?; echo $__s >{folder}.st{number}; (exit $__s)\n")
    subprocess.run(["bash", folder + ".sh"], cwd=folder, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}, stdin=subprocess.DEVNULL)
    answers = []
    for number in range(len(commands)):
        read = lambda kind: open(f"{folder}.{kind}{number}").read() if os.path.exists(f"{folder}.{kind}{number}") else ""
        error = re.sub(r"^\S*\.sh: (eval: )?line \d+: ", "bash: ", read("err"), flags=re.M)
        error = "\n".join(line for line in error.split("\n") if not line.startswith("bash: `"))
        answers.append((read("out"), error, int(read("st") or 1)))
    return answers


def written(stdout, stderr, status):
    text = []
    for mark, stream in (("|", stdout), ("!", stderr)):
        for line in stream.splitlines(keepends=True):
            end = "" if line.endswith("\n") else "\\"
            line = line.rstrip("\n")
            text.append(f"{mark}{' ' if line or end else ''}{line}{end}")
    if status:
        text.append(f"= {status}")
    return text


sections, current = [], []
for line in lines:
    if line.startswith("=== "):
        sections.append(current)
        current = []
    if not re.match(r"^[|!=] |^[|!]$", line) or line.startswith("=== "):
        current.append(line)
sections.append(current)
for section in sections:
    subprocess.run(f"rm -rf {folder} {folder}.*; mkdir {folder}", shell=True)
    commands, places = [], []
    for place, line in enumerate(section):
        if line.startswith("$ "):
            commands.append(line[2:])
            places.append(place)
        elif line.startswith(">") and commands and places[-1] < place:
            commands[-1] += "\n" + (line[2:] if line.startswith("> ") else line[1:])
            places[-1] = place
    answers = dict(zip(places, run(commands)))
    for place, line in enumerate(section):
        out.append(line)
        if place in answers:
            out.extend(written(*answers[place]))
open(path, "w").write("\n".join(out))
