"""What the tests run as a process: it imports kanwu and its rules once, and every command is a fork of it.

To start Python and to import takes most of the time of a command on a few lines. A fork differs from a fresh
process in nothing but what is imported already: streams, folder, environment and words are its own, and it
ends as any process does.
"""

import importlib
import json
import os
import pkgutil
import socket
import sys

PACKAGES = ("kanwu.cli", "kanwu.session", "kanwu.cleaning", "kanwu.reporters", "kanwu_rules")
SIZE = 1 << 17


def import_all():
    """Import what commands may need, but for Ray, which starts threads, and which not all machines have."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(found.name)


def requested(channel):
    """Fork at every request, until there are no more; in the fork, the words of its command."""
    while True:
        request, streams, _, _ = socket.recv_fds(channel, SIZE, 3)
        if not request:
            sys.exit()
        if not (child := os.fork()):
            channel.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            told = json.loads(request)
            os.environ.clear()
            os.environ.update(told["environment"])
            os.chdir(told["folder"])
            return told["words"]
        for stream in streams:
            os.close(stream)
        channel.send(str(child).encode())
        _, status = os.waitpid(child, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


if __name__ == "__main__":
    import_all()
    sys.argv = requested(socket.socket(fileno=int(sys.argv[1])))
    sys.path[0] = os.path.dirname(sys.argv[0])
    from kanwu.cli.main import main

    sys.exit(main())
