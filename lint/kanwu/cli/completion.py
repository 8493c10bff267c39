"""`kanwu completion`: what makes a shell complete commands, options and rules."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_KANWU_COMPLETE"


@click.command(
    "completion",
    epilog="""\b
Examples:
  kanwu completion bash >> ~/.bashrc
  kanwu completion zsh >> ~/.zshrc
  kanwu completion fish > ~/.config/fish/completions/kanwu.fish
  kanwu completion powershell >> $PROFILE
""",
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that completes commands, options, formats and rules in a shell.

    Rules are completed by code and by name, those of plugins and of the configured files of rules too.
    """
    from click.shell_completion import get_completion_class

    from kanwu.cli.main import kanwu
    from kanwu.cli.printing import print_text

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"completion in {shell} needs a newer click; pip install -U click")
    print_text(found(kanwu, {}, "kanwu", VARIABLE).source())
