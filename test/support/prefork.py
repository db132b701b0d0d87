"""Runs Python scripts in forks of one process that has imported what they need: prefork.py SOCKET MODULE ...

Importing dbt takes three seconds, a fork takes none. Each connection sends one JSON object {"argv", "cwd", "env", "input"}
and gets back {"status", "stdout", "stderr"} of a child that ran argv[0] as a script of its own. Ends when its standard input does.
"""

import gc
import importlib
import json
import os
import runpy
import select
import socket
import sys
import tempfile
import time
import traceback


def run(request: dict, output: tuple[int, int]) -> int:
    """In the child: becomes the script that was asked for, and returns its exit status."""
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    read, write = os.pipe()
    if os.fork() == 0:
        with os.fdopen(write, "w") as pipe:
            pipe.write(request["input"])
        os._exit(0)
    os.close(write)
    for target, source in ((0, read), (1, output[0]), (2, output[1])):
        os.dup2(source, target)
    sys.argv = request["argv"]
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
        return 0
    except SystemExit as exit:
        if exit.code is None or isinstance(exit.code, int):
            return exit.code or 0
        print(exit.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1


def start(connection: socket.socket) -> tuple:
    """Reads one request and forks the child that runs it."""
    received = b""
    while part := connection.recv(1 << 16):
        received += part
    files = (tempfile.TemporaryFile(), tempfile.TemporaryFile())
    child = os.fork()
    if child == 0:
        status = run(json.loads(received), (files[0].fileno(), files[1].fileno()))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return child, connection, files


def finish(connection: socket.socket, files: tuple, status: int) -> None:
    """Sends what the child wrote, and how it ended."""
    said = []
    for file in files:
        file.seek(0)
        said.append(file.read().decode("utf-8", "replace"))
        file.close()
    answer = {"status": os.waitstatus_to_exitcode(status), "stdout": said[0], "stderr": said[1]}
    try:
        connection.sendall(json.dumps(answer).encode())
    except OSError:
        pass  # whoever asked is gone
    connection.close()


path, *modules = sys.argv[1:]
server = socket.socket(socket.AF_UNIX)
server.bind(f"{path}.new")
server.listen(16)
os.rename(f"{path}.new", path)
for module in modules:
    importlib.import_module(module)
gc.collect()
gc.freeze()
running: dict[int, tuple] = {}
while True:
    ready, _, _ = select.select([server, sys.stdin], [], [], 0.02 if running else None)
    if sys.stdin in ready:
        break
    if server in ready:
        child, *rest = start(server.accept()[0])
        running[child] = tuple(rest)
    for child in list(running):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            finish(*running.pop(child), status)
