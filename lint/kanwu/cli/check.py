"""`kanwu check`: look for defects and report them."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.errors import in_language
from kanwu.cli.interruption import status_of
from kanwu.cli.options import checking_options
from kanwu.cli.outputs import refuse_unwritable, settled, told_where_unwritable
from kanwu.cli.runs import (
    Configured,
    configured_corpus,
    make_ready,
    progress_of,
    refused_as_misuse,
    rules_at_work,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kanwu.cli.presenting import Shown
    from kanwu.fixes.applying import Removal
    from kanwu.policy.loading import Resolver
    from kanwu.session.result_cache import ResultCache
    from kanwu.session.run import Executing, Request


@click.command(
    "check",
    epilog="""\b
Examples:
  kanwu check articles/
  kanwu check --select ENC,PUN --statistics articles/
  kanwu check --explain article.txt
  kanwu check --output-format jsonl articles/ > findings.jsonl
  cat article.md | kanwu check --stdin-filename article.md -
""",
)
@click.option(
    "--fix", "fixing", is_flag=True, help="Repair what is safe to repair (as `kanwu fix`)."
)
@click.option(
    "--watch", is_flag=True, help="Check again whenever documents or configuration change."
)
@checking_options
def command(**words: Any) -> None:
    """Look for defects in files and folders, and report each with its place and evidence.

    Folders are searched for .txt and .md files; hidden files and what .gitignore excludes are left
    out. A single - is standard input. Without a path the working folder is checked.

    Exit status: 0 nothing found at or above --fail-on, 1 findings, 2 wrong use or a named file that
    could not be read, 130 interrupted.
    """
    execute(**words)


def execute(
    paths: tuple[str, ...],
    *,
    fixing: bool,
    watch: bool = False,
    unsafe_fixes: bool,
    diff: bool,
    force_exclude: bool,
    no_cache: bool,
    stdin_filename: str | None,
    jobs: int | None,
    executor: Executing | None,
    ray_address: str | None,
    removed: str | None,
    output_file: str | None,
    **others: Any,
) -> None:
    """Do what the options of `check` and `fix` say, and end the process with the exit status."""
    # Here and not above, so that --help and --version load none of it.
    from kanwu.cli.errors import death_told
    from kanwu.cli.presenting import Shown, present
    from kanwu.engine.discovery import Undiscovered
    from kanwu.session.run import Request, carry_out, plan

    make_ready()
    where = Configured.taken_from(others)
    remembers = not (where.isolated or no_cache)
    shown = Shown(**{name: others.pop(name) for name in Shown._fields})
    shown = shown._replace(
        outputs=settled(
            shown.outputs, output_file, statistics=shown.statistics, explain=shown.explain
        )
    )
    refuse_unwritable(shown.outputs)
    request = Request(
        paths or (".",),
        mode="diff" if diff else "fix" if fixing else "check",
        unsafe=unsafe_fixes,
        jobs=jobs,
        executor=executor,
        ray_address=ray_address,
        stdin_name=stdin_filename,
        exclude_named=force_exclude,
    )

    def resolve() -> Resolver:
        return where.resolver(Undiscovered(), others)

    def run() -> int:
        started = time.perf_counter()
        with refused_as_misuse():
            resolver = resolve()
            with (
                rules_at_work(),
                result_cache(resolver, request, shown, use=remembers) as open_cache,
                removals_file(None if diff else removed) as keep_removals,
                configured_corpus(resolver, use_index=remembers) as corpus,
            ):
                planned = plan(request, resolver, open_cache)
                with progress_of(planned, shown) as progress:
                    result = carry_out(
                        planned,
                        resolver,
                        advance=progress.advance,
                        keep_removals=keep_removals,
                        corpus=corpus,
                        tell=death_told(shown.languages.wording().language, quiet=shown.quiet),
                    )
        with told_where_unwritable():
            return present(result, request, resolver, shown, time.perf_counter() - started)

    if watch:
        from kanwu.cli.watching import watched

        sys.exit(watched(run, request, resolve, quiet=shown.quiet))
    try:
        status = run()
    except KeyboardInterrupt as interrupt:
        said = shown.languages.wording().word("interrupted; every file is whole, old or new")
        click.echo(f"kanwu: {said}", err=True)
        status = status_of(interrupt)
    sys.exit(status)


@contextlib.contextmanager
def removals_file(path: str | None) -> Iterator[Callable[[list[Removal]], None]]:
    """Where to add what fixes take out. Opened before anything is fixed: it may not be writable."""
    if path is None:
        yield lambda _: None
        return
    from kanwu.reporters.removals import as_line

    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(open(path, "a", encoding="utf-8", newline="\n"))
        except OSError as error:
            raise click.UsageError(
                f"--removed {path}: cannot be written: {error.strerror}"
            ) from error

        def keep(removals: list[Removal]) -> None:
            file.writelines(map(as_line, removals))
            file.flush()

        yield keep


@contextlib.contextmanager
def result_cache(
    resolver: Resolver, request: Request, shown: Shown, *, use: bool
) -> Iterator[Callable[[], ResultCache | None]]:
    """Opens the cache of results that the settings of the working folder name, in runs that only check."""
    opened: list[ResultCache] = []

    def open_cache() -> ResultCache | None:
        if not use or request.mode != "check":
            return None
        from kanwu.session.result_cache import ResultCache

        opened.append(ResultCache(resolver.for_folder(os.getcwd()).cache_dir))
        return opened[0]

    try:
        yield open_cache
    finally:
        for cache in opened:
            cache.finish()
            if cache.trouble and not shown.quiet:
                click.echo(f"kanwu: {in_language(cache.trouble, shown.languages.people)}", err=True)
