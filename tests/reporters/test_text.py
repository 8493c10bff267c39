"""`full` and `concise`: what people read."""

from __future__ import annotations

import io
import re
import subprocess
import sys

import pytest
from rich.cells import cell_len

from kanwu.documents.document import Location
from kanwu.engine.finding import Excerpt, Message, Place, Safety, Severity
from kanwu.reporters.base import FORMATS, reporter_for
from kanwu.reporters.layout import wrapped

LONG = "记者日前从人力资源和社会保障部获悉，中关村围绕围绕高端人才开展人才引进与服务，聚焦高精尖产业发展，旨在更大范围吸引人才。"


def test_concise_is_one_line_a_finding(maker, report):
    make = maker(f"第一行\n{LONG}")
    safe = make.finding("围绕围绕", safety=Safety.SAFE, write="围绕")
    unsafe = make.finding("高端", safety=Safety.UNSAFE)
    assert report("concise", [safe, unsafe]) == (
        "文章.txt:2:22: WRD001 “围绕围绕” is doubled [*]\n文章.txt:2:26: WRD001 “高端” is doubled\n"
    )


def test_concise_stays_one_line_whatever_the_text_holds(maker, report):
    make = maker("甲\n乙\x1b[2J丙", path="坏\n名.txt", record="rows.jsonl:3#text")
    text = report("concise", [make.finding("甲\n乙\x1b[2J")])
    assert text == (
        "坏<U+000A>名.txt:1:1 [rows.jsonl:3#text]: WRD001 “甲<U+000A>乙<U+001B>[2J” is doubled\n"
    )


def test_full_shows_the_place_in_a_window_with_carets_by_cell_width(maker, report):
    make = maker(f"第一行\n{LONG}")
    finding = make.finding("围绕围绕", safety=Safety.SAFE, write="围绕")
    assert report("full", [finding]) == (
        "文章.txt:2:22  warning WRD001 doubled-word\n"
        "  “围绕围绕” is doubled\n"
        "  2 | …者日前从人力资源和社会保障部获悉，中关村围绕围绕高端人才开展人才引进与服务，聚焦高精尖产…\n"
        "    |                                          ^^^^^^^^\n"
        "    = fix: write “围绕”\n"
        "\n"
    )


def test_full_shows_what_cannot_be_seen(maker, report):
    make = maker("前\u3000\xa0后\u200b中\udce4文\u2028末")
    shown = report("full", [make.finding("\u200b中\udce4文\u2028", "found")])
    assert "  1 | 前\u3000 后<U+200B>中<0xE4>文<U+2028>末\n" in shown
    carets = re.search(r"\^+", shown)[0]
    assert len(carets) == cell_len("<U+200B>中<0xE4>文<U+2028>")
    assert "<U+00A0>" in report("full", [make.finding("\xa0", "found")])
    assert "<U+3000>" in report("full", [make.finding("\u3000", "found")])
    assert "<U+FE0F>" in report("full", [maker("甲\ufe0f乙").finding("\ufe0f", "found")])


def test_full_marks_an_empty_span_and_one_of_several_lines(maker, report):
    make = maker("标题\n第一段\n第二段\n")
    assert "  2 | 第一段…\n    | ^^^^^^^ to line 3\n" in report(
        "full", [make.finding("第一段\n第二", "found")]
    )
    nothing = make.finding("第二段", "lost", empty=True)
    assert "  3 | 第二段\n    | ^\n" in report("full", [nothing])


def test_related_places_stand_under_dashes_in_this_file_and_in_others(maker, report):
    make, other = maker("甲群 123456\n乙群 123456"), maker("丙群 123456", path="另一篇.txt")
    finding = make.finding(
        "123456",
        "two names",
        related=(make.related("乙群", "named so here"), other.related("丙群", "and so there")),
    )
    assert report("full", [finding]) == (
        "文章.txt:1:4  warning WRD001 doubled-word\n"
        "  two names\n"
        "  1 | 甲群 123456\n"
        "    |      ^^^^^^\n"
        "  2 | 乙群 123456\n"
        "    | ---- named so here\n"
        "  ::: 另一篇.txt:1:1\n"
        "  1 | 丙群 123456\n"
        "    | ---- and so there\n"
        "\n"
    )


def test_places_of_one_file_stand_in_the_order_of_its_text(maker, report):
    make = maker("甲群 123456\n乙群 123456")
    finding = make.finding("乙群", "two names", related=(make.related("甲群", "and before"),))
    lines = report("full", [finding]).splitlines()
    assert lines[2:] == [
        "  1 | 甲群 123456",
        "    | ---- and before",
        "  2 | 乙群 123456",
        "    | ^^^^",
        "",
    ]


def test_rows_of_a_dataset_are_told_apart(maker, report):
    make, other = (
        maker("甲群", record="rows.jsonl:1#text"),
        maker("丙群", record="rows.jsonl:2#text"),
    )
    shown = report("full", [make.finding("甲群", related=(other.related("丙群", "there"),))])
    assert shown.startswith("文章.txt:1:1 [rows.jsonl:1#text]  warning")
    assert "  ::: 文章.txt:1:1 [rows.jsonl:2#text]\n" in shown


def test_many_related_places_are_listed_and_capped(maker, report):
    make, other = maker("一,二,三,四,五,六,七"), maker("八", path="另一篇.txt")
    related = tuple(make.related(word, "also here") for word in "二三四五六")
    assert "    = also here: 1:3, 1:5, 1:7, 1:9, 1:11\n" in report(
        "full", [make.finding(",", "half-width", related=related)]
    )
    related += tuple(other.related("八", "there too") for _ in range(10))
    shown = report("full", [make.finding(",", "half-width", related=related)])
    assert "    = there too: 另一篇.txt:1:1, 另一篇.txt:1:1, 另一篇.txt:1:1 and 7 more\n" in shown


@pytest.mark.parametrize(
    ("severity", "chosen", "labels"),
    [
        (Severity.WARNING, frozenset(), ("fix: ", "unsafe fix: ", "suggestion: ")),
        (Severity.INFO, frozenset(), (*["fix with --select WRD001: "] * 2, "suggestion: ")),
        (Severity.INFO, frozenset({"WRD001"}), ("fix: ", "unsafe fix: ", "suggestion: ")),
    ],
)
def test_full_says_what_becomes_of_a_fix(maker, report, severity, chosen, labels):
    for safety, label in zip(Safety, labels, strict=True):
        finding = maker("围绕围绕").finding(
            "围绕围绕", severity=severity, safety=safety, write="围绕"
        )
        assert f"    = {label}write “围绕”\n" in report("full", [finding], chosen=chosen)
        marked = report("concise", [finding], chosen=chosen).endswith(" [*]\n")
        assert marked == (label == "fix: ")


def test_a_finding_about_a_whole_file_shows_no_place(maker, report):
    start = Location(1, 1, 0)
    nowhere = Place("缺.txt", None, start, start, Excerpt("", "", ""), "")
    finding = maker("甲").finding("甲", "cannot be read")
    finding = type(finding)(
        "INT002", "unreadable-file", Severity.ERROR, Message("a/b", "cannot be read", {}), nowhere
    )
    assert (
        report("full", [finding])
        == "缺.txt:1:1  error INT002 unreadable-file\n  cannot be read\n\n"
    )


def test_lines_break_at_words_and_beside_han_characters_with_their_punctuation():
    text = "the word “围绕” is written twice，（看）一看！supercalifragilistic"
    assert list(wrapped(text, 16)) == [
        "the word “围绕”",
        "is written",
        "twice，（看）一",
        "看！supercalifra",
        "gilistic",
    ]
    assert next(wrapped(text, 12, taken=4)) == "the word"
    assert list(wrapped(text, None)) == [text]


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_full_fits_the_terminal(maker, report, width):
    text = LONG + "\u200b" * 30 + LONG
    make = maker(text)
    message = "“{word}” is found here, " + "and a long explanation follows " * 5 + LONG
    for word in ("记者", "围绕围绕", LONG[:58], "\u200b" * 30, "吸引人才。"):
        finding = make.finding(
            word,
            message,
            related=(
                make.related("中关村", "and a label that is rather long, as they sometimes are"),
            ),
            safety=Safety.SAFE,
            write=word,
        )
        lines = report("full", [finding], width=width).splitlines()
        assert max(cell_len(line) for line in lines[1:]) <= width


def test_carets_stand_under_the_place_when_the_line_was_cut_to_fit(maker, report):
    finding = maker(LONG).finding("围绕围绕", "found")
    for width in (None, 100, 60, 40):
        _, _, line, carets, *_ = report("full", [finding], width=width).splitlines()
        left = cell_len(line.partition("围绕围绕")[0])
        assert carets == "    |".ljust(left) + "^" * 8


def test_colour_changes_nothing_but_colour(maker, report):
    make = maker(LONG)
    finding = make.finding(
        "围绕围绕", related=(make.related("高端", "here"),), safety=Safety.SAFE, write="围绕"
    )
    for format_name in ("full", "concise"):
        coloured = report(format_name, [finding], color=True)
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == report(format_name, [finding])


@pytest.mark.parametrize("format_name", ["full", "concise"])
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_a_stream_that_lacks_a_character_does_not_fail(maker, format_name, encoding):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    finding = maker("围绕𠮷\udce4围绕", path="文\udce4.txt").finding("围绕𠮷\udce4围绕")
    reporter_for(format_name)(stream).write([finding])
    stream.flush()
    assert b"WRD001" in raw.getvalue()


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_format_loads_rich_but_for_widths(format_name):
    code = (
        "import sys; from kanwu.reporters.base import reporter_for; "
        f"reporter_for({format_name!r}); import kanwu.reporters.summary; "
        "print(*(m for m in sys.modules if m.startswith('rich.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if not name.startswith("rich._")}
    assert loaded == ({"rich.cells"} if format_name == "full" else set())
