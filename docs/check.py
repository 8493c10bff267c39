"""Checks the documentation: nothing in it may be stale. `--write` brings the generated pages up to date.

Generated from the code: `docs/configuration.md` and `docs/rules.md`. Checked: links between pages lead
to files that exist, and the excerpts of output in the README are what kanwu prints.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from kanwu.engine.discovery import discover
from kanwu.reporters.settings_page import settings_reference

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
EXCERPT = re.compile(r"<!-- output of: (.+?) -->\n```text\n(.*?)```", re.DOTALL)


def configuration() -> str:
    """The reference of all settings, from the table that the settings are read by."""
    return f"<!-- made by docs/check.py, as kanwu config --keys prints it -->\n\n{settings_reference().rstrip()}\n"


def rules() -> str:
    """The index of all rules."""
    lines = [
        "# Rules",
        "",
        "<!-- made by docs/check.py from the rules themselves -->",
        "",
        "`kanwu rule CODE` prints a rule's page: what it flags, why, what it leaves alone, its options and",
        "examples.",
        "",
        "| code | name | severity | fix | finds |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += (
        f"| {rule.code} | {rule.name} | {rule.severity} | {rule.safety or 'none'} | {rule.summary()} |"
        for rule in discover()
    )
    return "\n".join(lines) + "\n"


GENERATED = {"docs/configuration.md": configuration, "docs/rules.md": rules}


def stale_pages() -> list[str]:
    """Generated pages that are not what the code says now."""
    return [
        f"{name} is stale: run python docs/check.py --write"
        for name, make in GENERATED.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != make()
    ]


def broken_links() -> list[str]:
    """Links between pages that lead nowhere."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
    return [
        f"{page.relative_to(ROOT)} links to {target}, which is not there"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]


def wrong_excerpts() -> list[str]:
    """Excerpts of output that the command in their comment does not print."""
    wrong = []
    for page in (ROOT / "README.md", ROOT / "docs" / "seeds.md"):
        for command, excerpt in EXCERPT.findall(page.read_text(encoding="utf-8")):
            words = [str(Path(sys.executable).parent / "kanwu"), *command.split()[1:]]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
            printed = done.stdout + done.stderr
            wrong += (
                f"{page.name}: `{command}` does not print\n{part}"
                for part in excerpt.split("...\n")
                if part.strip() not in printed
            )
    return wrong


def main() -> None:
    """Check everything, or write what is generated."""
    if "--write" in sys.argv[1:]:
        for name, make in GENERATED.items():
            (ROOT / name).write_text(make(), encoding="utf-8")
    problems = [*stale_pages(), *broken_links(), *wrong_excerpts()]
    print("\n".join(problems) or "documentation: all pages are up to date")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
