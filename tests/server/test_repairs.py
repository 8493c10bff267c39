"""Quick fixes, all fixes at once, and comments that silence: the texts that `kanwu fix` makes."""

import pytest

SAFE, UNSAFE = "source.fixAll.kanwu", "source.fixAllUnsafe.kanwu"
MIXED = "他说,这是第一句.\r\n𠮷野家😀围绕围绕高端人才,开展工作。\r\n\r\n今天的会议很成功。  \r\n"


def end_of(text):
    return (text.count("\n") + 1, 0)


def all_fixed(editor, name, text, kind):
    (action,) = editor.actions(name, (0, 0), end_of(text), only=kind)
    edit = editor.ask("codeAction/resolve", **action)["edit"]
    (change,) = edit["documentChanges"]
    assert change["textDocument"] == {"uri": editor.uri(name), "version": 1}
    return editor.applied(text, change["edits"])


@pytest.mark.parametrize("kind", [SAFE, UNSAFE])
@pytest.mark.parametrize("number", [0, 2, 5])
def test_the_text_that_fix_makes(editor, kanwu, seeds, number, kind):
    texts = [path.read_bytes().decode() for path in sorted(seeds.glob("*.txt"))]
    text = [*texts, MIXED][number]
    path = editor.folder / "a.txt"
    path.write_bytes(text.encode())
    editor.open("a.txt", text)
    offered = editor.actions("a.txt", (0, 0), end_of(text), only=kind)
    made = all_fixed(editor, "a.txt", text, kind) if offered else text
    kanwu("fix", path, *(["--unsafe-fixes"] if kind == UNSAFE else []), cwd=path.parent)
    assert made == path.read_bytes().decode()
    assert not (kind == UNSAFE and made == text)


def test_one_fix_after_the_other_ends_where_fix_does(editor, kanwu):
    path = editor.folder / "a.txt"
    path.write_bytes(MIXED.encode())
    text = MIXED
    editor.open("a.txt", text)
    version = 1
    while fixes := [a for a in editor.actions("a.txt", (0, 0), end_of(text)) if "edit" in a]:
        text = editor.applied(text, editor.edits_of(fixes[0]["edit"]))
        version += 1
        editor.edit("a.txt", version, text)
    kanwu("fix", path, "--unsafe-fixes", cwd=path.parent)
    assert text == path.read_bytes().decode() != MIXED


def test_safe_fixes_are_preferred_and_unsafe_ones_are_called_so(editor):
    editor.open("a.txt", MIXED)
    found = [a for a in editor.actions("a.txt", (0, 0), end_of(MIXED)) if a["kind"] == "quickfix"]
    preferred = {a["diagnostics"][0]["code"]: a["isPreferred"] for a in found}
    assert preferred["WRD001"] is False
    assert True in preferred.values()
    assert all(("(unsafe" in a["title"]) is not a["isPreferred"] for a in found)


def test_only_what_stands_at_the_place(editor):
    editor.open("a.txt", MIXED)
    found = editor.actions("a.txt", (1, 8), (1, 8), only="quickfix")
    assert [a["diagnostics"][0]["code"] for a in found] == ["WRD001"]
    assert editor.actions("a.txt", (2, 0), (2, 0), only="quickfix") == []


def test_saving_asks_for_safe_fixes_and_gets_no_other(editor):
    editor.open("a.txt", MIXED)
    found = editor.actions("a.txt", (0, 0), end_of(MIXED), only="source.fixAll")
    assert [a["kind"] for a in found] == [SAFE]


@pytest.mark.parametrize("command", ["kanwu.fixAll", "kanwu.fixAllUnsafe"])
def test_commands_have_the_editor_apply_the_edit(editor, kanwu, command):
    path = editor.folder / "a.txt"
    path.write_bytes(MIXED.encode())
    editor.open("a.txt", MIXED)
    editor.ask("workspace/executeCommand", command=command, arguments=[editor.uri("a.txt")])
    asked = editor.wait(lambda m: m.get("method") == "workspace/applyEdit")
    made = editor.applied(MIXED, editor.edits_of(asked["params"]["edit"]))
    kanwu("fix", path, *(["--unsafe-fixes"] if "Unsafe" in command else []), cwd=path.parent)
    assert made == path.read_bytes().decode()


def test_a_client_that_resolves_nothing_gets_commands(connect):
    few = {
        "textDocument": {
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}
        }
    }
    editor = connect(capabilities=few)
    editor.open("a.txt", MIXED)
    for kind, name in ((SAFE, "kanwu.fixAll"), (UNSAFE, "kanwu.fixAllUnsafe")):
        (action,) = editor.actions("a.txt", (0, 0), (0, 0), only=kind)
        assert action["command"]["command"] == name
    (first, *_) = [a for a in editor.actions("a.txt", (0, 0), end_of(MIXED)) if "edit" in a]
    assert list(first["edit"]["changes"]) == [editor.uri("a.txt")]
    assert editor.close() == 0


def test_unsafe_fixes_can_be_kept_out(connect):
    editor = connect(options={"unsafeFixes": False})
    editor.open("a.txt", MIXED)
    found = editor.actions("a.txt", (0, 0), end_of(MIXED))
    assert found
    assert not [a for a in found if "unsafe" in a["title"]]
    editor.tell("workspace/didChangeConfiguration", settings={"kanwu": {"unsafeFixes": True}})
    assert [a for a in editor.actions("a.txt", (0, 0), end_of(MIXED)) if "unsafe" in a["title"]]
    # A client that waits to be asked.
    editor.answers["workspace/configuration"] = [{"unsafeFixes": "yes"}]
    editor.tell("workspace/didChangeConfiguration", settings=None)
    assert "kanwu.unsafeFixes: found 'yes'" in editor.log("unsafeFixes")["message"]
    assert editor.close() == 0


MARKDOWN = (
    "---\ntitle: 围绕围绕人才\n---\n\n# 题目\n\n第一段在这里。\n中关村围绕围绕高端人才开展工作。\n"
)


def test_a_comment_that_silences_a_finding(editor):
    editor.open("a.md", MARKDOWN, language="markdown")
    found = editor.actions("a.md", (7, 4), (7, 4), only="quickfix")
    (ignore,) = [a for a in found if a["title"] == "Ignore doubled-word in this block"]
    text = editor.applied(MARKDOWN, editor.edits_of(ignore["edit"]))
    comment = "<!-- kanwu: ignore[doubled-word] -->\n"
    assert text == MARKDOWN.replace("第一段", comment + "第一段")
    editor.diagnostics("a.md", version=1)
    editor.edit("a.md", 2, text)
    assert "WRD001" not in [d["code"] for d in editor.diagnostics("a.md", version=2)]


def test_no_comment_where_it_would_be_text_or_code(editor):
    editor.open("a.txt", MARKDOWN)
    fenced = "```\n" + MARKDOWN + "```\n"
    editor.open("b.md", fenced, language="markdown")
    for name in ("a.txt", "b.md"):
        found = editor.actions(name, (0, 0), (99, 0), only="quickfix")
        assert not [a for a in found if a["title"].startswith("Ignore")]
