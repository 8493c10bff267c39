"""`kanwu server`: findings, repairs and rule pages in an editor."""

from __future__ import annotations

import sys

import click

NEEDED = frozenset({"pygls", "lsprotocol"})


@click.command(
    "server",
    epilog="""\b
Example (an editor runs this, not a person):
  kanwu server
""",
)
@click.option("--stdio", is_flag=True, help="Does nothing: many editors say it.")
def command(stdio: bool) -> None:  # noqa: ARG001, FBT001
    """Serve an editor over standard input and output, in the language server protocol.

    Needs the extra lsp: pip install 'kanwu[lsp]'. Configuration files hold as for kanwu check. Exit
    status: 0 when the editor ended the session in order, 1 when it did not.
    """
    try:
        from kanwu.server.serving import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in NEEDED:
            raise
        raise click.UsageError(
            "the language server needs pygls 2; install it with: pip install 'kanwu[lsp]'"
        ) from error
    sys.exit(serve())
