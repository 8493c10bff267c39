"""Configuration of the document's folder holds as for `kanwu check`, and is read again."""

import pytest

DOUBLED = "中关村围绕围绕高端人才开展工作。\n"
CHANGED = "workspace/didChangeWatchedFiles"


def codes(diagnostics):
    return sorted(one.get("code") for one in diagnostics)


def watched(editor, path):
    editor.tell(CHANGED, changes=[{"uri": path.as_uri(), "type": 2}])


def test_the_client_is_asked_to_watch_configuration_files(connect):
    editor = connect()
    asked = editor.wait(lambda m: m.get("method") == "client/registerCapability")
    (one,) = asked["params"]["registrations"]
    assert one["method"] == CHANGED
    assert {"globPattern": "**/*.toml"} in one["registerOptions"]["watchers"]
    assert editor.close() == 0


@pytest.mark.parametrize("name", ["kanwu.toml", "pyproject.toml"])
def test_changes_of_the_configuration_are_seen(editor, name):
    path = editor.folder / name
    above = "[tool.kanwu]\n" if name == "pyproject.toml" else ""
    editor.open("a.txt", DOUBLED)
    assert codes(editor.diagnostics("a.txt")) == ["WRD001"]
    path.write_text(above + 'ignore = ["doubled-word"]\n', encoding="utf-8")
    watched(editor, path)
    assert editor.diagnostics("a.txt") == []
    path.write_text(above + 'severity = {WRD = "error"}\n', encoding="utf-8")
    editor.save(name, None)  # an editor that watches no files
    (one,) = editor.diagnostics("a.txt")
    assert one["severity"] == 1


def test_a_broken_configuration_is_told_until_it_is_mended(editor):
    path = editor.folder / "kanwu.toml"
    path.write_text('ignore = ["dubbled-word"]\n', encoding="utf-8")
    editor.open("a.txt", DOUBLED)
    (one,) = editor.diagnostics("a.txt")
    assert (one["severity"], one["range"]["start"]) == (1, {"line": 0, "character": 0})
    assert "kanwu.toml: ignore: found" in one["message"]
    assert "doubled-word" in one["message"]
    assert "is not checked" in editor.log("dubbled-word")["message"]
    path.write_text("", encoding="utf-8")
    watched(editor, path)
    assert codes(editor.diagnostics("a.txt")) == ["WRD001"]


def test_exclusion_and_what_a_file_ignores(editor):
    (editor.folder / "kanwu.toml").write_text(
        'extend-exclude = ["drafts/"]\n[per-file-ignores]\n"poem.txt" = ["WRD"]\n', encoding="utf-8"
    )
    for name, found in (("drafts/a.txt", []), ("poem.txt", []), ("b.txt", ["WRD001"])):
        editor.open(name, DOUBLED)
        assert codes(editor.diagnostics(name)) == found, name


def test_a_baseline_and_suppressions(editor, kanwu):
    path = editor.folder / "a.txt"
    path.write_text(DOUBLED, encoding="utf-8")
    (editor.folder / "kanwu.toml").write_text(
        '[[suppressions]]\nrules = ["doubled-word"]\ncontains = ["作家"]\n', encoding="utf-8"
    )
    assert kanwu("baseline", cwd=editor.folder).returncode == 0
    editor.open("a.txt", DOUBLED)
    assert editor.diagnostics("a.txt") == []
    editor.edit("a.txt", 2, (1, 0, 1, 0, "他们围绕围绕这个问题讨论。\n"))
    (one,) = editor.diagnostics("a.txt", version=2)
    assert one["range"]["start"]["line"] == 1
    editor.edit("a.txt", 3, (1, 0, 1, 2, "作家"))
    assert editor.diagnostics("a.txt", version=3) == []


GROUPS = "海归QQ群\n{first}\n63984971\n{second}\n103237942\n北京海归人才群\n172719654\n"


def test_the_corpus_by_its_index(editor, kanwu):
    folder = editor.folder
    (folder / "kanwu.toml").write_text('corpus = ["."]\nselect = ["FIG003"]\n', encoding="utf-8")
    names = {"a.txt": "海归部落千人群", "b.txt": "上海海归创业群"}
    texts = {n: GROUPS.format(first=g, second="海归部落二号群") for n, g in names.items()}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    editor.open("a.txt", texts["a.txt"])
    assert editor.diagnostics("a.txt") == []
    assert "run kanwu index" in editor.log("no index")["message"]
    assert kanwu("index", cwd=folder).returncode == 0
    # From both sides of the pair, each with a pointer to the other.
    for name, other in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        editor.open(name, texts[name], version=2)
        (one,) = editor.diagnostics(name, version=2)
        assert (one["code"], one["range"]["start"]["line"]) == ("FIG003", 2)
        (there,) = one["relatedInformation"]
        assert there["location"]["uri"] == editor.uri(other)
        assert there["location"]["range"]["start"]["line"] == 2
    # The text in the editor counts, not the one in the file.
    editor.edit("a.txt", 3, texts["b.txt"])
    assert editor.diagnostics("a.txt", version=3) == []
