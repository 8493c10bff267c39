"""`kanwu server`: findings, repairs and rule pages in an editor."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kanwu.cli.languages import VARIABLE, language_option

if TYPE_CHECKING:
    from kanwu.cli.languages import Languages

NEEDED = frozenset({"pygls", "lsprotocol"})


@click.command(
    "server",
    epilog="""\b
Example (an editor runs this, not a person):
  kanwu server
""",
)
@click.option("--stdio", is_flag=True, help="Does nothing: many editors say it.")
@language_option(
    f"Language of all that is said.  [default: {VARIABLE}, else the editor's, else the locale]"
)
@click.pass_context
def command(context: click.Context, *, stdio: bool, languages: Languages) -> None:  # noqa: ARG001
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
    chosen = context.get_parameter_source("languages") is not ParameterSource.DEFAULT
    sys.exit(serve(languages.people, follow_editor=not chosen))
