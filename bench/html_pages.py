"""How fast HTML is read, and that hostile pages take time that grows with their size.

    python bench/html_pages.py [--size CHARACTERS]

Reads ordinary pages (those of the tests, many times over), then pages made to provoke the reader, of the
size given and of twice that. More than 2.5 times as long for twice the page, in the best of three, is
exit status 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from kanwu.documents.reading import marked_up

MOST = 2.5
ENOUGH = 0.05
"""CPU seconds below which nothing is said of growth."""
PAGES = Path(__file__).resolve().parents[1] / "tests" / "documents" / "pages"

UNITS = [
    "<",
    "&",
    "&a",
    "&#",
    "&#0000000000",
    "&#32;",
    "<!--",
    "<!-->",
    "<!",
    "<?",
    "</",
    "</a",
    "<a",
    "<![CDATA[",
    "<div>",
    "<div></div>",
    "</div>",
    "<p>",
    "<b>",
    "<br>a",
    "<span>",
    "<script>",
    "<script><!--",
    "<style>",
    "<title>",
    "<textarea>",
    "<xmp>a</xmp>",
    "<pre>",
    "<code>x",
    "<ul><li>",
    "<li>",
    "<dl><dt><dd>",
    "<table><td>",
    "<tr><td>",
    "<td>a<br>",
    "<div/hidden>",
    "<b/hidden>",
    "<b><i></b></i>",
    "<select><option>",
    "&nbsp;",
    '<a/b="',
    "<a/b='",
    "<svg><title>",
    "中",
]
WRAPPED = {
    "one long attribute": ('<a b="', "x", '">'),
    "many attributes": ("<a ", "b=1 ", ">"),
    "many quotes": ("<a ", "hidden=\"' ", ">"),
    "one long name": ("<", "a", ">"),
    "one long number": ("&#", "0", "65;"),
    "white space in a tag": ("<a hidden", "   ", ">"),
    "white space": ("<p>a", " \n", "b"),
    "broken lines of Han": ("<p>", "中\n", ""),
    "end tags that reach nothing": ("<section><table><td>" + "<div>" * 250, "</section>", ""),
    "items that end nothing": ("<ul>" + "<div>" * 250, "<li></li>", ""),
    "rows below many elements": ("<table>" + "<div>" * 250, "<tr></tr>", ""),
}


def seconds(page: str, rounds: int = 1) -> float:
    """The CPU seconds that reading a page takes, the best of some."""
    took = []
    for _ in range(rounds):
        start = time.process_time()
        marked_up(page, markup="html")
        took.append(time.process_time() - start)
    return min(took)


def main() -> int:
    """Print the figures; 1 where something grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=100_000)
    size = parser.parse_args().size
    for path in sorted(PAGES.glob("*.html")):
        page = path.read_text("utf-8")
        page *= size // len(page) + 1
        print(f"{path.name:30} {len(page.encode()) / seconds(page, 3) / 1e6:6.1f} MB/s")
    bad = False
    hostile = {unit: ("", unit, "") for unit in UNITS} | WRAPPED
    for name, (before, unit, after) in hostile.items():
        few, many = (before + unit * (n // len(unit)) + after for n in (size, 2 * size))
        long = seconds(many)
        growth = long / max(seconds(few), ENOUGH)
        if growth > MOST:
            growth = seconds(many, 3) / max(seconds(few, 3), ENOUGH)
        bad = bad or growth > MOST
        print(f"{name:30} {2 * size / long / 1e6:6.1f} M characters/s, growth {growth:.1f}")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
