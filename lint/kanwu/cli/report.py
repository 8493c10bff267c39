"""`kanwu report`: the findings as one page for a browser."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.interruption import status_of
from kanwu.cli.languages import SPOKEN
from kanwu.cli.options import JUDGING, RUNNING, SELECTING, grouped
from kanwu.cli.outputs import (
    INSTALL_REPORT,
    Output,
    opened,
    refuse_unwritable,
    told_where_unwritable,
)
from kanwu.cli.runs import (
    Configured,
    configured_corpus,
    make_ready,
    progress_of,
    refused_as_misuse,
    rules_at_work,
)

if TYPE_CHECKING:
    from kanwu.cli.languages import Languages
    from kanwu.reporters.html.view import View
    from kanwu.reporters.summary import Summary
    from kanwu.reporters.wording import Wording
    from kanwu.session.run import Executing, Plan

STDOUT = "-"
DEFAULT = "kanwu-report.html"


@click.command(
    "report",
    epilog="""\b
Examples:
  kanwu report articles/ -o report.html
  kanwu report --select FIG,TRU articles/ -o figures.html
  kanwu report articles/ -o - | gzip > report.html.gz
""",
)
@grouped(SELECTING)
@click.option(
    "-o",
    "--output-file",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    default=DEFAULT,
    show_default=True,
    help="Where the page is written; - is standard output.",
)
@click.option(
    "--max-documents",
    type=click.IntRange(min=1),
    metavar="N",
    help="Show the text of at most so many documents; all are counted.  [default: 500]",
)
@click.option(
    "--max-findings",
    type=click.IntRange(min=1),
    metavar="N",
    help="Show at most so many findings of a document; all are counted.  [default: 200]",
)
@SPOKEN
@grouped(JUDGING)
@grouped(RUNNING)
def command(**words: Any) -> None:
    """Write the findings as one page for a browser: complete in itself, it loads nothing.

    The page has the documents with their findings in the margin, what each fix would change, claims that
    conflict side by side, and the ledger of figures. It is filtered by rule, severity, file and words.

    What is checked, and the exit status, are those of `kanwu check` with the same options.
    """
    try:
        import jinja2  # noqa: F401 - the page is made with it
    except ImportError as error:
        raise click.UsageError(
            f"the report needs jinja2, which is not installed; run {INSTALL_REPORT}"
        ) from error
    execute(**words)


def execute(
    paths: tuple[str, ...],
    *,
    output_file: str,
    max_documents: int | None,
    max_findings: int | None,
    force_exclude: bool,
    exit_zero: bool,
    quiet: bool,
    no_cache: bool,
    jobs: int | None,
    executor: Executing | None,
    ray_address: str | None,
    languages: Languages,
    **others: Any,
) -> None:
    """Check the documents, write the page, and end the process with the exit status."""
    from kanwu.cli.errors import death_told
    from kanwu.cli.presenting import Shown, summarized
    from kanwu.documents.reading import STDIN
    from kanwu.engine.discovery import discover
    from kanwu.reporters.html.view import Limits, View
    from kanwu.session.run import Request, carry_out, plan

    started = time.perf_counter()
    make_ready()
    where = Configured.taken_from(others)
    if STDIN in paths:
        raise click.UsageError(
            "the report shows files, and standard input is none: write it to a file first"
        )
    output = Output("html", None if output_file == STDOUT else output_file)
    refuse_unwritable((output,))
    limits = Limits()
    limits = limits._replace(
        documents=max_documents or limits.documents,
        findings=max_findings or limits.findings,
        in_all=max(limits.in_all, max_findings or 0),
    )
    request = Request(
        paths or (".",),
        jobs=jobs,
        executor=executor,
        ray_address=ray_address,
        exclude_named=force_exclude,
    )
    try:
        with refused_as_misuse():
            resolver = where.resolver(discover(), others)
            planned = plan(request, resolver)
            refuse_overwriting(output.path, planned)
            shown = Shown(
                (output,),
                statistics=False,
                explain=False,
                quiet=quiet,
                color="auto",
                languages=languages,
                exit_zero=exit_zero,
            )
            with (
                rules_at_work(),
                progress_of(planned, shown) as progress,
                configured_corpus(resolver, use_index=not (where.isolated or no_cache)) as corpus,
            ):
                result = carry_out(
                    planned,
                    resolver,
                    advance=progress.advance,
                    keep_removals=lambda _: None,
                    corpus=corpus,
                    tell=death_told(languages.wording().language, quiet=quiet),
                )
            view = View(list(result.findings), limits, languages.wording())
            fill(view, planned)
    except KeyboardInterrupt as interrupt:
        said = languages.wording().word("interrupted; no report was written")
        click.echo(f"kanwu: {said}", err=True)
        sys.exit(status_of(interrupt))
    summary = summarized(
        result, request, resolver, time.perf_counter() - started, exit_zero=exit_zero
    )
    write(view, summary, output, languages.wording(), quiet=quiet)
    sys.exit(summary.exit_status)


def refuse_overwriting(path: str | None, planned: Plan) -> None:
    """Raise UsageError where the page would be written over a document that it is about."""
    if path is None or not os.path.exists(path):
        return
    for source in planned.sources:
        with contextlib.suppress(OSError):  # standard input, or a file that is gone
            if os.path.samefile(source.path, path):
                raise click.UsageError(
                    f"{path}: the report would overwrite a document that it is about"
                )


def write(view: View, summary: Summary, output: Output, wording: Wording, *, quiet: bool) -> None:
    """Make the page and write it, whole or not at all."""
    from datetime import UTC, datetime

    from kanwu.cli.presenting import colored
    from kanwu.reporters.html.page import page
    from kanwu.reporters.html.words import Words
    from kanwu.reporters.summary import closing

    made = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    words = Words(wording.language)
    text = page(view, summary, made=made, words=words, wording=wording)
    with told_where_unwritable(), opened(output.path, sys.stdout) as stream:
        if output.path is None:
            sys.stdout.buffer.write(text.encode())
        else:
            stream.write(text)
    if not quiet:
        color = colored("auto", sys.stderr)
        click.echo(closing(summary, color=color, wording=wording), err=True, color=color)
        if output.path is not None:
            click.echo(wording("The report is in {path}", path=output.path), err=True)


def fill(view: View, planned: Plan) -> None:
    """Give the page the documents of the run, and those that its findings name besides."""
    from kanwu.engine.discovery import ledgers
    from kanwu.session.ledger import claimed
    from kanwu.session.run import document_at

    # What could not be read is among the findings already.
    for document, entries in claimed(planned, list(ledgers()), lambda _: None):
        view.take(document, entries)
    for path, record in view.needs():
        besides = document_at(path) if record is None else None
        if besides is not None:
            view.take(besides, ())
