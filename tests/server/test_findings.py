"""What an editor is shown: the findings of `kanwu check`, at its own positions."""

import json
import os

import pytest

DOUBLED = "中关村围绕围绕高端人才开展工作。\n"
RANGE = {"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 7}}


def codes(diagnostics):
    return sorted(one["code"] for one in diagnostics)


def checked(kanwu, path):
    """What the command says of a file: code, line and column from 0, and severity."""
    done = kanwu("check", path.name, "--output-format", "jsonl", cwd=path.parent)
    found = map(json.loads, done.stdout.decode().splitlines())
    levels = {"error": 1, "warning": 2, "info": 3}
    return sorted(
        (f["code"], f["start"]["line"] - 1, f["start"]["column"] - 1, levels[f["severity"]])
        for f in found
    )


def told(diagnostics):
    return sorted(
        (
            d["code"],
            d["range"]["start"]["line"],
            d["range"]["start"]["character"],
            d["severity"],
        )
        for d in diagnostics
    )


@pytest.mark.parametrize("number", range(5))
def test_what_check_says(editor, kanwu, seeds, number):
    source = sorted(seeds.glob("*.txt"))[number]
    data = source.read_bytes()
    path = editor.folder / source.name
    path.write_bytes(data)
    editor.open(source.name, data.decode())
    expected = checked(kanwu, path)
    assert expected
    # No character of the seeds is outside the basic plane: columns are units.
    assert told(editor.diagnostics(source.name)) == expected


def test_all_that_a_diagnostic_holds(editor):
    editor.open("a.txt", DOUBLED)
    (one,) = editor.diagnostics("a.txt")
    assert one["range"] == RANGE
    assert (one["code"], one["source"], one["severity"]) == ("WRD001", "kanwu", 2)
    assert one["message"].endswith("(doubled-word)")
    assert one["codeDescription"]["href"].endswith("WRD001%20doubled-word.md")


def test_what_is_taken_out_whole_is_unnecessary(editor):
    editor.open("a.txt", "今天的会议很成功。  \n")
    (one,) = editor.diagnostics("a.txt")
    assert (one["code"], one["tags"]) == ("PUN009", [1])


def test_the_other_place_of_a_pair(editor, seeds):
    source = next(seeds.glob("000_*"))
    editor.open("a.txt", source.read_text(encoding="utf-8"))
    split = next(d for d in editor.diagnostics("a.txt") if d["code"] == "TRU001")
    (other,) = split["relatedInformation"]
    assert other["location"]["uri"] == editor.uri("a.txt")
    assert other["location"]["range"]["start"] == {"line": 101, "character": 0}
    assert "goes on here" in other["message"]


@pytest.mark.parametrize(
    ("encoding", "start", "end"), [("utf-8", 11, 23), ("utf-16", 5, 9), ("utf-32", 3, 7)]
)
def test_rare_han_and_emoji_in_each_encoding(connect, encoding, start, end):
    editor = connect(encodings=[encoding])
    assert editor.initialized["capabilities"]["positionEncoding"] == encoding
    editor.open("a.txt", "𠮷野😀围绕围绕高端人才开展工作。\n")
    (one,) = editor.diagnostics("a.txt")
    at = one["range"]
    assert (at["start"]["character"], at["end"]["character"]) == (start, end)
    # An edit behind them, in the same units: the first 围绕 goes.
    editor.edit("a.txt", 2, (0, start, 0, (start + end) // 2, ""))
    assert editor.diagnostics("a.txt", version=2) == []
    assert editor.close() == 0


def test_lines_end_at_lf_crlf_and_cr_only(editor):
    text = "一\u2028二\u0085三\x0c四\r五\r\n六\n" + DOUBLED
    editor.open("a.txt", text)
    (one,) = [d for d in editor.diagnostics("a.txt") if d["code"] == "WRD001"]
    assert one["range"] == {
        "start": {"line": 3, "character": 3},
        "end": {"line": 3, "character": 7},
    }


def test_while_typing(editor):
    editor.open("a.txt", "中关村围绕高端人才开展工作。\n")
    assert editor.diagnostics("a.txt") == []
    editor.edit("a.txt", 2, (0, 5, 0, 5, "围绕"))
    assert codes(editor.diagnostics("a.txt", version=2)) == ["WRD001"]
    # Several edits in one message are made one after the other.
    editor.edit("a.txt", 3, (0, 0, 0, 0, "𠮷"), (0, 0, 0, 2, ""), (0, 5, 0, 7, ""))
    assert editor.diagnostics("a.txt", version=3) == []


def test_of_many_edits_the_last_is_answered(editor):
    editor.open("a.txt", DOUBLED)
    for version in range(2, 40):
        editor.edit("a.txt", version, (1, 0, 1, 0, DOUBLED))
    assert len(editor.diagnostics("a.txt", version=39)) == 39


def test_closing_takes_the_findings_away(editor):
    editor.open("a.txt", DOUBLED)
    assert editor.diagnostics("a.txt")
    editor.tell("textDocument/didClose", textDocument={"uri": editor.uri("a.txt")})
    assert editor.diagnostics("a.txt") == []


def test_a_document_without_a_file(editor):
    editor.open("untitled:Untitled-1", DOUBLED)
    assert codes(editor.diagnostics("untitled:Untitled-1")) == ["WRD001"]
    # What language it has, the editor knows.
    comment = "<!-- kanwu: ignore[doubled-word] as printed -->\n"
    editor.open("untitled:Untitled-2", comment + DOUBLED, language="markdown")
    assert editor.diagnostics("untitled:Untitled-2") == []


def test_a_document_whose_file_is_gone(editor):
    path = editor.folder / "a.txt"
    path.write_text(DOUBLED, encoding="utf-8")
    editor.open("a.txt", DOUBLED)
    assert editor.diagnostics("a.txt")
    path.unlink()
    editor.edit("a.txt", 2, (0, 3, 0, 5, ""))
    assert editor.diagnostics("a.txt", version=2) == []
    path.parent.joinpath("kanwu.toml").write_text("ignore = []", encoding="utf-8")
    editor.edit("a.txt", 3, (0, 3, 0, 3, "围绕"))
    assert codes(editor.diagnostics("a.txt", version=3)) == ["WRD001"]


def test_the_encoding_is_that_of_the_file(editor):
    text = "围绕人才开展工作，创新创业环境越来越好。这里是很普通的一段话，没有别的问题。\n" * 9
    (editor.folder / "a.txt").write_bytes(text.encode("gb18030"))
    editor.open("a.txt", text)
    assert "ENC002" in codes(editor.diagnostics("a.txt"))


def test_hovering_shows_the_page_of_the_rule(editor):
    editor.open("a.txt", DOUBLED)
    at = {"textDocument": {"uri": editor.uri("a.txt")}}
    shown = editor.ask("textDocument/hover", **at, position={"line": 0, "character": 5})
    assert shown["range"] == RANGE
    assert shown["contents"]["kind"] == "markdown"
    for part in ("# WRD001 doubled-word", "What it leaves alone", "unsafe fix"):
        assert part in shown["contents"]["value"]
    assert editor.ask("textDocument/hover", **at, position={"line": 0, "character": 12}) is None


def test_a_huge_document_does_not_keep_anybody_waiting(editor):
    huge = "".join(f"第{n}段围绕围绕高端人才开展工作,引进人才。\n\n" for n in range(15_000))
    editor.open("huge.txt", huge)
    for version in range(2, 12):
        editor.edit("huge.txt", version, (0, 0, 0, 0, "又"))
    # All edits are in, and none of the checks is awaited: the answer comes first.
    assert editor.actions("other.txt", (0, 0), (0, 0)) == []
    assert not [m for m in editor.kept if m["method"] == "textDocument/publishDiagnostics"]
    editor.edit("huge.txt", 12, DOUBLED)
    assert codes(editor.diagnostics("huge.txt")) == ["WRD001"]


def test_more_findings_than_an_editor_can_show(editor):
    editor.open("a.txt", "\n\n".join(f"第{n}段围绕围绕高端人才开展工作。" for n in range(1100)))
    found = editor.diagnostics("a.txt")
    assert len(found) == 1001
    assert found[-1]["message"].startswith("100 findings more than the 1,000 shown")


@pytest.mark.parametrize(
    ("locale", "variables", "said"),
    [
        ("zh-cn", {}, "连写了两次"),
        ("zh-TW", {"LANG": "en_GB.UTF-8"}, "连写了两次"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "is set twice"),
        ("fr", {"LANG": "zh_CN.UTF-8"}, "连写了两次"),
        ("zh-cn", {"KANWU_LANG": "en"}, "is set twice"),
    ],
)
def test_the_language_is_that_of_the_editor(connect, locale, variables, said):
    kept = {k: v for k, v in os.environ.items() if k not in {"KANWU_LANG", "LC_ALL", "LC_MESSAGES"}}
    editor = connect(locale=locale, env={**kept, "LANG": "C.UTF-8", **variables})
    editor.open("a.txt", DOUBLED)
    (found,) = editor.diagnostics("a.txt")
    assert said in found["message"]
    assert editor.close() == 0


def test_repairs_and_pages_are_told_in_chinese(connect):
    environment = {k: v for k, v in os.environ.items() if k != "KANWU_LANG"}
    editor = connect(locale="zh-cn", env=environment)
    editor.open("a.md", DOUBLED, "markdown")
    editor.diagnostics("a.md")
    titles = [action["title"] for action in editor.actions("a.md", (0, 0), (0, 9))]
    assert titles == [
        "删去一个“围绕”（不安全：请核对结果）",
        "在本段忽略 doubled-word",
        "kanwu：执行所有修复，包括不安全的",
    ]
    at = {"textDocument": {"uri": editor.uri("a.md")}}
    shown = editor.ask("textDocument/hover", **at, position={"line": 0, "character": 5})
    assert "*不安全的修复：* 删去一个“围绕”" in shown["contents"]["value"]
    assert "**不报告的情况。**" in shown["contents"]["value"]
    assert editor.close() == 0
