"""The options that commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.languages import LANG
from kanwu.cli.outputs import OUTPUT_OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.shell_completion import CompletionItem

    Command = Callable[..., Any]

# What `kanwu.engine.finding` names too; a test holds them together. Spelled out here so that the help
# and the parsing of options do not import it.
SEVERITIES = ("error", "warning", "info")
MARKUPS = ("plain", "markdown", "html")


class Words(click.ParamType[tuple[str, ...]]):
    """Words with commas between them: `ENC,half-width-punctuation`."""

    name = "words"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        words = tuple(word for part in value.split(",") if (word := part.strip()))
        return words or self.fail(
            "found nothing, expected words with commas between them", param, ctx
        )


class RuleWords(Words):
    """Words that name rules, which a shell completes."""

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - as click calls it
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from kanwu.cli.catalogues import completed

        before, comma, word = incomplete.rpartition(",")
        return completed(word, before + comma)


def _flatten(_context: click.Context, _option: click.Parameter, value: Any) -> tuple[str, ...]:
    return tuple(word for words in value for word in words)


def words_option(
    name: str,
    help: str,  # noqa: A002 - as click has it
    type: Words | None = None,  # noqa: A002
    *others: str,
) -> Callable[[Command], Command]:
    """An option that takes words with commas, such as name rules, and may be given several times."""
    return click.option(
        name,
        *others,
        type=type or RuleWords(),
        multiple=True,
        callback=_flatten,
        metavar="WORDS",
        help=help,
    )


RULE_FILES = click.option(
    "--rule-file",
    "rule_files",
    type=click.Path(dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Use the rules that are declared in this TOML file too.",
)

DATASETS = (
    words_option(
        "--text-fields",
        "The fields of a dataset's rows that hold text.  [default: text]",
        Words(),
        "--text-field",
    ),
    click.option(
        "--text-markup",
        type=click.Choice(MARKUPS),
        help="How the texts of a dataset's rows are written.  [default: plain]",
    ),
    click.option(
        "--id-field", metavar="NAME", help="The field of a dataset's rows that holds ids."
    ),
)
"""What is read of rows."""

SELECTING = (
    click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]..."),
    words_option("--select", "Only these families, codes or names (ENC,TRU005,doubled-word)."),
    words_option("--extend-select", "These too, besides what is selected."),
    words_option("--ignore", "Not these families, codes or names."),
    RULE_FILES,
    words_option(
        "--exclude", "Leave out what matches these patterns, in place of configured ones.", Words()
    ),
    words_option("--extend-exclude", "Leave out what matches these patterns too.", Words()),
    words_option(
        "--extensions",
        "The endings of the files that are taken from folders (.jsonl,.jsonl.gz,.parquet).  "
        "[default: .txt,.md,.markdown]",
        Words(),
    ),
    *DATASETS,
    click.option(
        "--force-exclude", is_flag=True, help="Leave out excluded files even when they are named."
    ),
)
"""What is checked, and with which rules."""

UNSAFE = click.option(
    "--unsafe-fixes", is_flag=True, help="Apply fixes that may change the meaning too."
)

FIXING = (
    UNSAFE,
    click.option("--diff", is_flag=True, help="Show what would be fixed; write nothing."),
    click.option(
        "--removed",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Add every piece of text that fixes took out, with its place, to a file of JSON lines.",
    ),
)

SHOWING = (
    *OUTPUT_OPTIONS,
    click.option(
        "--statistics",
        is_flag=True,
        help="Count findings by rule and by file in place of listing them.",
    ),
    click.option(
        "--explain",
        is_flag=True,
        help="Say with each finding why its rule exists and on what evidence it fired.",
    ),
)

JUDGING = (
    click.option(
        "--fail-on",
        type=click.Choice(SEVERITIES),
        help="The least severity that makes the exit status 1.  [default: warning]",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings."),
    click.option(
        "-q", "--quiet", is_flag=True, help="No summary and no progress on standard error."
    ),
)

COLOR = click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colour; auto means on a terminal and unless NO_COLOR is set.",
)

CONFIGURING = (
    click.option(
        "--config",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Use this configuration file for everything.",
    ),
    click.option(
        "--no-baseline", is_flag=True, help="Treat findings in the baseline like all others."
    ),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files and baselines."),
)
"""Where settings come from."""

NO_CACHE = click.option(
    "--no-cache",
    is_flag=True,
    help="Neither read nor write the cache of results and the corpus index.",
)

JOBS = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of processes.  [default: one, or one a core when there is much to do]",
)

EXECUTOR = (
    JOBS,
    click.option(
        "--executor",
        type=click.Choice(("local", "processes", "ray")),
        help="Where the work is done: in this process, in several, or by Ray on a cluster.  "
        "[default: here, or in several processes when there is much to do]",
    ),
    click.option(
        "--ray-address",
        metavar="ADDRESS",
        help="The Ray cluster to use, as HOST:PORT or auto; without it one is started here.",
    ),
)
"""Who does the work."""

RUNNING = (*CONFIGURING, NO_CACHE, *EXECUTOR)

STDIN_NAME = click.option(
    "--stdin-filename",
    metavar="NAME",
    help="What standard input is called, for its markup and its settings.",
)


def grouped(options: Sequence[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    """Give a command several options, in their order."""

    def give(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return give


checking_options = grouped(
    (*SELECTING, *FIXING, *SHOWING, *JUDGING, COLOR, LANG, *RUNNING, STDIN_NAME)
)
"""Gives a command everything that `check` and `fix` share."""
