"""Large input: what is found and noted lies in temporary files, and all that is said is the same."""

import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest

# As if every input were large: everything that is found and noted goes to the disk at once.
LARGE = """
import sys
from kanwu.session import run, shards
from kanwu.session.stores import findings, records, spool
shards.SHARD_FILES = 1
run.PACK_BYTES = findings.MOST_IN_MEMORY = records.MOST_WAITING = 0
spool.BUFFERED = 100
from kanwu.cli.main import main
sys.argv[0] = "kanwu"
if __name__ == "__main__":
    main()
"""
FORMATS = ("jsonl", "concise", "full", "github", "gitlab")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A dataset with findings in its rows and between them, and a way to run on it as if it were large."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "large.py").write_text(LARGE, "utf-8")
    (folder / "tmp").mkdir()
    near = "，".join(
        "".join(chr(0x4E00 + (n * k * 7919) % 9000) for k in range(1, 9)) for n in range(1, 60)
    )
    rows = []
    for n in range(60):
        name = "麦仑" if n % 3 else "麦伦"
        said = near if n % 20 == 0 else f"第{n}条消息说的是第{n}件事情,与别的没有一句相同。"
        said += f"企业广州{name}信息科技有限公司负责人告诉记者，该公司去年投资{n % 5}亿元建设新厂。"
        rows.append(json.dumps({"text": f"每日一读\n\n{said}"}, ensure_ascii=False) + "\n")
    (folder / "a.jsonl").write_text("".join([*rows, *rows[1:3]]), "utf-8")
    words = ("check", "a.jsonl", "--isolated", "--output-format", outputs(folder, "small"))
    assert done(folder, *words, large=False)[0] == 1
    return folder


def start(folder, *words, large=True, **options):
    program = [sys.executable, "large.py"] if large else [sys.executable, "-m", "kanwu"]
    environment = os.environ | {"TMPDIR": str(folder / "tmp"), "KANWU_LANG": "en"}
    return subprocess.Popen(
        [*program, *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def done(folder, *words, **options):
    process = start(folder, *words, **options)
    out, err = process.communicate()
    return process.returncode, out, err


def outputs(folder, name):
    return ",".join(f"{one}={folder / name}.{one}" for one in FORMATS)


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_output_is_the_same_and_nothing_is_left_behind(folder, jobs):
    words = ("--output-format", outputs(folder, "large"), "--jobs", str(jobs))
    status, _, err = done(folder, "check", "a.jsonl", "--isolated", *words)
    assert status == 1, err
    for one in FORMATS:
        found = (folder / f"large.{one}").read_bytes()
        assert found == (folder / f"small.{one}").read_bytes()
    said = (folder / "small.jsonl").read_text("utf-8")
    assert all(name in said for name in ("name-variant", "recurring-line", "near-duplicate"))
    assert os.listdir(folder / "tmp") == []


def test_the_cleaned_copy_is_the_same(folder):
    words = ("clean", "a.jsonl", "--isolated", "--drop", "duplicate,near-duplicate", "-o")
    small = done(folder, *words, "small", large=False)
    large = done(folder, *words, "large")
    assert small[0] == large[0] == 1, large
    for at, _, names in os.walk(folder / "small"):
        for name in names:
            expected = os.path.join(at, name)
            found = expected.replace(str(folder / "small"), str(folder / "large"))
            with open(expected, "rb") as one, open(found, "rb") as other:
                assert one.read() == other.read()
    dropped = (folder / "large/dropped/a.jsonl.jsonl").read_text("utf-8")
    assert '"near-duplicate"' in dropped
    assert dropped.count('"duplicate"') == 3
    assert os.listdir(folder / "tmp") == []


def test_a_full_disk_is_told(folder):
    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))

    status, out, err = done(folder, "check", "a.jsonl", "--isolated", preexec_fn=small)
    assert (status, out) == (2, b"")
    said = " ".join(err.decode().split())
    assert (
        f"the folder for temporary files, {folder / 'tmp'}, cannot be written: File too large"
        in said
    )
    assert os.listdir(folder / "tmp") == []


def test_nothing_is_left_behind_by_a_run_that_is_interrupted(folder):
    (folder / "many").mkdir()
    for n in range(60):
        os.link(folder / "a.jsonl", folder / "many" / f"{n}.jsonl")
    many = [f"many/{n}.jsonl" for n in range(60)]
    process = start(folder, "check", *many, "--isolated", "--jobs", "1")
    files = f"/proc/{process.pid}/fd"
    while not any(
        open_file(files, name).startswith(str(folder / "tmp")) for name in os.listdir(files)
    ):
        assert process.poll() is None
        time.sleep(0.01)
    assert os.listdir(folder / "tmp") == []
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130, err
    assert os.listdir(folder / "tmp") == []


def open_file(folder, name):
    try:
        return os.readlink(os.path.join(folder, name))
    except FileNotFoundError:
        return ""
