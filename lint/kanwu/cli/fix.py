"""`kanwu fix`: repair what can be repaired without guessing."""

from __future__ import annotations

from typing import Any

import click

from kanwu.cli.check import execute
from kanwu.cli.options import checking_options


@click.command(
    "fix",
    epilog="""\b
Examples:
  kanwu fix --diff articles/          show what would change
  kanwu fix articles/                 only what cannot change the meaning
  kanwu fix --unsafe-fixes --select BOI --removed removed.jsonl articles/
  cat article.txt | kanwu fix - > repaired.txt
""",
)
@checking_options
def command(**words: Any) -> None:
    """Repair files in place, then report what is left.

    Each file is written whole or not at all, in its own encoding and with its own line ends. With -
    the repaired text goes to standard output and the report to standard error.
    """
    execute(fixing=True, **words)
