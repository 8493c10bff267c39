"""The pages of rules for an editor: as text to hover over, and as files to be opened."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kanwu.engine.finding import Safety
from kanwu.reporters.rule_page import rule_page
from kanwu.reporters.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.finding import Finding
    from kanwu.reporters.wording import Wording


FIXES = {
    Safety.SAFE: "*safe fix:* {title}",
    Safety.UNSAFE: "*unsafe fix:* {title}",
    Safety.SHOWN: "*suggestion:* {title}",
}


def hover_text(findings: Iterable[Finding], catalogue: Catalogue, wording: Wording) -> str:
    """What is found at a place, and the page of each rule that found it, in Markdown."""
    said: dict[str, list[str]] = {}
    for finding in findings:
        fix = finding.fix
        text = visible(wording.tell(finding.message))
        if fix is not None:
            title = visible(wording.tell(fix.title))
            text += "\n  " + wording(FIXES[fix.safety], title=title)
        said.setdefault(finding.code, []).append(f"- {text}")
    parts = []
    for code, messages in said.items():
        rule = catalogue.find(code)
        page = rule_page(rule, catalogue.origin[rule.code], wording) if rule else ""
        parts.append("\n".join(messages) + f"\n\n{page}")
    return "\n---\n\n".join(parts)


class PageFiles:
    """The pages of rules as files in a temporary folder, made when a rule is first spoken of."""

    def __init__(self) -> None:
        self._folder = ""
        self._known: dict[str, str] = {}

    def uri(self, code: str, catalogue: Catalogue, wording: Wording) -> str | None:
        """Where the page of a rule lies; None where there is none, or it cannot be written."""
        if code not in self._known:
            rule = catalogue.find(code)
            if rule is None:
                return None
            try:
                self._folder = self._folder or os.path.realpath(tempfile.mkdtemp(prefix="kanwu-"))
                path = Path(self._folder, f"{rule.code} {rule.name}.md")
                page = rule_page(rule, catalogue.origin[rule.code], wording)
                path.write_text(page, encoding="utf-8")
            except OSError:
                return None
            self._known[code] = path.as_uri()
        return self._known[code]

    def holds(self, path: str) -> bool:
        """Whether a file is one of these pages, whose examples are no mistakes."""
        return bool(self._folder) and path.startswith(os.path.join(self._folder, ""))

    def close(self) -> None:
        """Take the files away."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
