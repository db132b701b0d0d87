"""Runs a command and writes what it and its children have used."""

import json
import resource
import subprocess
import sys

report, *command = sys.argv[1:]
result = subprocess.run(command, check=False)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
scale = 1024 * 1024 if sys.platform == "darwin" else 1024
with open(report, "w", encoding="utf8") as file:
    json.dump({"cpuMs": (usage.ru_utime + usage.ru_stime) * 1000, "userMs": usage.ru_utime * 1000, "rssMb": usage.ru_maxrss / scale}, file)
sys.exit(result.returncode)
