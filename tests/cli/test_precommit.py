"""The hooks, run by the real pre-commit in a real git repository."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
HALF = "他说,这是第一句,也是最后一句,就这样吧。\n"


@pytest.fixture(scope="module")
def workplace(tmp_path_factory):
    """A repository that uses the hooks of this project, which lies in a repository of its own."""
    folder = tmp_path_factory.mktemp("precommit")
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(folder / "home"),
        "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    (folder / "gitconfig").write_text("[user]\nname = Test\nemail = test@example.org\n")

    def run(*words, cwd, check=True):
        return subprocess.run(
            words, cwd=cwd, env=environment, check=check, capture_output=True, text=True
        )

    hooks = folder / "hooks"
    left_out = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".hypothesis")
    shutil.copytree(PROJECT, hooks, ignore=left_out)
    work = folder / "work"
    work.mkdir()
    for repository in (hooks, work):
        run("git", "init", "-q", "-b", "main", cwd=repository)
    run("git", "add", "-A", cwd=hooks)
    run("git", "commit", "-q", "-m", "hooks", cwd=hooks)
    revision = run("git", "rev-parse", "HEAD", cwd=hooks).stdout.strip()
    (work / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n"
        "  - id: kanwu-fix\n    stages: [manual]\n  - id: kanwu\n"
    )
    (work / "kanwu.toml").write_text('exclude = ["old/"]\n')
    run("git", "add", "-A", cwd=work)
    precommit = str(Path(sys.executable).parent / "pre-commit")
    run(precommit, "install", "--install-hooks", cwd=work)
    run("git", "commit", "-q", "-m", "first", cwd=work)

    def run_here(*words):
        words = [precommit if word == "pre-commit" else word for word in words]
        return run(*words, cwd=work, check=False)

    run_here.folder = work
    return run_here


def put(workplace, name, text):
    path = workplace.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    workplace("git", "add", "-A")


def test_commit_with_a_defect_is_stopped_and_without_one_goes_through(workplace):
    put(workplace, "a.txt", HALF)
    stopped = workplace("git", "commit", "-m", "half")
    assert stopped.returncode != 0
    assert "a.txt:1:3: PUN001" in stopped.stderr + stopped.stdout
    assert "\x1b" not in stopped.stderr + stopped.stdout
    repaired = workplace("pre-commit", "run", "--hook-stage", "manual", "kanwu-fix", "--all-files")
    assert "files were modified by this hook" in repaired.stdout
    assert "，" in (workplace.folder / "a.txt").read_text()
    workplace("git", "add", "-A")
    assert workplace("git", "commit", "-m", "full").returncode == 0


def test_excluded_files_pass_although_they_are_named(workplace):
    put(workplace, "old/b.txt", HALF)
    assert workplace("git", "commit", "-m", "old").returncode == 0


def test_other_files_are_not_looked_at(workplace):
    put(workplace, "c.py", "# " + HALF)
    assert workplace("git", "commit", "-m", "code").returncode == 0
