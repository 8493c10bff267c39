"""`kanwu check` as a user meets it: what is read, what is said, and the exit status."""

import json
import os
import socket

import pytest

HALF = "他说,这是第一句,也是最后一句,就这样吧。\n"


def lines(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_clean_text_is_status_0_and_says_how_much_was_checked(kanwu):
    kanwu.put("a.txt", "今天天气很好。\n")
    done = kanwu("check", ".")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "1 document" in done.stderr.decode()


def test_findings_are_status_1_on_stdout(kanwu):
    kanwu.put("a.txt", "一\ufffd二\n")
    done = kanwu("check", ".", "--output-format", "concise")
    assert done.returncode == 1
    assert done.stdout.decode().startswith("a.txt:1:2: ENC005 ")


def test_warnings_do_not_fail_on_error_and_exit_zero_never_fails(kanwu):
    kanwu.put("a.txt", HALF)
    assert kanwu("check", ".").returncode == 1
    assert kanwu("check", ".", "--fail-on", "error").returncode == 0
    assert kanwu("check", ".", "--exit-zero").returncode == 0


def test_missing_path_is_status_2_and_the_other_paths_are_still_checked(kanwu):
    kanwu.put("a.txt", "一\ufffd二\n")
    done = kanwu("check", "a.txt", "missing.txt", "--output-format", "jsonl")
    assert done.returncode == 2
    assert [(f["path"], f["code"]) for f in lines(done)] == [
        ("a.txt", "ENC005"),
        ("missing.txt", "INT002"),
    ]


def test_exit_zero_does_not_hide_a_file_that_was_not_read(kanwu):
    assert kanwu("check", "missing.txt", "--exit-zero").returncode == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--select", "ENC,PUM"), "PUN"),
        (("--ignore", "doubled-wrod"), "doubled-word"),
        (("--output-format", "xml"), "jsonl"),
        (("--jobs", "0"), "1"),
        (("--nonsense",), "--nonsense"),
        (("--config", "none.toml"), "none.toml"),
    ],
)
def test_wrong_use_is_status_2_and_says_what_was_expected(kanwu, words, said):
    done = kanwu("check", *words, ".")
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_unknown_command_suggests_a_near_one(kanwu):
    done = kanwu("chekc", ".")
    assert done.returncode == 2
    assert "check" in done.stderr.decode()


def test_nothing_to_check_is_said_and_is_status_0(kanwu):
    done = kanwu("check", ".")
    assert done.returncode == 0
    assert "No documents found" in done.stderr.decode()


def test_standard_input_has_the_markup_and_name_it_is_given(kanwu):
    text = "```\n他说,这是,代码,不是文章,是的。\n```\n".encode()
    assert kanwu("check", "-", "--stdin-filename", "a.md", stdin=text).returncode == 0
    done = kanwu("check", "-", "--stdin-filename", "a.txt", "--output-format", "jsonl", stdin=text)
    assert {f["path"] for f in lines(done)} == {"a.txt"}


def test_selection_takes_codes_names_and_families(kanwu):
    kanwu.put("a.txt", HALF + "一\ufffd二\n")
    for words in ("ENC", "ENC005", "replacement-character", "enc", "ENC,WRD"):
        done = kanwu("check", ".", "--select", words, "--output-format", "jsonl")
        assert {f["code"] for f in lines(done)} == {"ENC005"}, words
    done = kanwu("check", ".", "--ignore", "ENC,PUN")
    assert done.returncode == 0


def test_configuration_nearest_to_a_file_holds_for_it(kanwu):
    kanwu.put("kanwu.toml", 'ignore = ["PUN"]\n')
    kanwu.put("a.txt", HALF)
    kanwu.put("inner/kanwu.toml", "")
    kanwu.put("inner/b.txt", HALF)
    done = kanwu("check", ".", "--output-format", "jsonl")
    assert {f["path"] for f in lines(done)} == {"inner/b.txt"}
    assert {
        f["path"] for f in lines(kanwu("check", ".", "--isolated", "--output-format", "jsonl"))
    } == {
        "a.txt",
        "inner/b.txt",
    }


def test_mistake_in_the_configuration_is_status_2_and_names_file_and_key(kanwu):
    kanwu.put("kanwu.toml", 'selct = ["PUN"]\n')
    done = kanwu("check", ".")
    assert done.returncode == 2
    assert "kanwu.toml" in done.stderr.decode()
    assert "select" in done.stderr.decode()


def test_json_is_one_object_that_says_how_much_was_checked(kanwu):
    kanwu.put("a.txt", "一\ufffd二\n")
    report = json.loads(kanwu("check", ".", "--output-format", "json").stdout)
    assert set(report) == {"version", "findings", "summary"}
    assert report["summary"]["documents"] == 1
    (finding,) = report["findings"]
    assert finding["start"] == {"line": 1, "column": 2, "offset": 1}
    assert finding["end"] == {"line": 1, "column": 3, "offset": 2}
    assert set(finding) == {
        "code", "name", "severity", "message", "path", "record", "fingerprint",
        "start", "end", "related", "evidence", "fix",
    }  # fmt: skip


def test_machine_output_is_utf8_whatever_the_locale(kanwu):
    kanwu.put("a.txt", "“围绕围绕”高端人才围绕围绕开展。\n")
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    for output_format in ("json", "jsonl"):
        done = kanwu("check", ".", "--output-format", output_format, env=env)
        done.stdout.decode("utf-8")
        assert b"Traceback" not in done.stderr
    for output_format in ("full", "concise"):
        assert (
            b"Traceback"
            not in kanwu("check", ".", "--output-format", output_format, env=env).stderr
        )


def test_no_colour_in_a_pipe_and_colour_when_forced(kanwu):
    kanwu.put("a.txt", "一\ufffd二\n")
    assert b"\x1b[" not in kanwu("check", ".").stdout
    assert b"\x1b[" in kanwu("check", ".", "--color", "always").stdout


def test_plugin_rules_run_like_built_in_ones(kanwu, plugin_environment):
    kanwu.put("a.txt", "我们使用到新方法。\n")
    done = kanwu("check", ".", "--output-format", "jsonl", env=plugin_environment)
    assert [f["code"] for f in lines(done)] == ["EXA001"]


def test_crashing_rule_is_a_finding_and_the_run_goes_on(kanwu, plugin_environment):
    kanwu.put("a.txt", "崩溃吧，一\ufffd二，比较崩溃。\n")
    kanwu.put("b.txt", "一\ufffd二\n")
    done = kanwu("check", ".", "--output-format", "jsonl", env=plugin_environment)
    assert done.returncode == 1
    found = [(f["path"], f["code"]) for f in lines(done)]
    assert sorted(found) == [
        ("a.txt", "ENC005"), ("a.txt", "INT001"), ("a.txt", "INT001"), ("b.txt", "ENC005"),
    ]  # fmt: skip
    crash = next(f for f in lines(done) if f["code"] == "INT001")
    assert "RuntimeError" in crash["message"]


def test_int_rules_cannot_be_deselected(kanwu, plugin_environment):
    kanwu.put("a.txt", "崩溃吧\n")
    done = kanwu("check", ".", "--ignore", "PUN", "--select", "BAD", env=plugin_environment)
    assert done.returncode == 1
    assert kanwu("check", ".", "--ignore", "INT", env=plugin_environment).returncode == 2


@pytest.mark.parametrize("how", [("kanwu",), ("-m",)])
def test_code_in_the_linted_folder_is_never_run(kanwu, how):
    """A folder can hold what looks like a plugin, a module or a configuration; none of it is run."""
    import subprocess
    import sys

    trap = "import pathlib; pathlib.Path('trapped').write_text('x')\n"
    for name in ("kanwu_trap/__init__.py", "click.py", "regex.py", "conftest.py", "kanwu.py"):
        kanwu.put(name, trap)
    kanwu.put("kanwu_trap-1.0.dist-info/entry_points.txt", "[kanwu.rules]\ntrap = kanwu_trap\n")
    kanwu.put("a.txt", "今天天气很好。\n")
    if how == ("-m",):
        # The working folder is first in sys.path only until our own first line has run.
        (kanwu.folder / "kanwu.py").unlink()
        command = [sys.executable, "-m", "kanwu", "check", "."]
        done = subprocess.run(command, cwd=kanwu.folder, capture_output=True, check=False)
    else:
        done = kanwu("check", ".")
    assert done.returncode == 0, done.stderr.decode()
    assert not (kanwu.folder / "trapped").exists()


def test_the_network_is_never_touched():
    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("127.0.0.1", 9))
    import kanwu

    assert kanwu.check_text("一\ufffd二")


def test_serial_and_pooled_runs_say_the_same(kanwu):
    for number in range(600):
        kanwu.put(f"d{number % 7}/{number:03}.txt", f"第{number}篇,有,半角,标点,的。\n一\ufffd\n")
    serial = kanwu("check", ".", "--output-format", "jsonl", "--jobs", "1")
    pooled = kanwu("check", ".", "--output-format", "jsonl", "--jobs", "2")
    assert serial.stdout == pooled.stdout
    assert len(lines(serial)) >= 1200


def test_help_shows_examples_and_every_command(kanwu):
    text = kanwu("--help").stdout.decode()
    for command in ("check", "fix", "rule", "rules", "config", "index", "kanwu check articles/"):
        assert command in text
    for command in ("check", "fix", "rule", "rules", "config", "index"):
        assert b"Example" in kanwu(command, "--help").stdout


def test_version(kanwu):
    assert kanwu("--version").stdout.decode().startswith("kanwu ")
