"""`kanwu figures`: the ledger of figures."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.interruption import status_of
from kanwu.cli.languages import LANG
from kanwu.cli.options import DATASETS, RULE_FILES, grouped, words_option
from kanwu.cli.runs import MISUSED, make_ready, overrides_of

if TYPE_CHECKING:
    from kanwu.cli.languages import Languages
    from kanwu.reporters.ledger import LedgerWriter
    from kanwu.reporters.wording import Wording
    from kanwu.session.ledger import Unread
    from kanwu.session.run import Request

# What `kanwu.reporters.ledger` names too; a test holds them together.
FORMATS = ("text", "csv", "jsonl")


@click.command(
    "figures",
    epilog="""\b
Examples:
  kanwu figures articles/
  kanwu figures report.txt --output-format csv > figures.csv
  kanwu figures articles/ --output-format jsonl | grep '"kind": "money"'
  kanwu figures articles/ --alignments
  cat article.txt | kanwu figures -
""",
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How the figures are written.",
)
@click.option(
    "--alignments",
    is_flag=True,
    help="List how the figures of different documents were compared, in place of the figures.",
)
@words_option("--exclude", "Leave out what matches these patterns, in place of configured ones.")
@words_option("--extend-exclude", "Leave out what matches these patterns too.")
@grouped(DATASETS)
@click.option("-q", "--quiet", is_flag=True, help="No summary on standard error.")
@click.option(
    "--config", type=click.Path(dir_okay=False), metavar="FILE", help="Use this configuration file."
)
@LANG
@RULE_FILES
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
@click.option(
    "--no-cache",
    is_flag=True,
    help="As for check; figures are read from the files themselves in any case.",
)
@click.option(
    "--stdin-filename", metavar="NAME", help="What standard input is called, for its markup."
)
def command(
    paths: tuple[str, ...],
    output_format: str,
    *,
    alignments: bool,
    quiet: bool,
    languages: Languages,
    **where: Any,
) -> None:
    """List the figures of files and folders, each with its place and how it was read.

    The reading is the value with 万 and 亿 worked out, and the interval that the words allow: 1200多亿元
    is more than 120000000000 and less than 130000000000. So one can see what the rules on figures
    compare, and what they do not.

    With --alignments each two figures are shown that two documents give for what seems to be one thing:
    whether they agree, and if not, why nothing is said of it, or that it is (differ, contradict).

    Exit status: 0, or 2 for wrong use or a named file that could not be read.
    """
    from kanwu.engine.discovery import PluginError
    from kanwu.policy.settings import ConfigurationError
    from kanwu.session.run import Request

    stdin_name = where.pop("stdin_filename")
    where.pop("no_cache")  # figures uses no index: the option is there because check has it
    try:
        read = show(
            Request(paths or (".",), stdin_name=stdin_name),
            output_format,
            alignments=alignments,
            quiet=quiet,
            wording=languages.wording(),
            where=where,
        )
    except (ConfigurationError, PluginError) as error:
        raise click.UsageError(str(error)) from error
    except KeyboardInterrupt as interrupt:
        sys.exit(status_of(interrupt))
    sys.exit(0 if read else MISUSED)


def show(
    request: Request,
    output_format: str,
    *,
    alignments: bool,
    quiet: bool,
    wording: Wording,
    where: dict[str, Any],
) -> bool:
    """Write the ledger, and say whether all named files could be read."""
    from kanwu.engine.discovery import discover, ledgers
    from kanwu.policy.loading import Resolver
    from kanwu.reporters.ledger import WRITERS
    from kanwu.session.ledger import aligned, claimed
    from kanwu.session.run import plan

    make_ready()
    overrides = overrides_of({name: where.pop(name) for name in OVERRIDES})
    planned = plan(request, Resolver(discover(), overrides=overrides, **where))
    unreadable: list[Unread] = []
    documents = figures = 0
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Machine output is UTF-8 whatever the locale.
        encoding = sys.stdout.encoding if output_format == "text" else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    if output_format == "text" and sys.stdout.isatty():
        from kanwu.reporters.ledger_table import Table

        writer: LedgerWriter = Table(sys.stdout, wording)
    else:
        writer = WRITERS[output_format](sys.stdout, wording)
    writer.ids = any(own.id_field is not None for own in planned.settings)
    if alignments:
        compared = writer.write_alignments(aligned(planned, list(ledgers()), unreadable.append))
        said = wording("Compared {n:,} pairs of figures.", n=compared)
    else:
        for document, entries in claimed(planned, list(ledgers()), unreadable.append):
            writer.write(document, entries)
            documents += 1
            figures += len(entries)
        said = closing(documents, figures, wording)
    sys.stdout.flush()
    for source, reason in unreadable:
        click.echo(f"kanwu: {source.display}: {reason}", err=True)
    if not quiet:
        click.echo(said, err=True)
    return not any(source.named for source, _ in unreadable)


OVERRIDES = ("exclude", "extend_exclude", "text_fields", "text_markup", "id_field")


def closing(documents: int, figures: int, wording: Wording) -> str:
    """How much was read, as silence says nothing."""
    if not documents:
        return wording.word("No documents found.")
    found = wording.counted(figures, "figure") if figures else wording.word("no figures")
    read = wording.counted(documents, "document")
    return wording("Found {figures} in {documents}.", figures=found, documents=read)
