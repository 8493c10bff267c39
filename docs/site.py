"""Builds the documentation as a site that needs no network to be read.

    python docs/site.py OUT

The pages are the Markdown files of the repository as they are; nothing is written twice. They are laid
out in a folder of their own, with the README as the first page, and given to mkdocs (the extra `docs`
pins its version). A link to a file that is no page, such as a source file, becomes plain text. Ends with
status 1 where a page cannot be reached or a link leads nowhere.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from kanwu.engine.discovery import discover

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[([^\]\[]+)\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")

# In the order of the menu; whatever else lies in docs/ follows.
FIRST = (
    "README.md",
    "docs/guide.md",
    "docs/zh/guide.md",
    "docs/corpora.md",
    "docs/zh/corpora.md",
    "docs/configuration.md",
    "docs/pattern-rules.md",
)
LAST = ("bench/README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def pages() -> dict[str, str]:
    """The text of every page by its path from the root, links to other files taken out."""
    found = [
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / name for name in (*FIRST, *LAST)),
    ]
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(set(found))
        if "node_modules" not in path.parts
    }
    return {name: linked(text, name, texts.keys()) for name, text in texts.items()}


def linked(text: str, page: str, names: Any) -> str:
    """The text with those links alone that lead to one of the pages."""

    def judged(match: re.Match[str]) -> str:
        target = PurePosixPath(page).parent / match[2]
        parts: list[str] = []
        for part in target.parts:
            parts = parts[:-1] if part == ".." else [*parts, part]
        return match[0] if "/".join(parts) in names else match[1]

    return LINK.sub(judged, text)


def menu(names: list[str]) -> list[Any]:
    """The pages in order, those of rules under their families."""
    rules = [
        {"Rules": [{"All rules": "docs/rules.md"}, *families("docs/rules")]},
        {"规则": [{"所有规则": "docs/zh/rules.md"}, *families("docs/zh/rules")]},
    ]
    of_rules = re.compile(r"docs/(zh/)?rules[./]")
    between = [name for name in names if name not in {*FIRST, *LAST} and not of_rules.match(name)]
    return [*FIRST, *rules, *between, *LAST]


def families(folder: str) -> list[Any]:
    """The pages of rules in a folder, family by family."""
    return [
        {family: [{f"{rule.code} {rule.name}": f"{folder}/{rule.name}.md"} for rule in grouped]}
        for family, grouped in itertools.groupby(discover(), lambda rule: rule.family())
    ]


def settings(names: list[str]) -> dict[str, Any]:
    """What mkdocs is told. No font, script or picture is fetched from elsewhere."""
    return {
        "site_name": "kanwu 勘误",
        "docs_dir": "pages",
        "nav": menu(names),
        "use_directory_urls": False,
        "theme": {
            "name": "material",
            "font": False,
            "features": ["navigation.indexes", "navigation.top", "search.suggest"],
            "palette": [
                {"media": "(prefers-color-scheme: light)", "scheme": "default"},
                {"media": "(prefers-color-scheme: dark)", "scheme": "slate"},
            ],
        },
        "plugins": [{"search": {"separator": r"[\s\-，。、；：？！（）“”《》]+"}}],
        "markdown_extensions": ["tables", "fenced_code", {"toc": {"permalink": True}}],
        "validation": {"links": {"anchors": "warn"}},
    }


def main() -> None:
    """Lay the pages out, and build the site."""
    if len(sys.argv) != 2:
        sys.exit("usage: python docs/site.py OUT")
    out = Path(sys.argv[1]).resolve()
    texts = pages()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for page, text in texts.items():
            path = folder / "pages" / page
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        # JSON is YAML too.
        (folder / "mkdocs.yml").write_text(json.dumps(settings(list(texts))), encoding="utf-8")
        build = (
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            str(out),
        )
        done = subprocess.run(build, cwd=folder, check=False)
    sys.exit(bool(done.returncode))


if __name__ == "__main__":
    main()
