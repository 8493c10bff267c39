"""Walking: which files are found, in which order, and what is left out."""

import os

import pytest

from kanwu.documents.walking import Missing, Walker


class Settings:
    def __init__(self, root, **changes):
        self.root = str(root)
        self.exclude = changes.get("exclude", ())
        self.extend_exclude = changes.get("extend_exclude", ())
        self.extensions = (".txt", ".md")
        self.respect_ignore_files = changes.get("respect_ignore_files", True)


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A working folder in which a test names files; each holds its own name."""
    monkeypatch.chdir(tmp_path)

    def make(*names, **content):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content.get(path.name.lstrip("."), name))
        return tmp_path

    return make


def find(*paths, exclude_named=False, **changes):
    settings = Settings(os.getcwd(), **changes)
    walker = Walker(lambda folder: settings, exclude_named=exclude_named)
    return [
        f"missing {f.source.display}" if isinstance(f, Missing) else f.display
        for f in walker.find(paths or (".",))
    ]


def test_order_is_that_of_names(tree):
    tree("b.txt", "a/z.txt", "a.txt", "A.TXT", "c/1.md", "c/d/2.txt")
    assert find() == ["A.TXT", "a/z.txt", "a.txt", "b.txt", "c/1.md", "c/d/2.txt"]
    assert find("c", "a") == ["c/1.md", "c/d/2.txt", "a/z.txt"]


def test_each_file_is_found_once(tree):
    tree("a/b.txt")
    assert find("a", "a/b.txt", ".", "./a/../a/b.txt") == ["a/b.txt"]


def test_other_endings_and_hidden_files_are_left_out_unless_named(tree):
    tree("a.txt", "a.py", ".hidden.txt", ".folder/a.txt", ".git/a.txt")
    assert find() == ["a.txt"]
    assert find("a.py", ".hidden.txt", ".folder") == ["a.py", ".hidden.txt", ".folder/a.txt"]


def test_ignore_files_are_honoured(tree):
    tree(
        ".gitignore", "drafts/a.txt", "b.txt", "old.txt", "c/keep.txt", "c/x.txt", "c/.ignore",
        gitignore="drafts/\nold*\n*.tmp\nc/*.txt\n", ignore="!keep.txt\n",
    )  # fmt: skip
    assert find() == ["b.txt", "c/keep.txt"]
    assert find(respect_ignore_files=False) == [
        "b.txt", "c/keep.txt", "c/x.txt", "drafts/a.txt", "old.txt",
    ]  # fmt: skip
    assert find("old.txt", "drafts") == ["old.txt", "drafts/a.txt"]


def test_ignore_files_above_count_up_to_the_top_of_the_repository(tree):
    tree(".git/HEAD", ".gitignore", "a/b/x.txt", "a/b/y.txt", gitignore="a/b/x.txt\n")
    assert find("a/b") == ["a/b/y.txt"]
    os.rename(".git", "no-git")
    assert find("a/b") == ["a/b/x.txt", "a/b/y.txt"]


def test_excluded_patterns(tree):
    tree("a.txt", "drafts/b.txt", "deep/drafts/c.txt", "deep/d.txt")
    assert find(exclude=("drafts/",)) == ["a.txt", "deep/d.txt"]
    assert find(extend_exclude=("/drafts",)) == ["a.txt", "deep/d.txt", "deep/drafts/c.txt"]
    assert find("drafts/b.txt", exclude=("drafts/",)) == ["drafts/b.txt"]
    assert find("drafts/b.txt", "a.txt", exclude=("drafts/",), exclude_named=True) == ["a.txt"]


def test_links_met_on_the_way_are_not_followed(tree):
    root = tree("a/b.txt", "outside.txt")
    (root / "a" / "loop").symlink_to(root)
    (root / "a" / "link.txt").symlink_to(root / "outside.txt")
    assert find("a") == ["a/b.txt"]
    assert find("a/link.txt") == ["a/link.txt"]


def test_missing_paths_are_told(tree):
    tree("a.txt")
    assert find("a.txt", "b.txt", "c/") == ["a.txt", "missing b.txt", "missing c"]


def test_paths_outside_the_working_folder_stay_absolute(tree, tmp_path_factory):
    tree("a.txt")
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.txt"
    elsewhere.write_text("b")
    assert find(str(elsewhere)) == [str(elsewhere)]
    assert find(os.path.abspath("a.txt")) == ["a.txt"]
