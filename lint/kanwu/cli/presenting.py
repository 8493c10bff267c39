"""Showing what came of a run: findings, changes, how much was checked, and the exit status."""

from __future__ import annotations

import os
import sys
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

from kanwu.cli.outputs import Output, opened, terminal_width
from kanwu.cli.runs import CLEAN, FOUND, MISUSED
from kanwu.documents.datasets.parts import is_dataset
from kanwu.documents.reading import STDIN
from kanwu.engine.discovery import Undiscovered, discover
from kanwu.engine.internal import UnreadableFile
from kanwu.policy import selection
from kanwu.policy.rule_files import catalogue_for
from kanwu.policy.sieve import Fate
from kanwu.reporters.base import reporter_for
from kanwu.reporters.summary import Summary, Tally, closing
from kanwu.session.run import overlooked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.cli.languages import Languages
    from kanwu.engine.finding import Finding
    from kanwu.policy.loading import Resolver
    from kanwu.reporters.wording import Wording
    from kanwu.session.run import Request, Result
    from kanwu.session.stores.findings import Findings


class Shown(NamedTuple):
    """The options that say how results are shown."""

    outputs: tuple[Output, ...]
    statistics: bool
    explain: bool
    quiet: bool
    color: str
    languages: Languages
    exit_zero: bool


def present(
    result: Result, request: Request, resolver: Resolver, shown: Shown, seconds: float
) -> int:
    """Write the findings, or the changes, and how much was checked. Returns the exit status."""
    chosen = chosen_codes(resolver)
    summary = summarized(result, request, resolver, seconds, exit_zero=shown.exit_zero)
    stream = sys.stdout
    if request.mode == "diff":
        write_changes(result, stream, color=colored(shown.color, stream))
        stream = sys.stderr
    elif request.mode == "fix" and STDIN in request.paths:
        write_repaired_input(result)
        stream = sys.stderr
    for output in shown.outputs:
        findings: Findings | list[Finding] = result.findings
        if request.mode == "diff" and output.path is None:
            # A diff has no room for findings; only what could not be checked or fixed is told beside it.
            findings = list(filter(is_internal, findings))
            if not findings:
                continue
        with opened(output.path, stream) as target:
            chosen_reporter = reporter_for(output.format, statistics=shown.statistics)
            wording = shown.languages.wording(machine=chosen_reporter.machine)
            reporter = chosen_reporter(
                target,
                color=colored(shown.color, target),
                width=terminal_width(target),
                chosen=chosen,
                explained=explanations(findings, resolver, wording) if shown.explain else {},
                wording=wording,
            )
            reporter.write(findings)
            reporter.close(summary)
    stream.flush()
    if not shown.quiet:
        color = colored(shown.color, sys.stderr)
        dry_run = request.mode == "diff"
        wording = shown.languages.wording()
        said = closing(summary, color=color, dry_run=dry_run, wording=wording)
        click.echo(said, err=True, color=color)
        if not summary.documents and not summary.unreadable:
            tell_overlooked(request.paths, wording)
    assert summary.exit_status is not None
    return summary.exit_status


def tell_overlooked(paths: Iterable[str], wording: Wording) -> None:
    """Name a dataset that lies in a folder of which nothing was read."""
    if found := overlooked(paths):
        template = "{path} is a dataset, and these are taken from folders only where --extensions names {ending}"
        click.echo(wording(template, path=found[0], ending=found[1]), err=True)


def explanations(
    findings: Iterable[Finding], resolver: Resolver, wording: Wording
) -> dict[str, str]:
    """What the rules of some findings flag, in a sentence, by their codes."""
    explained: dict[str, str] = {}
    for finding in findings:
        if finding.code not in explained:
            settings = resolver.for_file(os.path.abspath(finding.place.path))
            rule = catalogue_for(discover(), settings).by_code[finding.code]
            explained[finding.code] = wording.summary(rule)
    return explained


def chosen_codes(resolver: Resolver) -> frozenset[str]:
    """The codes of the rules that are selected by code or name in the working folder."""
    settings = resolver.for_folder(os.getcwd())
    return selection.chosen(catalogue_for(Undiscovered(), settings), settings)


def summarized(
    result: Result, request: Request, resolver: Resolver, seconds: float, *, exit_zero: bool = False
) -> Summary:
    """What a run has checked and found, in numbers."""
    tally = Tally(chosen_codes(resolver))
    tally.add(result.findings)
    counts = tally.counts()
    return Summary(
        documents=result.documents,
        characters=result.characters,
        counts=counts,
        files=tally.files(),
        unreadable=sum(count.findings for count in counts if count.code == UnreadableFile.code),
        compared=dict(result.compared),
        suppressed=result.passed_over[Fate.SUPPRESSED],
        old=result.passed_over[Fate.OLD],
        fixed=None if request.mode == "check" else result.fixed,
        command="kanwu clean" if any(map(is_dataset, request.paths)) else "kanwu fix",
        seconds=seconds,
        exit_status=exit_status(result, request, resolver, exit_zero=exit_zero),
    )


def write_changes(result: Result, stream: TextIO, *, color: bool) -> None:
    """Write what `fix` would write, as a diff."""
    from kanwu.reporters.diff import write_diff

    for change in result.changes:
        write_diff(
            stream,
            change.path,
            change.old,
            change.new,
            change.encoding,
            new_encoding=change.new_encoding,
            color=color,
        )


def write_repaired_input(result: Result) -> None:
    """Write the repaired text of standard input, whether or not it changed."""
    for change in result.changes:
        sys.stdout.buffer.write(change.data)
    sys.stdout.buffer.flush()


def colored(wish: str, stream: TextIO) -> bool:
    """Whether to write colours: as wished, else on a terminal unless the environment says no."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def exit_status(result: Result, request: Request, resolver: Resolver, *, exit_zero: bool) -> int:
    """2 for a named file that could not be read, 1 for findings that count, else 0."""
    if result.named_unreadable:
        return MISUSED
    if exit_zero:
        return CLEAN
    if request.mode == "diff":
        would_write = any(change.differs for change in result.changes)
        return FOUND if would_write or any(map(is_internal, result.findings)) else CLEAN
    for path, findings in groupby(result.findings, lambda finding: finding.place.path):
        least = resolver.for_file(os.path.abspath(path)).fail_on.rank
        if any(finding.severity.rank >= least for finding in findings):
            return FOUND
    return CLEAN


def is_internal(finding: Finding) -> bool:
    """Whether the engine itself speaks: something was not checked, or not written."""
    return finding.code.startswith("INT")
