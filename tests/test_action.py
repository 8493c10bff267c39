"""The GitHub Action: its description is well formed, and its steps do what they say when run here."""

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ACTION = Path(__file__).parents[1] / "action.yml"
EXPRESSION = re.compile(r"\$\{\{ *(.+?) *\}\}")

pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")


@pytest.fixture(scope="module")
def action():
    return yaml.safe_load(ACTION.read_text(encoding="utf-8"))


@pytest.fixture
def run(action, tmp_path):
    """Runs a step of the action by its number, with inputs and the outputs of steps before it."""
    work = tmp_path / "work"
    runner = tmp_path / "runner"
    for folder in (work, runner, tmp_path / "tools"):
        folder.mkdir()

    def run(number, inputs=None, outputs=None):
        step = action["runs"]["steps"][number]
        given = {name: known.get("default", "") for name, known in action["inputs"].items()}
        given |= inputs or {}
        values = {f"inputs.{name}": value for name, value in given.items()}
        values |= {
            f"steps.{id_}.outputs.{name}": v
            for id_, several in (outputs or {}).items()
            for name, v in several.items()
        }
        values["github.token"] = "a token"
        result = runner / "output"
        result.write_text("")
        env = {
            "PATH": f"{tmp_path / 'tools'}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(runner),
            "GITHUB_OUTPUT": str(result),
            "GITHUB_ACTION_PATH": str(ACTION.parent),
            "GITHUB_SHA": "c" * 40,
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_REPOSITORY": "somebody/articles",
        }
        env |= {n: EXPRESSION.sub(lambda m: values[m[1]], v) for n, v in step["env"].items()}
        # As a runner calls it.
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=work,
            env=env,
            capture_output=True,
            check=False,
            timeout=120,
        )
        said = dict(line.split("=", 1) for line in result.read_text().splitlines())
        return done, said

    run.work, run.tools, run.runner = work, tmp_path / "tools", runner
    return run


def bin_of(python):
    return {"install": {"bin": str(Path(python).parent)}}


def test_it_is_what_github_expects(action, published_schema):
    schema = published_schema("creating-actions/metadata-syntax-for-github-actions")
    assert [f"{error.json_path}: {error.message}" for error in schema.iter_errors(action)] == []


def test_scripts_hold_no_expressions_and_other_actions_are_pinned(action):
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        if "uses" in step:
            assert re.fullmatch(r"actions/setup-python@[0-9a-f]{40}", step["uses"])
    known = {f"inputs.{name}" for name in action["inputs"]}
    used = set(re.findall(r"inputs\.[\w-]+", ACTION.read_text(encoding="utf-8")))
    assert used == known


@pytest.mark.parametrize(
    ("version", "wanted"), [("", str(ACTION.parent)), ("0.1.0", "kanwu==0.1.0")]
)
def test_installing(run, version, wanted):
    python = run.tools / "python"
    # What `python -m venv FOLDER` makes tells what it is called with.
    python.write_text(
        f'#!{sys.executable}\nimport os, sys\nfolder = sys.argv[3] + "/bin"\nos.makedirs(folder)\n'
        'path = folder + "/python"\n'
        'open(path, "w").write("#!/bin/sh\\nprintf \'%s\\\\n\' \\"$@\\"\\n")\nos.chmod(path, 0o755)\n'
    )
    python.chmod(0o755)
    done, said = run(1, {"version": version})
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines() == ["-m", "pip", "install", "--quiet", wanted]
    assert said == {"bin": str(run.runner / "kanwu" / "bin")}


def test_checking(run):
    (run.work / "一 二.txt").write_text("围绕围绕高端人才。\n", encoding="utf-8")
    (run.work / "b.txt").write_text("今天天气很好。\n", encoding="utf-8")
    done, said = run(2, {"paths": "一 二.txt\nb.txt\n"}, bin_of(sys.executable))
    assert (done.returncode, said["exit-status"]) == (1, "1")
    assert done.stdout.decode().startswith("::warning ")
    log = json.loads(Path(said["sarif-file"]).read_text(encoding="utf-8"))
    assert [r["ruleId"] for r in log["runs"][0]["results"]] == ["WRD001"]
    done, said = run(2, {"args": "--ignore WRD001 --exit-zero"}, bin_of(sys.executable))
    assert (done.returncode, said["exit-status"]) == (0, "0")
    done, said = run(2, {"paths": "$(touch owned)\n; touch owned"}, bin_of(sys.executable))
    assert (done.returncode, said["exit-status"]) == (2, "2")
    assert not (run.work / "owned").exists()


def test_sending_to_code_scanning(run):
    gh = run.tools / "gh"
    gh.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    gh.chmod(0o755)
    log = run.runner / "kanwu.sarif"
    log.write_text('{"version": "2.1.0"}')
    outputs = {**bin_of(sys.executable), "check": {"sarif-file": str(log)}}
    done, _ = run(3, {}, outputs)
    assert done.returncode == 0, done.stderr
    *_, address, _, payload = done.stdout.decode().splitlines()
    assert address == "repos/somebody/articles/code-scanning/sarifs"
    sent = json.loads(Path(payload).read_text())
    assert (sent["commit_sha"], sent["ref"]) == ("c" * 40, "refs/heads/main")
    assert gzip.decompress(base64.b64decode(sent["sarif"])) == log.read_bytes()
