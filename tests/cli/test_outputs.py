"""Formats that other programs read, several in one run, and files that are written whole or not at all."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

DOUBLED = "他们围绕围绕中心工作展开讨论。\n"


def test_sarif_says_the_same_as_json(seeded):
    expected = seeded.findings()
    log = json.loads(seeded("check", "--output-format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(expected)
    for result, finding in zip(run["results"], expected, strict=True):
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"] == finding["code"]
        assert result["message"]["text"] == finding["message"]
        assert result["level"] == {"info": "note"}.get(finding["severity"], finding["severity"])
        place = result["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == finding["path"]
        assert place["region"]["startLine"] == finding["start"]["line"]
        assert place["region"]["endColumn"] == finding["end"]["column"]
        assert place["region"]["charOffset"] == finding["start"]["offset"]
        assert len(result.get("relatedLocations", ())) == len(finding["related"])
        safe = finding["fix"] is not None and finding["fix"]["safety"] == "safe"
        for fix in result.get("fixes", ()):
            assert all(change["replacements"] for change in fix["artifactChanges"])
        assert ("fixes" in result) == safe
        assert list(result["partialFingerprints"].values()) == [finding["fingerprint"]]


def test_sarif_holds_no_fix_without_replacements(kanwu):
    kanwu.put(
        "a.txt", ("今天天气很好，我们去公园散步，看见许多花都开了。\n" * 20).encode("gb18030")
    )
    log = json.loads(kanwu("check", "--select", "not-utf8", "--output-format", "sarif").stdout)
    (result,) = log["runs"][0]["results"]
    assert "fixes" not in result
    (finding,) = kanwu.findings("--select", "not-utf8")
    assert finding["fix"]["safety"] == "safe"


def test_gitlab_wants_fingerprints_that_are_unique(seeded):
    seeded.put("文章/copy.txt", (seeded.folder / "文章").glob("002*").__next__().read_bytes())
    issues = json.loads(seeded("check", "--output-format", "gitlab").stdout)
    assert len(issues) == len(seeded.findings())
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_junit_fails_for_what_counts(seeded):
    suites = ET.fromstring(seeded("check", "--output-format", "junit").stdout)
    found = seeded.findings()
    assert len(suites.findall(".//testcase")) == len(found)
    assert len(suites.findall(".//failure")) == sum(f["severity"] != "info" for f in found)
    clean = seeded("check", "--output-format", "junit", "--select", "ENC012").stdout
    assert not ET.fromstring(clean).findall(".//failure")


@pytest.mark.parametrize("output_format", ["sarif", "github", "gitlab", "junit"])
def test_odd_texts_and_names_spoil_no_format(kanwu, output_format):
    kanwu.put("a,b:c%d\u200b.txt", f"\x1b[31m坏\x00\x07<&>\"'\ufffe\ufffd]]>\u2028\n{DOUBLED}")
    kanwu.put("损.txt", b"\xff\xfe\xfa" + DOUBLED.encode())
    done = kanwu("check", "--output-format", output_format, "--select", "ALL")
    assert done.returncode == 1
    text = done.stdout.decode("utf-8")
    if output_format == "junit":
        assert ET.fromstring(text).findall(".//testcase")
    elif output_format == "github":
        lines = text.splitlines()
        assert lines
        assert all(line.startswith("::") and line.count("::") >= 2 for line in lines)
        assert any("file=a%2Cb%3Ac%25d" in line for line in lines)
    else:
        assert json.loads(text)


def test_several_formats_in_one_run(seeded):
    done = seeded(
        "check", "--output-format", "concise,sarif=found.sarif", "--output-format", "junit=f.xml"
    )
    assert len(done.stdout.splitlines()) == len(seeded.findings())
    log = json.loads((seeded.folder / "found.sarif").read_text(encoding="utf-8"))
    assert len(log["runs"][0]["results"]) == len(seeded.findings())
    assert ET.parse(seeded.folder / "f.xml").getroot().tag == "testsuites"
    assert not list(seeded.folder.glob("*.tmp"))


def test_an_output_file_takes_what_would_be_printed(seeded):
    printed = seeded("check", "--output-format", "json").stdout
    done = seeded("check", "--output-format", "json", "--output-file", "found.json")
    assert done.stdout == b""
    written = json.loads((seeded.folder / "found.json").read_bytes())
    assert written["findings"] == json.loads(printed)["findings"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--output-format", "sarf"), "'sarf' is not one of full, concise"),
        (("--output-format", ","), "expected a format"),
        (("--output-format", "full,json"), "two formats cannot both be written to standard output"),
        (("--output-format", "json=a,sarif=a"), "cannot both be written to a"),
        (("--output-format", "json=a,sarif=./a"), "cannot both be written to ./a"),
        (("--output-format", "json=missing/a"), "there is no folder missing"),
        (("--output-format", "json=."), "it is a folder"),
        (("--output-format", "json=a", "--output-file", "b"), "nothing is left to be written to b"),
        (("--output-format", "sarif", "--statistics"), "the format sarif lists them"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_done(kanwu, words, said):
    path = kanwu.put("a.txt", "今天,天气很好。明天,也好。\n")
    before = path.read_bytes()
    done = kanwu("fix", *words, ".")
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert path.read_bytes() == before


def test_devices_and_pipes_are_written_to_and_stay_what_they_are(kanwu):
    kanwu.put("a.txt", DOUBLED)
    pipe = kanwu.folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    done = kanwu(
        "check", "--output-format", "json=pipe,sarif=/dev/null,concise=/dev/stdout", "a.txt"
    )
    assert done.returncode == 1
    assert json.loads(os.read(reader, 65536))["findings"]
    assert b"WRD001" in done.stdout
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    os.close(reader)


def test_a_link_is_written_through(kanwu):
    kanwu.put("a.txt", DOUBLED)
    target = kanwu.put("results/old.json", "")
    (kanwu.folder / "found.json").symlink_to(target)
    kanwu("check", "--output-format", "json=found.json", "a.txt")
    assert (kanwu.folder / "found.json").is_symlink()
    assert json.loads(target.read_bytes())["findings"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no device that is full")
@pytest.mark.parametrize(
    "words",
    [
        "check a.txt",
        "check --output-format json a.txt",
        "fix --diff --unsafe-fixes a.txt",
        "fix -",
        "check --output-format json=/dev/full a.txt",
    ],
)
def test_a_full_disk_is_told_and_is_no_finding(kanwu, words):
    kanwu.put("a.txt", DOUBLED)
    command = [str(Path(sys.executable).parent / "kanwu"), *words.split()]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command,
            input=DOUBLED.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=kanwu.folder,
            check=False,
        )
    assert done.returncode == 2
    assert b"cannot be written: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_file_beside_a_diff_holds_what_would_be_left(kanwu):
    kanwu.put("a.txt", f"{DOUBLED}会议还讨论了其他问题。。。。。。\n")
    select = ("--select", "WRD001,PUN006")
    done = kanwu("fix", "--diff", *select, "--output-format", "json=left.json", "a.txt")
    assert b"+++ " in done.stdout
    report = json.loads((kanwu.folder / "left.json").read_bytes())
    assert [finding["code"] for finding in report["findings"]] == ["WRD001"]
