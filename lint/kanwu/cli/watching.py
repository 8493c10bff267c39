"""`--watch`: check again whenever documents or configuration change.

By looking at sizes and times of change, and not by notifications of the operating system: these do not
reach network folders and containers, and would be a further dependency. A look at 4,000 files takes
some 50 ms; looks are made so far apart that they take a tenth of the time at most.
"""

from __future__ import annotations

import gc
import os
import time
from typing import TYPE_CHECKING

import click

from kanwu.cli.interruption import Terminated
from kanwu.cli.languages import current
from kanwu.documents.reading import STDIN, UnreadableError
from kanwu.documents.walking import Missing, Walker
from kanwu.policy.settings import ConfigurationError
from kanwu.session.shards import folder_of, workshop

if TYPE_CHECKING:
    from collections.abc import Callable

    from kanwu.policy.loading import Resolver
    from kanwu.session.run import Request

    Snapshot = dict[str, tuple[int, int, int] | None]
    """Files, each with size, time of change and inode; None for what is not there, and beside settings."""

SHORTEST = 0.3
"""Seconds between two looks."""
SHARE = 9
"""So many times as long as a look the next one waits."""
SETTLING = 0.1
"""Seconds after which a program that writes several files has written the next one."""


def watched(
    run: Callable[[], int],
    request: Request,
    resolve: Callable[[], Resolver],
    *,
    quiet: bool,
) -> int:
    """Run, and run again after every change, until Ctrl-C. Returns the last exit status."""
    if request.mode != "check" or STDIN in request.paths:
        raise click.UsageError("--watch checks files again when they change, and repairs nothing")
    status = 0
    try:
        while True:
            before = snapshot(request, resolve)
            click.clear()  # does nothing where standard output is no terminal
            # A rule that was given up in one run has its chance in the next.
            workshop.cache_clear()
            try:
                status = run()
            except click.UsageError as error:
                error.show()
                status = error.exit_code
            if not quiet:
                click.echo(current().word("Watching for changes; Ctrl-C ends"), err=True)
            gc.collect()
            wait_for_change(before, request, resolve)
    except Terminated:
        raise
    except KeyboardInterrupt:
        return status


def wait_for_change(before: Snapshot, request: Request, resolve: Callable[[], Resolver]) -> None:
    """Return when something has changed, and nothing changes any more for a moment."""
    pause = SHORTEST
    while True:
        started = time.perf_counter()
        now = snapshot(request, resolve)
        if now != before:
            break
        pause = max(SHORTEST, SHARE * (time.perf_counter() - started))
        time.sleep(pause)
    for _ in range(20):
        time.sleep(SETTLING)
        latest = snapshot(request, resolve)
        if latest == now:
            return
        now = latest


def snapshot(request: Request, resolve: Callable[[], Resolver]) -> Snapshot:
    """All that decides what is found: the documents and the settings, whatever files these come from.

    Where the configuration cannot be used, what is wrong with it stands in their place.
    """
    files: dict[str, None] = {}
    try:
        resolver = resolve()
        walker = Walker(resolver.for_folder, exclude_named=request.exclude_named)
        settings = {id(own := resolver.for_folder(os.getcwd())): own}
        for found in walker.find(request.paths):
            source = found.source if isinstance(found, Missing) else found
            files[source.path] = None
            own = resolver.for_folder(folder_of(source))
            settings[id(own)] = own
    except (ConfigurationError, UnreadableError) as error:
        return {str(error): None}
    # They hold the texts of files of rules, and the state of the baseline.
    return {path: seen(path) for path in files} | {repr(own): None for own in settings.values()}


def seen(path: str) -> tuple[int, int, int] | None:
    """What tells that a file has changed."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
