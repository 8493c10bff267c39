"""`kanwu report` as a user sees it: on the command line, and in a browser."""

import os
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from browser import Page, chromium

pytest.importorskip("jinja2", reason="the report needs jinja2")

DOUBLED = "他们围绕围绕中心工作展开讨论。\n"
EARLIER = "柏树村的荔枝熟了。柏树村种植荔枝约6800亩，全村320户种荔枝，去年产值达到1.2亿元。\n"
LATER = "记者来到柏树村。\n柏树村种植荔枝68000亩，全村320户种荔枝，去年产值1.2亿元。\n"


def report(kanwu, *words, status=1):
    done = kanwu("report", "-o", "report.html", *words)
    assert done.returncode == status, done.stderr.decode()
    assert done.stdout == b""
    return (kanwu.folder / "report.html").read_text(encoding="utf-8")


def cards(html):
    """The rule, severity and place of each finding of a page."""
    found = re.findall(
        r'<article class="card \w+".*?data-rule="(\w+)" data-severity="(\w+)".*?</article>',
        html,
        re.DOTALL,
    )
    places = re.findall(r'<span class="code">\w+</span> <(?:a|span) class="at"[^>]*>([^<]+)', html)
    return found, places


def test_the_page_is_in_the_language_of_its_reader(kanwu):
    kanwu.put("a.txt", DOUBLED)
    html = report(kanwu, "--lang", "zh")
    assert '<html lang="zh">' in html
    assert "<title>勘误：1 个文档里有 1 个问题</title>" in html
    assert "“围绕”连写了两次" in html
    assert "删去一个“围绕”" in html
    assert "finding" not in re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", "", html, flags=re.DOTALL)


def test_the_page_has_the_findings_of_check(seeded):
    html = report(seeded)
    found, _ = cards(html)
    expected = seeded.findings()
    assert sorted(found) == sorted((f["code"], f["severity"]) for f in expected)
    assert f"<title>kanwu: {len(expected)} findings in 5 documents</title>" in html
    for finding in expected:
        assert f">{finding['start']['line']}:{finding['start']['column']}</a>" in html
    figures = seeded("figures", "--output-format", "jsonl", "-q").stdout.splitlines()
    assert f'<span class="count">{len(figures)}</span>' in html
    assert html.count('<td class="file"') == len(figures)


def test_selection_and_status_are_those_of_check(seeded):
    chosen = ("--select", "FIG,half-width-punctuation", "--ignore", "FIG003")
    html = report(seeded, *chosen)
    assert len(cards(html)[0]) == len(seeded.findings(*chosen))
    report(seeded, *chosen, "--exit-zero", status=0)
    report(seeded, *chosen, "--fail-on", "error", status=0)
    report(seeded, "--select", "ENC012", status=0)
    report(seeded, "文章", "missing.txt", status=2)


def test_the_baseline_and_what_is_silenced_are_left_out_and_counted(kanwu):
    kanwu.put("a.txt", DOUBLED)
    kanwu("baseline")
    kanwu.put("b.md", f"<!-- kanwu: ignore[doubled-word] as it was said -->\n{DOUBLED}\n{DOUBLED}")
    html = report(kanwu)
    assert len(cards(html)[0]) == len(kanwu.findings()) == 1
    assert "1 silenced" in html
    assert "1 in the baseline, not shown" in html
    assert len(cards(report(kanwu, "--no-baseline"))[0]) == 2


def test_figures_that_conflict_stand_side_by_side(kanwu):
    kanwu.put("a.txt", EARLIER)
    kanwu.put("b.txt", LATER)
    html = report(kanwu, "--select", "FIG001")
    (pair,) = re.findall(r'<article class="pair .*?</article>', html, re.DOTALL)
    assert "柏树村种植荔枝<mark>68000亩</mark>，全村" in pair
    assert "柏树村种植荔枝<mark>约6800亩</mark>，全村" in pair
    assert "read as = 68000 亩" in pair
    assert "read as ~ 6800 (5440 to 8160) 亩" in pair
    assert "10 times as much here" in pair


def test_a_figure_of_the_indexed_corpus_is_shown_beside_the_given_one(kanwu):
    kanwu.put("kanwu.toml", 'corpus = ["."]\n')
    kanwu.put("a.txt", EARLIER)
    kanwu.put("b.txt", LATER)
    assert kanwu("index").returncode == 0
    html = report(kanwu, "b.txt", "--select", "FIG001")
    assert "<mark>约6800亩</mark>" in html
    assert re.search(r'<span class="at"><bdi>|<span class="at">a\.txt:1:17', html)


def test_the_page_can_go_to_standard_output(kanwu):
    kanwu.put("a.txt", DOUBLED)
    done = kanwu("report", "-o", "-", "a.txt")
    assert done.returncode == 1
    assert done.stdout.startswith(b"<!DOCTYPE html>")
    assert "围绕".encode() in done.stdout
    assert b"1 finding" in done.stderr
    assert not list(kanwu.folder.glob("*.html"))


def test_text_of_any_kind_is_shown_and_nothing_of_it_has_an_effect(kanwu):
    nasty = "坏</script><script>alert(1)</script>\x1b[31m\u202e\u2066\u200b\ufeff"
    kanwu.put("a.txt", nasty + DOUBLED)
    kanwu.put("b.txt", b"\xff\xfe\xfa" + DOUBLED.encode())
    kanwu.put("c.txt", DOUBLED.strip() * 50_000)
    kanwu.put("d\u202e<b>.txt", DOUBLED)
    html = report(kanwu, "--select", "ALL")
    assert html.count("<script>") == 1
    assert "<b>.txt" not in html
    assert not set(html) & set("\x00\x1b\u202e\u2066\u200b\ufeff")
    assert "\r" not in html
    assert len(html) < 3_000_000
    assert "the document" in html or "of this document" in html


def test_what_is_left_out_is_counted(kanwu):
    for number in range(4):
        kanwu.put(f"{number}.txt", f"第{number}年，" + DOUBLED * (number + 1))
    expected = len(kanwu.findings("--select", "WRD001"))
    html = report(kanwu, "--select", "WRD001", "--max-documents", "2", "--max-findings", "2")
    shown = len(cards(html)[0])
    assert shown == 4
    assert f"{expected - shown} findings are counted but not shown here." in html
    assert f"{expected} findings" in html


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "a.txt", "."), "a.txt: the report would overwrite a document that it is about"),
        (("-o", "link.txt", "a.txt"), "would overwrite a document"),
        (
            (
                "-o",
                "missing/r.html",
            ),
            "there is no folder missing",
        ),
        (
            (
                "-o",
                ".",
            ),
            "is a directory",
        ),
        (("-",), "standard input is none"),
        (("--select", "doubled-wrod"), "doubled-word"),
        (("--max-findings", "0"), "0 is not in the range"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(kanwu, words, said):
    path = kanwu.put("a.txt", DOUBLED)
    os.symlink(path, kanwu.folder / "link.txt")
    done = kanwu("report", *words)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert path.read_text(encoding="utf-8") == DOUBLED
    assert not list(kanwu.folder.glob("*.html"))


def test_without_jinja2_the_command_says_how_to_install_it(kanwu):
    kanwu.put("a.txt", DOUBLED)
    kanwu.put("broken/jinja2.py", "raise ModuleNotFoundError('no jinja2')\n")
    environment = {**os.environ, "PYTHONPATH": str(kanwu.folder / "broken")}
    done = kanwu("report", "a.txt", env=environment)
    assert done.returncode == 2
    assert "pip install 'kanwu[report]'" in done.stderr.decode()
    assert kanwu("check", "a.txt", env=environment).returncode == 1


browsed = pytest.mark.skipif(
    chromium() is None or sys.platform == "win32",
    reason="no Chromium on this machine (KANWU_CHROMIUM may name one)",
)


@pytest.fixture
def opened(seeded):
    """The report on the seeds in a browser, with two articles that conflict."""
    seeded.put("文章/a.txt", EARLIER)
    seeded.put("文章/b.txt", LATER)
    report(seeded)
    with Page(chromium()) as page:
        page.open((seeded.folder / "report.html").as_uri())
        yield page
        assert page.complaints() == []
        assert [url.rpartition("/")[2] for url in page.requests()] == ["report.html"]


SHOWN = "[...document.querySelectorAll('.card')].filter(card => !card.hidden)"


@browsed
def test_filters_leave_what_fits_and_count_it(opened):
    whole = opened.run(f"{SHOWN}.length")
    rules = opened.run(
        "Object.fromEntries([...document.querySelectorAll('input[name=rule]')]"
        ".map(box => [box.value, Number(box.closest('label').querySelector('.count').textContent)]))"
    )
    assert sum(rules.values()) == whole
    opened.run("document.querySelector('input[value=TRU001]').click()")
    opened.settle()
    assert opened.run(f"{SHOWN}.map(card => card.dataset.rule)") == ["TRU001"] * rules["TRU001"]
    assert (
        opened.run("document.getElementById('showing').textContent")
        == f"Showing {rules['TRU001']} of {whole}"
    )
    assert opened.run(
        "[...document.querySelectorAll('.sheet')].every(sheet => sheet.hidden =="
        " !sheet.querySelector('.card:not([hidden])'))"
    )
    # A rule and a file narrow each other; what remains is the number beside the file.
    number = opened.run(
        "(() => { const box = document.querySelector('input[name=file]'); box.click();"
        " return box.closest('label').querySelector('.count').textContent })()"
    )
    opened.settle()
    assert opened.run(f"{SHOWN}.length") == int(number) > 0
    opened.run("document.getElementById('clear').click()")
    opened.run("new Promise(done => setTimeout(done, 20))")
    opened.settle()
    assert opened.run(f"{SHOWN}.length") == whole
    opened.run("document.querySelector('input[value=info]').click()")
    opened.settle()
    assert set(opened.run(f"{SHOWN}.map(card => card.dataset.severity)")) == {"info"}
    # Marks of what is filtered away are no longer coloured.
    assert opened.run("document.querySelectorAll('mark.warning[data-of]').length") == 0


@browsed
def test_keys_search_and_go_from_finding_to_finding(opened):
    at = "document.activeElement.dataset.number"
    for key, number in (("j", "1"), ("j", "2"), ("j", "3"), ("k", "2")):
        opened.press(key)
        assert opened.run(at) == number
    assert opened.run("document.querySelectorAll('mark[data-lit]').length") > 0
    box = opened.run("document.activeElement.getBoundingClientRect().toJSON()")
    assert 0 <= box["top"] < 900
    opened.press("/")
    assert opened.run("document.activeElement.id") == "search"
    opened.type("围绕")
    holding = "card.closest('.block').textContent.includes('围绕')"
    assert set(opened.run(f"{SHOWN}.map(card => {holding})")) == {True}
    assert "WRD001" in opened.run(f"{SHOWN}.map(card => card.dataset.rule)")
    opened.type("nowhere")
    assert opened.run(f"{SHOWN}.length") == 0
    assert opened.run("document.querySelector('.none-left').hidden") is False
    opened.press("Escape")
    opened.run("new Promise(done => setTimeout(done, 20))")
    opened.settle()
    assert opened.run(f"{SHOWN}.length") == opened.run("document.querySelectorAll('.card').length")
    opened.press("?")
    assert opened.run("document.getElementById('keys').open") is True
    opened.press("Escape")
    assert opened.run("document.getElementById('keys').open") is False


@browsed
def test_the_ledger_is_sorted_and_searched(opened):
    opened.run("document.querySelector('.ledger details').open = true")
    opened.run("document.querySelectorAll('#figures th button')[4].click()")
    values = opened.run(
        "[...document.querySelectorAll('#figures tbody tr')].map(row => row.cells[4].dataset.sort)"
        ".map(Number).filter(value => !Number.isNaN(value))"
    )
    assert values == sorted(values)
    assert len(values) > 50
    opened.run(
        "(() => { const box = document.getElementById('ledger-search'); box.value = '6800';"
        " box.dispatchEvent(new Event('input')) })()"
    )
    rows = opened.run(
        "[...document.querySelectorAll('#figures tbody tr')].filter(row => !row.hidden)"
        ".map(row => row.cells[2].textContent)"
    )
    assert {"约6800亩", "68000亩"} <= set(rows)


@browsed
def test_dark_narrow_and_printed(opened):
    color = "getComputedStyle(document.body).backgroundColor"
    light = opened.run(color)
    opened.look(prefers_color_scheme="dark")
    dark = opened.run(color)
    assert dark != light
    opened.run("document.getElementById('theme').click()")
    assert opened.run(color) == light
    opened.size(380, 800)
    opened.settle()
    assert opened.run("document.documentElement.scrollWidth <= innerWidth")
    assert opened.pdf().startswith(b"%PDF")


@browsed
def test_everything_written_can_be_told_from_its_ground(opened):
    """The contrast of text is at least 4.5, as WCAG 2.2 wants it, light and dark."""
    measure = """(() => {
      const light = (rgb) => rgb.map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
      const parse = (color) => color.match(/[\\d.]+/g).map(Number);
      const ground = (element) => {
        for (let e = element; e; e = e.parentElement) {
          const color = parse(getComputedStyle(e).backgroundColor);
          if (color.length < 4 || color[3] === 1) return color.slice(0, 3);
        }
        return [255, 255, 255];
      };
      const poor = new Set();
      for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (!own || !element.checkVisibility()) continue;
        const [a, b] = [light(parse(getComputedStyle(element).color).slice(0, 3)), light(ground(element))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < 4.5) poor.add(`${element.tagName}.${element.className} ${contrast.toFixed(2)}`);
      }
      return [...poor];
    })()"""
    assert opened.run(measure) == []
    opened.look(prefers_color_scheme="dark")
    opened.settle()
    assert opened.run(measure) == []
