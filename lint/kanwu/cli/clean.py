"""`kanwu clean`: a repaired copy of datasets and folders, with a record of every change."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.interruption import status_of
from kanwu.cli.languages import LANG
from kanwu.cli.options import (
    COLOR,
    CONFIGURING,
    EXECUTOR,
    JUDGING,
    SELECTING,
    UNSAFE,
    Words,
    grouped,
    words_option,
)
from kanwu.cli.outputs import INSTALL_REPORT
from kanwu.cli.runs import (
    CLEAN,
    FOUND,
    MISUSED,
    Configured,
    make_ready,
    refused_as_misuse,
    rules_at_work,
)

if TYPE_CHECKING:
    from kanwu.cleaning.conditions import Conditions
    from kanwu.cleaning.running import Cleaned
    from kanwu.cli.languages import Languages
    from kanwu.reporters.summary import Summary
    from kanwu.session.run import Executing


@click.command(
    "clean",
    epilog="""\b
Examples:
  kanwu clean corpus.jsonl.gz -o clean/
  kanwu clean corpus/ -o clean/ --unsafe-fixes --drop too-short:50,errors:3
  kanwu clean corpus.jsonl -o clean/ --drop near-duplicate --jobs 8
""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATHS...")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(),
    required=True,
    metavar="FOLDER",
    help="Where the copy is put: a new or an empty folder.",
)
@words_option(
    "--drop",
    "Leave out rows that are too-short:N (code points), have more than errors:N, or are a duplicate or a "
    "near-duplicate.",
    Words(),
)
@click.option(
    "--source-field",
    metavar="NAME",
    help="The field of a row that says where it comes from: corpus.html counts by it.  [default: by file]",
)
@grouped((UNSAFE, *SELECTING[1:], *JUDGING, COLOR, LANG, *CONFIGURING, *EXECUTOR))
def command(**words: Any) -> None:
    """Write a repaired copy of datasets, files and folders, and leave these as they are.

    In the folder, data/ holds the copy: the same names, formats and packing, and every row that no fix
    touches byte for byte. findings/ tells what is left in it, removed/ what fixes took out, dropped/ which
    rows were left out and why, manifest.json what was made of what. corpus.html shows it all in numbers,
    plots and examples.

    A run that was ended goes on where it was when the same command is given again.

    Exit status: 0 nothing is left at or above --fail-on, 1 findings are left, 2 wrong use or a named file
    that could not be read, 130 interrupted.
    """
    execute(**words)


def execute(
    paths: tuple[str, ...],
    *,
    out: str,
    drop: tuple[str, ...],
    source_field: str | None,
    unsafe_fixes: bool,
    force_exclude: bool,
    exit_zero: bool,
    quiet: bool,
    color: str,
    languages: Languages,
    jobs: int | None,
    executor: Executing | None,
    ray_address: str | None,
    **others: Any,
) -> None:
    """Make the copy, and end the process with the exit status."""
    from kanwu.cleaning.folder import refuse_overlap
    from kanwu.cleaning.running import Wish, clean_all
    from kanwu.cli.errors import death_told
    from kanwu.cli.presenting import chosen_codes, tell_overlooked
    from kanwu.engine.discovery import discover
    from kanwu.reporters.progress import Progress, look_for
    from kanwu.session.run import Request, plan

    started = time.perf_counter()
    make_ready()
    where = Configured.taken_from(others)
    conditions = conditions_for(paths, drop)
    words = languages.wording()
    wish = Wish(paths, out, unsafe_fixes, conditions, drop, languages.programs, source_field)
    request = Request(
        paths,
        mode="clean",
        unsafe=unsafe_fixes,
        source_field=source_field,
        jobs=jobs,
        executor=executor,
        ray_address=ray_address,
        exclude_named=force_exclude,
    )
    try:
        with refused_as_misuse():
            refuse_overlap(out, paths)
            resolver = where.resolver(discover(), others)
            planned = plan(request, resolver)
            if not planned.sources:
                for source, why in planned.missing:
                    raise click.UsageError(f"{source.display} cannot be read: {why}")
                click.echo(words.word("No documents found: nothing was checked"), err=True)
                tell_overlooked(paths, words)
                sys.exit(CLEAN)
            with (
                rules_at_work(),
                Progress(
                    planned.unpacked_bytes,
                    look=look_for(sys.stderr, quiet=quiet),
                    task="Cleaning",
                    wording=words,
                ) as progress,
            ):
                cleaned = clean_all(
                    planned,
                    resolver,
                    wish,
                    chosen=chosen_codes(resolver),
                    progress=progress,
                    tell=death_told(words.language, quiet=quiet),
                )
    except OSError as error:
        raise click.UsageError(f"{out}: cannot be written: {error.strerror or error}") from error
    except KeyboardInterrupt as interrupt:
        said = words.word("interrupted; the same command goes on from here")
        click.echo(f"kanwu: {said}", err=True)
        sys.exit(status_of(interrupt))
    seconds = time.perf_counter() - started
    tell(cleaned, out, languages, color, quiet=quiet, seconds=seconds, fresh=progress.fresh)
    if cleaned.named_unreadable:
        sys.exit(MISUSED)
    sys.exit(FOUND if cleaned.failing and not exit_zero else CLEAN)


def conditions_for(paths: tuple[str, ...], drop: tuple[str, ...]) -> Conditions:
    """What is left out. Raises UsageError for words that name no condition, and for standard input."""
    from kanwu.cleaning.conditions import conditions_of
    from kanwu.documents.reading import STDIN

    if STDIN in paths:
        raise click.UsageError("standard input is no file that could be copied; use kanwu fix -")
    try:
        return conditions_of(drop)
    except ValueError as error:
        raise click.UsageError(f"--drop: {error}") from error


def tell(
    cleaned: Cleaned,
    out: str,
    languages: Languages,
    color: str,
    *,
    quiet: bool,
    seconds: float,
    fresh: int,
) -> None:
    """Say what could not be read, and what was done; `fresh` are the bytes that this run did itself."""
    from kanwu.cleaning.folder import PAGE
    from kanwu.cli.presenting import colored
    from kanwu.reporters.cleaning import amounts, lines_of, write_table
    from kanwu.reporters.summary import closing
    from kanwu.reporters.terminal import Palette

    words = languages.wording()
    for path, why in cleaned.faults:
        click.echo(f"kanwu: {path}: " + words("cannot be read: {reason}", reason=why), err=True)
    if quiet:
        return
    with_color = colored(color, sys.stderr)
    lines = lines_of(cleaned.counts, cleaned.fixed, cleaned.names)
    if lines:
        write_table(sys.stderr, lines, Palette(enabled=with_color), words)
    said = closing(summarized(cleaned, seconds), color=with_color, wording=words)
    click.echo(said, err=True, color=with_color)
    told = words(
        "{rows} in {out}: {changed:,} changed, {dropped:,} left out",
        rows=words.counted(cleaned.rows - cleaned.dropped, "row"),
        out=out,
        changed=cleaned.changed,
        dropped=cleaned.dropped,
    )
    click.echo(told, err=True)
    for line in amounts(
        read=cleaned.bytes_read,
        written=cleaned.bytes_written,
        speed=fresh / seconds,
        reasons=cleaned.reasons,
        parts=cleaned.parts,
        parts_before=cleaned.parts_before,
        wording=words,
    ):
        click.echo(line, err=True)
    if cleaned.page:
        click.echo(words("the page is in {path}", path=os.path.join(out, PAGE)), err=True)
    else:
        need = words("no page was written: it needs jinja2; run {command}", command=INSTALL_REPORT)
        click.echo(need, err=True)


def summarized(cleaned: Cleaned, seconds: float) -> Summary:
    """What a run has cleaned and left, in numbers."""
    from kanwu.policy.sieve import Fate
    from kanwu.reporters.summary import Summary

    return Summary(
        documents=cleaned.documents,
        characters=cleaned.characters,
        counts=cleaned.counts,
        unreadable=len(cleaned.faults),
        compared=dict(cleaned.compared),
        suppressed=cleaned.passed_over[Fate.SUPPRESSED],
        old=cleaned.passed_over[Fate.OLD],
        fixed=cleaned.fixed.total(),
        command="kanwu clean",
        seconds=seconds,
    )
