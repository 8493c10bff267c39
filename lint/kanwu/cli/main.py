"""The command `kanwu`: a group whose commands are loaded when they are called."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any, ClassVar

import click

from kanwu import __version__
from kanwu.cli.errors import told
from kanwu.cli.interruption import end_in_order, status_of
from kanwu.cli.languages import spoken

HELP = ("-h", "--help")


class Commands(click.Group):
    """Commands by name, each in the module of its name, with the one line that the help shows.

    The lines stand here so that the help imports nothing.
    """

    offered: ClassVar[dict[str, str]] = {
        "check": "Look for defects and report them.",
        "fix": "Repair what can be repaired without guessing, and report the rest.",
        "clean": "Write a repaired copy of a corpus, with a record of every change.",
        "init": "Write a configuration file that fits a folder.",
        "baseline": "Record today's findings, so that only new ones are told.",
        "report": "Write the findings as one page for a browser.",
        "rule": "Explain one rule.",
        "rules": "List all rules.",
        "figures": "List the figures of files with their readings.",
        "config": "Show which settings apply to a file, and where each comes from.",
        "index": "Build or refresh the index of the configured corpus.",
        "server": "Serve an editor: findings while typing, and repairs.",
        "cache": "Show or clear what is kept to make the next run fast.",
        "completion": "Print the script that completes commands and rules in a shell.",
    }

    in_chinese = False
    """Whether the help is told in Chinese."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with told(args):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with told(sys.argv[1:]):
                return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:
            sys.exit(status_of(interrupt))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.offered)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self.offered:
            return None
        command: click.Command = import_module(f"kanwu.cli.{cmd_name}").command
        if self.in_chinese:
            from kanwu.cli.help import in_chinese

            return in_chinese(command, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments begin with, or say which one may have been meant."""
        name = args[0]
        if ctx.resilient_parsing and name not in self.offered:
            return None, None, args  # a shell asks what could follow: nothing is wrong yet
        if name not in self.offered and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, self.offered, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(
                f"there is no command {name!r}.{hint} To check a file, write: kanwu check {name}"
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            lines = self.offered
            if self.in_chinese:
                from kanwu.cli.help import short_help

                lines = {name: short_help(name, line) for name, line in lines.items()}
            formatter.write_dl(list(lines.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": HELP},
    epilog="""\b
Examples:
  kanwu check articles/
  kanwu fix --diff articles/
  cat article.txt | kanwu check -
  kanwu rule half-width-punctuation
""",
)
@click.version_option(__version__, prog_name="kanwu", message="%(prog)s %(version)s")
def kanwu() -> None:
    """勘误: a linter for Chinese text.

    Finds broken paragraphs, boilerplate, encoding damage and figures that disagree, says where and
    why, and repairs what can be repaired without guessing.

    Exit status: 0 nothing found at or above --fail-on, 1 findings, 2 wrong use or a named file that
    could not be read, 130 interrupted.
    """


def main() -> None:
    """Run the command line."""
    end_in_order()
    # A console of Windows, or a pipe in another locale, may lack what is written: it is escaped.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    command = kanwu
    words = sys.argv[1:]
    if (not words or {*HELP} & {*words}) and spoken(words, os.environ) == "zh":
        from kanwu.cli.help import in_chinese

        command = in_chinese(kanwu, "kanwu")
        command.in_chinese = True
    command(prog_name="kanwu")
