"""Checks the documentation: nothing in it may be stale. `--write` brings the generated pages up to date.

Generated from the code: `docs/configuration.md`, `docs/kanwu.schema.json`, `docs/rules.md` with a page a
rule in `docs/rules/`, and the same in Chinese in `docs/zh/`. Checked: links between pages lead to files
that exist, and the excerpts of output are what kanwu prints.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from kanwu.engine.discovery import discover
from kanwu.policy.json_schema import json_schema
from kanwu.reporters.rule_page import rule_page
from kanwu.reporters.rule_table import families
from kanwu.reporters.settings_page import settings_reference
from kanwu.reporters.wording import ENGLISH, Wording, wording

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
EXCERPT = re.compile(r"<!-- output of: (.+?) -->\n```text\n(.*?)```", re.DOTALL)


def configuration(words: Wording = ENGLISH) -> str:
    """The reference of all settings, from the table that the settings are read by."""
    reference = settings_reference(words).rstrip()
    return f"<!-- made by docs/check.py, as kanwu config --keys prints it -->\n\n{reference}\n"


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
        f"| {rule.code} | [{rule.name}](rules/{rule.name}.md) | {rule.severity} | {rule.safety or 'none'} "
        f"| {rule.summary()} |"
        for rule in discover()
    )
    return "\n".join(lines) + "\n"


def schema() -> str:
    """The JSON schema of kanwu.toml with the built-in rules."""
    return json.dumps(json_schema(discover()), ensure_ascii=False, indent=1) + "\n"


def rules_in_chinese() -> str:
    """The same index in Chinese, family by family."""
    chinese = wording("zh")
    lines = [
        "# 规则",
        "",
        "<!-- made by docs/check.py from the rules themselves -->",
        "",
        "`kanwu rule --lang zh 编号` 显示一条规则的说明：报告什么、为什么、不报告什么、选项和例子。",
    ]
    for family in families(discover(), chinese):
        lines += ("", f"## {family.code} {family.title}".rstrip(), "")
        lines += (
            "| 编号 | 名称 | 级别 | 修复 | 默认 | 报告什么 |",
            "| --- | --- | --- | --- | --- | --- |",
        )
        lines += (
            f"| {code} | [{name}](rules/{name}.md) | {severity} | {fix} | {default} | {summary} |"
            for code, name, severity, fix, default, _, summary in family.rows
        )
    return "\n".join(lines) + "\n"


def generated() -> dict[str, str]:
    """Every page that is made from the code, by its path from the root."""
    catalogue = discover()
    pages = {
        "docs/configuration.md": configuration(),
        "docs/zh/configuration.md": configuration(wording("zh")),
        "docs/kanwu.schema.json": schema(),
        "docs/rules.md": rules(),
        "docs/zh/rules.md": rules_in_chinese(),
    }
    for folder, words in (("docs/rules", ENGLISH), ("docs/zh/rules", wording("zh"))):
        for rule in catalogue:
            page = rule_page(rule, catalogue.origin[rule.code].split()[0], words)
            pages[f"{folder}/{rule.name}.md"] = f"<!-- made by docs/check.py -->\n\n{page}"
    return pages


def stale_pages(pages: dict[str, str]) -> list[str]:
    """Generated pages that are not what the code says now, and pages of rules that are gone."""
    made = {str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("**/rules/*.md")}
    gone = [f"{name} is the page of no rule: remove it" for name in sorted(made - pages.keys())]
    return gone + [
        f"{name} is stale: run python docs/check.py --write"
        for name, text in pages.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != text
    ]


def broken_links() -> list[str]:
    """Links between pages that lead nowhere."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
    return [
        f"{page.relative_to(ROOT)} links to {target}, which is not there"
        for page in pages
        if "node_modules" not in page.parts
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]


def wrong_excerpts() -> list[str]:
    """Excerpts of output that the command in their comment does not print."""
    wrong = []
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for command, excerpt in EXCERPT.findall(page.read_text(encoding="utf-8")):
            words = [str(Path(sys.executable).parent / "kanwu"), *command.split()[1:]]
            # Pages show what is told in English, unless their command asks for another language.
            english = {**os.environ, "KANWU_LANG": "en"}
            done = subprocess.run(
                words, cwd=ROOT, env=english, capture_output=True, text=True, check=False
            )
            printed = done.stdout + done.stderr
            wrong += (
                f"{page.name}: `{command}` does not print\n{part}"
                for part in excerpt.split("...\n")
                if part.strip() not in printed
            )
    return wrong


def main() -> None:
    """Check everything, or write what is generated."""
    pages = generated()
    if "--write" in sys.argv[1:]:
        (ROOT / "docs" / "zh" / "rules").mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (ROOT / name).write_text(text, encoding="utf-8")
    problems = [*stale_pages(pages), *broken_links(), *wrong_excerpts()]
    print("\n".join(problems) or "documentation: all pages are up to date")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
