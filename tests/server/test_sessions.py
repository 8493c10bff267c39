"""Sessions that go wrong: edits that do not fit, rules that fail, clients that vanish."""

import json
import os
import re
from pathlib import Path

import pytest

DOUBLED = "中关村围绕围绕高端人才开展工作。\n"
SOUND = "中关村围绕高端人才开展工作。\n"


def codes(diagnostics):
    return sorted(one.get("code", "") for one in diagnostics)


@pytest.mark.parametrize(
    ("version", "change", "why"),
    [
        (1, (0, 0, 0, 0, "x"), "version 1 came after version 1"),
        (-5, (0, 0, 0, 0, "x"), "version -5 came after version 1"),
        (2, (7, 0, 8, 0, "x"), "reaches line 9 of a text that has 2 lines"),
        (2, (1, 0, 0, 0, "x"), "ends at line 1, before it begins at line 2"),
    ],
)
def test_an_edit_that_does_not_fit(editor, version, change, why):
    editor.open("a.txt", DOUBLED)
    assert codes(editor.diagnostics("a.txt", version=1)) == ["WRD001"]
    editor.edit("a.txt", version, change)
    (one,) = editor.diagnostics("a.txt")
    assert why in one["message"]
    assert "saved or opened anew" in one["message"]
    assert editor.log("not checked until")["type"] == 2
    # Nothing is said of a text that is not known, and nothing breaks.
    assert editor.actions("a.txt", (0, 0), (9, 0)) == []
    editor.edit("a.txt", 3, (0, 0, 0, 0, "x"))
    # The text that comes with saving puts it right, and edits fit again.
    editor.save("a.txt", SOUND)
    assert editor.diagnostics("a.txt", version=3) == []
    editor.edit("a.txt", 4, (0, 3, 0, 3, "围绕"))
    assert codes(editor.diagnostics("a.txt", version=4)) == ["WRD001"]


def test_the_whole_text_puts_it_right_too(editor):
    editor.open("a.txt", SOUND)
    editor.edit("a.txt", 2, (40, 0, 40, 1, "x"))
    editor.edit("a.txt", 3, DOUBLED)
    assert codes(editor.diagnostics("a.txt", version=3)) == ["WRD001"]
    editor.edit("a.txt", 4, (40, 0, 40, 1, "x"))
    editor.open("a.txt", SOUND, version=1)
    assert editor.diagnostics("a.txt", version=1) == []


def test_documents_that_are_not_open(editor):
    editor.edit("a.txt", 2, (0, 0, 0, 0, "x"))
    assert "a.txt" in editor.log("without being open")["message"]
    editor.save("a.txt", DOUBLED)
    editor.tell("textDocument/didClose", textDocument={"uri": editor.uri("a.txt")})
    assert editor.actions("a.txt", (0, 0), (0, 0)) == []
    place = {"textDocument": {"uri": editor.uri("a.txt")}, "position": {"line": 0, "character": 0}}
    assert editor.ask("textDocument/hover", **place) is None


def test_messages_that_are_none(editor):
    editor.tell("textDocument/didChange", textDocument=7)
    editor.tell("kanwu/unheardOf")
    editor.process.stdin.write(b'Content-Length: 7\r\n\r\n{"a": b')
    editor.open("a.txt", DOUBLED)
    assert codes(editor.diagnostics("a.txt")) == ["WRD001"]
    editor.errors.clear()  # where these were told, with what pygls says of them


RULES = '''
import sys
from kanwu import EveryDocument, Rule

class Crash(Rule):
    """Fails."""
    code, name, where = "XXX001", "crash", (EveryDocument(),)
    def check(self, document, places):
        print("Content-Length: 3")
        sys.stdout.flush()
        if "炸" in document.text:
            raise ValueError("no luck")
        return ()
'''


def test_a_rule_that_fails_and_one_that_prints(connect, tmp_path):
    plugin = tmp_path / "plugin"
    information = plugin / "noisy-1.0.dist-info"
    information.mkdir(parents=True)
    (plugin / "noisy.py").write_text(RULES, encoding="utf-8")
    (information / "METADATA").write_text("Name: noisy\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text(
        "[kanwu.rules]\nnoisy = noisy\n", encoding="utf-8"
    )
    editor = connect(env={**os.environ, "PYTHONPATH": str(plugin)})
    editor.open("a.txt", DOUBLED)
    assert codes(editor.diagnostics("a.txt")) == ["WRD001"]
    editor.edit("a.txt", 2, (1, 0, 1, 0, "炸\n"))
    found = editor.diagnostics("a.txt", version=2)
    assert codes(found) == ["INT001", "WRD001"]
    assert "no luck" in found[0]["message"]
    assert b"Content-Length: 3\n" in editor.errors


def test_the_exit_status_says_whether_the_session_ended_in_order(connect):
    polite = connect()
    assert polite.close() == 0
    assert b"Traceback" not in b"".join(polite.errors)
    rude = connect()
    rude.send({"method": "exit"})
    assert rude.ended() == 1
    gone = connect()
    gone.process.stdin.close()
    assert gone.ended() == 1


def test_without_pygls_it_is_said_what_to_install(kanwu, tmp_path):
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls" / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'pygls'\", name='pygls')", encoding="utf-8"
    )
    done = kanwu("server", env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"pip install 'kanwu[lsp]'" in done.stderr


CLIENT = Path(__file__).parents[2] / "docs" / "editors" / "vscode"


def test_the_settings_of_the_vscode_client_are_read_by_somebody():
    from kanwu.server.settings import ClientSettings

    package = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))
    settings = package["contributes"]["configuration"]["properties"]
    source = (CLIENT / "src" / "extension.ts").read_text(encoding="utf-8")
    server = {f"kanwu.{name}": value for name, value in ClientSettings()._asdict().items()}
    for name, setting in settings.items():
        if name in server:
            assert setting["default"] == server[name]
        elif name != "kanwu.trace.server":  # which the library of the client reads
            assert f'"{name.removeprefix("kanwu.")}"' in source
    assert server.keys() <= settings.keys()


def test_the_commands_of_the_vscode_client_are_those_of_the_server():
    from kanwu.server.serving import COMMANDS

    package = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))
    source = (CLIENT / "src" / "extension.ts").read_text(encoding="utf-8")
    named = set(re.findall(r'"(kanwu\.fix\w+)"', source))
    assert named == set(COMMANDS)
    offered = {one["command"] for one in package["contributes"]["commands"]}
    assert {name.replace("kanwu.", "kanwu.apply.") for name in COMMANDS} <= offered
