"""Which configuration holds for a file, and what is said of one that cannot be used."""

import os
import pickle
import subprocess
import sys

import pytest

from kanwu.engine.finding import Severity
from kanwu.policy.loading import FILE_NAMES, Resolver
from kanwu.policy.settings import ConfigurationError, Settings


@pytest.fixture
def resolver(catalogue, folder):
    return Resolver(catalogue)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refusal(catalogue, **choice):
    """What is said of the configuration for a file in the working folder."""
    with pytest.raises(ConfigurationError) as caught:
        Resolver(catalogue, **choice).for_file("a.txt")
    return str(caught.value)


# Which file holds.


def test_without_a_file_the_defaults_hold(resolver, folder):
    settings = resolver.for_file("a.txt")
    assert settings == Settings(str(folder))
    assert settings.source is None
    assert settings.cache_dir == str(folder / ".kanwu_cache")
    assert settings.fail_on is Severity.WARNING
    assert settings.extensions == (".txt", ".md", ".markdown")
    assert settings.origin("select") == "default"


def test_the_nearest_file_holds_alone(resolver, folder):
    write(folder / "kanwu.toml", 'fail-on = "error"\nignore = ["PUN"]')
    write(folder / "news" / "kanwu.toml", 'select = ["ENC"]')
    above, below = resolver.for_file("a.txt"), resolver.for_file("news/2020/a.txt")
    assert (above.ignore, above.fail_on) == (("PUN",), "error")
    assert (below.select, below.ignore, below.fail_on) == (("ENC",), (), "warning")
    assert below.root == str(folder / "news")
    assert below.source == str(folder / "news" / "kanwu.toml")


def test_in_one_folder_kanwu_toml_holds_then_the_hidden_one_then_pyproject(catalogue, folder):
    texts = {"pyproject.toml": "[tool.kanwu]\n", "kanwu.toml": "", ".kanwu.toml": ""}
    for name in FILE_NAMES:
        write(folder / name, texts[name])
    for name in FILE_NAMES:
        assert Resolver(catalogue).for_file("a.txt").source == str(folder / name)
        (folder / name).unlink()
    assert Resolver(catalogue).for_file("a.txt").source is None


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "kanwu-articles"\n',
        '[tool.ruff]\nline-length = 100\n[project]\ndependencies = ["kanwu"]',
        "tool = 3  # kanwu",
        "not TOML at all, but nobody's business here",
        b"[project]\nname = '\xff'",
    ],
)
def test_a_pyproject_without_our_table_does_not_count(resolver, folder, text):
    write(folder / "kanwu.toml", 'ignore = ["PUN"]')
    write(folder / "news" / "pyproject.toml", text)
    assert resolver.for_file("news/a.txt").ignore == ("PUN",)


def test_a_pyproject_with_an_empty_table_counts(resolver, folder):
    write(folder / "kanwu.toml", 'ignore = ["PUN"]')
    write(folder / "news" / "pyproject.toml", "[tool.kanwu]")
    assert resolver.for_file("news/a.txt").ignore == ()


def test_a_file_far_down_finds_the_configuration(resolver, folder):
    write(folder / "kanwu.toml", 'ignore = ["PUN"]')
    deep = "/".join(["下"] * 300)
    assert resolver.for_file(f"{deep}/a.txt").ignore == ("PUN",)
    # Longer than any path may be: there cannot be a file, and it is no crash either.
    assert resolver.for_file("/".join(["下" * 50] * 100) + "/a.txt").ignore == ("PUN",)


def test_each_folder_is_looked_at_once(resolver, folder, monkeypatch):
    looked = []
    lstat = os.lstat
    monkeypatch.setattr(os, "lstat", lambda path: looked.append(path) or lstat(path))
    found = [resolver.for_file(f"news/2020/{n}.txt") for n in "abc"]
    found += [resolver.for_file("news/b.txt"), resolver.for_file(str(folder / "news" / "c.txt"))]
    assert len(looked) == len(set(looked))
    assert all(settings is found[0] for settings in found)


def test_standard_input_takes_the_configuration_of_the_working_folder(resolver, folder):
    write(folder / "kanwu.toml", 'ignore = ["PUN"]')
    assert resolver.for_file("-").ignore == ("PUN",)


def test_a_link_to_a_configuration_holds_where_the_link_stands(resolver, folder):
    shared = write(folder / "shared" / "strict.toml", 'cache-dir = "cache"')
    (folder / "news").mkdir()
    (folder / "news" / "kanwu.toml").symlink_to(shared)
    settings = resolver.for_file("news/a.txt")
    assert settings.root == str(folder / "news")
    assert settings.cache_dir == str(folder / "news" / "cache")


def test_a_folder_reached_by_a_link_belongs_to_where_it_is_seen(resolver, folder):
    write(folder / "real" / "kanwu.toml", 'ignore = ["ENC"]')
    (folder / "real" / "articles").mkdir()
    write(folder / "seen" / "kanwu.toml", 'ignore = ["PUN"]')
    (folder / "seen" / "articles").symlink_to(folder / "real" / "articles")
    assert resolver.for_file("seen/articles/a.txt").ignore == ("PUN",)


def test_a_link_that_leads_nowhere_is_told(catalogue, folder):
    (folder / "kanwu.toml").symlink_to(folder / "gone.toml")
    assert refusal(catalogue) == "kanwu.toml: cannot be read: No such file or directory"


def test_a_folder_called_like_a_configuration_is_told(catalogue, folder):
    (folder / "kanwu.toml").mkdir()
    assert refusal(catalogue) == "kanwu.toml: cannot be read: Is a directory"


def test_one_configuration_for_everything_refers_to_the_working_folder(catalogue, folder):
    write(folder / "kanwu.toml", 'ignore = ["PUN"]')
    write(folder / "ci" / "strict.toml", 'select = ["ENC"]\ncorpus = ["articles"]')
    resolver = Resolver(catalogue, config="ci/strict.toml")
    settings = resolver.for_file("news/a.txt")
    assert (settings.select, settings.ignore) == (("ENC",), ())
    assert settings.corpus == (str(folder / "articles"),)
    assert settings is resolver.for_folder("/")


def test_a_configuration_that_was_named_must_be_there(catalogue, folder):
    assert (
        refusal(catalogue, config="no.toml") == "no.toml: cannot be read: No such file or directory"
    )
    write(folder / "ci" / "pyproject.toml", "[tool.ruff]")
    assert refusal(catalogue, config="ci/pyproject.toml") == (
        "ci/pyproject.toml: found no table [tool.kanwu], expected one in a pyproject.toml"
    )


def test_isolated_reads_nothing(catalogue, folder):
    write(folder / "kanwu.toml", "broken")
    assert Resolver(catalogue, isolated=True).for_file("a.txt") == Settings(str(folder))
    assert "contradict" in refusal(catalogue, isolated=True, config="kanwu.toml")


# What a file may say.


def test_every_key_is_read(resolver, folder):
    write(
        folder / "kanwu.toml",
        """
        select = ["PUN", "lost-byte"]
        extend-select = ["enc002"]
        ignore = ["PUN002"]
        exclude = ["drafts/"]
        extend-exclude = ["*.bak.txt"]
        extensions = [".TXT"]
        respect-ignore-files = false
        corpus = ["articles", "/srv/corpus/"]
        fail-on = "info"
        cache-dir = "../cache"
        per-file-ignores = {"old/**" = ["PUN"], "!news/*" = ["ALL"]}
        severity = {wrong-comma = "error", ENC = "info"}
        [rules.wrong-comma]
        least = 5
        share = 1
        marks = [",", ";"]
        [rules.ENC001]
        """,
    )
    assert resolver.for_file("a.txt") == Settings(
        str(folder),
        str(folder / "kanwu.toml"),
        select=("PUN", "lost-byte"),
        extend_select=("enc002",),
        ignore=("PUN002",),
        exclude=("drafts/",),
        extend_exclude=("*.bak.txt",),
        extensions=(".txt",),
        respect_ignore_files=False,
        corpus=(str(folder / "articles"), "/srv/corpus"),
        fail_on=Severity.INFO,
        cache_dir=str(folder.parent / "cache"),
        per_file_ignores=(("old/**", ("PUN",)), ("!news/*", ("ALL",))),
        severity=(("wrong-comma", Severity.ERROR), ("ENC", Severity.INFO)),
        rules=(
            ("wrong-comma", (("least", 5), ("share", 1.0), ("marks", (",", ";")))),
            ("ENC001", ()),
        ),
    )


def test_settings_travel_and_are_keys(resolver, folder):
    write(folder / "kanwu.toml", '[rules.wrong-comma]\nmarks = [","]')
    settings = resolver.for_file("a.txt")
    copy = pickle.loads(pickle.dumps(settings))
    assert {settings: "known"}[copy] == "known"
    assert {name: copy.origin(name) for name in copy.origins} == {
        "rules": str(folder / "kanwu.toml")
    }


def test_a_byte_order_mark_and_windows_newlines_are_no_matter(resolver, folder):
    write(folder / "kanwu.toml", b'\xef\xbb\xbfignore = ["PUN"]\r\nfail-on = "error"\r\n')
    assert resolver.for_file("a.txt").ignore == ("PUN",)


# What is said of what cannot be used: the file, the key, what was found, what was expected.

ONE_OF = (
    "extend, select, extend-select, ignore, per-file-ignores, suppressions, severity, rules, rule-files, exclude, "
    "extend-exclude, extensions, respect-ignore-files, text-fields, text-markup, id-field, corpus, fail-on, "
    "cache-dir, baseline"
)
A_RULE = "expected the code, name or family of a rule, or ALL"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'ignor = ["PUN"]',
            f'kanwu.toml: found the key "ignor", expected one of {ONE_OF}; did you mean "ignore"?',
        ),
        ("extend_select = []", 'did you mean "extend-select"?'),
        ("'' = 1", f'kanwu.toml: found the key "", expected one of {ONE_OF}'),
        ("[tool.kanwu]", "the keys stand at the top, not under [tool.kanwu]"),
        ("select = 'PUN'", 'kanwu.toml: select: found "PUN", expected a list of strings'),
        ("ignore = [1]", "kanwu.toml: ignore: found 1 in the list, expected a list of strings"),
        (
            "select = ['wrong-coma']",
            f'kanwu.toml: select: found "wrong-coma", {A_RULE}; did you mean "wrong-comma"?',
        ),
        ("extend-select = ['PUN01']", 'did you mean "PUN001"?'),
        ("ignore = ['完全不同']", f'kanwu.toml: ignore: found "完全不同", {A_RULE}'),
        ("ignore = ['INT001']", 'kanwu.toml: ignore: found "INT001", expected the code'),
        ("ignore = ['int']", "that is never silenced"),
        (
            "fail-on = 'never'",
            'kanwu.toml: fail-on: found "never", expected one of "info", "warning", "error"',
        ),
        ("fail-on = []", "kanwu.toml: fail-on: found [], expected one of"),
        (
            "respect-ignore-files = 'no'",
            'kanwu.toml: respect-ignore-files: found "no", expected true or false',
        ),
        ("respect-ignore-files = 1", "found 1, expected true or false"),
        (
            "extensions = ['txt']",
            'kanwu.toml: extensions: found "txt", expected an extension with its dot, such as ".txt"',
        ),
        (
            "exclude = ['#drafts']",
            'kanwu.toml: exclude: found "#drafts", expected a pattern as in .gitignore',
        ),
        ("extend-exclude = ['!']", 'kanwu.toml: extend-exclude: found "!", expected a pattern'),
        ("corpus = 'articles'", 'kanwu.toml: corpus: found "articles", expected a list of strings'),
        ("cache-dir = ''", 'kanwu.toml: cache-dir: found "", expected the path of a folder'),
        ("per-file-ignores = ['x']", 'kanwu.toml: per-file-ignores: found ["x"], expected a table'),
        (
            "[per-file-ignores]\n'old/**' = 'PUN'",
            'kanwu.toml: per-file-ignores."old/**": found "PUN", expected a list of strings',
        ),
        (
            "[per-file-ignores]\nold = ['PUNN']",
            f'kanwu.toml: per-file-ignores.old: found "PUNN", {A_RULE}; did you mean "PUN"?',
        ),
        ("[per-file-ignores]\nold = ['INT']", "that is never silenced"),
        (
            "[per-file-ignores]\n'/' = ['PUN']",
            'per-file-ignores."/": found "/", expected a pattern',
        ),
        ("severity = 'info'", 'kanwu.toml: severity: found "info", expected a table'),
        (
            "severity.wrong-comma = 'off'",
            'found "off", expected one of "info", "warning", "error"; to switch a rule off, name it',
        ),
        ("severity.wrong-dot = 'info'", f'kanwu.toml: severity: found "wrong-dot", {A_RULE}'),
        ("severity.INT002 = 'info'", "that is never silenced"),
        (
            "severity = {wrong-comma = 'info', PUN001 = 'error'}",
            'kanwu.toml: severity: found "wrong-comma" and "PUN001", expected every rule once',
        ),
        (
            "[rules.wrong-coma]",
            'rules: found "wrong-coma", expected the code or name of a rule; did you mean "wrong-',
        ),
        ("[rules.PUN]", "the rules of this family are PUN001 wrong-comma, PUN002 wrong-dash"),
        ("rules.wrong-comma = 3", "kanwu.toml: rules.wrong-comma: found 3, expected a table"),
        (
            "rules.wrong-comma.leest = 3",
            'rules.wrong-comma: found the option "leest", expected one of least, marks, width, strict',
        ),
        (
            "rules.lost-byte.least = 3",
            'rules.lost-byte: found the option "least", expected none: this rule has no options',
        ),
        (
            "rules.PUN001.least = 0",
            "kanwu.toml: rules.PUN001.least: found 0, expected a whole number of at least 1",
        ),
        ("rules.PUN001.least = true", "found true, expected a whole number"),
        ("rules.PUN001.marks = ','", 'rules.PUN001.marks: found ",", expected a list of strings'),
        ("rules.PUN001.width = 'wide'", 'found "wide", expected one of full, half'),
        ("rules.PUN001.strict = {a = 1}", "found a table, expected true or false"),
        (f"fail-on = '{'长' * 1000}'", "长…, expected one of"),
    ],
)
def test_what_cannot_be_used_is_told(catalogue, folder, text, message):
    write(folder / "kanwu.toml", text)
    said = refusal(catalogue)
    assert said.startswith("kanwu.toml: ")
    assert message in said
    assert "found " in said
    assert "expected " in said


def test_a_key_of_pyproject_is_named_in_full(catalogue, folder):
    write(folder / "pyproject.toml", "[tool.kanwu.rules.wrong-comma]\nleast = 'five'")
    assert refusal(catalogue) == (
        'pyproject.toml: tool.kanwu.rules.wrong-comma.least: found "five", '
        "expected a whole number of at least 1"
    )
    write(folder / "pyproject.toml", "tool.kanwu = 3")
    assert refusal(catalogue) == "pyproject.toml: tool.kanwu: found 3, expected a table"


def test_a_file_outside_the_working_folder_is_named_in_full(catalogue, folder, monkeypatch):
    write(folder / "kanwu.toml", "a = 1")
    (folder / "news").mkdir()
    monkeypatch.chdir(folder / "news")
    assert refusal(catalogue).startswith(f"{folder / 'kanwu.toml'}: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignore = [\n'PUN',\n'ENC' 'x']", "kanwu.toml:3:7: this is not TOML: Unclosed array"),
        ("ignore = ['PUN'", "kanwu.toml:1:16: this is not TOML: Unclosed array"),
        ("[rules]\n[rules]", "kanwu.toml:2:7: this is not TOML: Cannot declare"),
        ("ignore = " + "[" * 100_000, "kanwu.toml: this is not TOML: too deeply nested"),
        ("a = " + "9" * 10_000, "kanwu.toml: this is not TOML: Exceeds the limit"),
        (
            b"# \xe4\xbd\xa0\nignore = ['\xcb\xce']",
            "kanwu.toml:2:12: found the byte 0xCB, expected UTF-8; save the file in that encoding",
        ),
        (b"\xef\xbb\xbf\xe4\xbd\xa0\xff", "kanwu.toml:1:2: found the byte 0xFF, expected UTF-8"),
        ("a = 1".encode("utf-16"), "kanwu.toml:1:1: found the byte 0xFF, expected UTF-8"),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(catalogue, folder, text, message):
    write(folder / "kanwu.toml", text)
    assert message in refusal(catalogue)


def test_a_broken_pyproject_that_speaks_of_us_is_told(catalogue, folder):
    write(folder / "pyproject.toml", "[tool.kanwu]\nignore = [")
    assert refusal(catalogue).startswith("pyproject.toml:2:11: this is not TOML: ")


def test_a_mistake_is_told_again_for_the_next_file(catalogue, folder):
    write(folder / "kanwu.toml", "a = 1")
    resolver = Resolver(catalogue)
    for path in ("a.txt", "b.txt"):
        with pytest.raises(ConfigurationError):
            resolver.for_file(path)


def test_nothing_slow_is_imported_where_nothing_is_configured(folder):
    code = (
        "import sys, kanwu.policy.selection as s, kanwu.policy.loading as l\n"
        "from kanwu.engine.discovery import Catalogue\n"
        "catalogue = Catalogue([])\n"
        "s.Policy(l.Resolver(catalogue).for_file('a.txt'), catalogue)\n"
        "print(*{'tomllib', 'pathspec', 'difflib', 'json', 'rich', 'click'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize("key", ["extend", "rule-files", "corpus", "cache-dir", "baseline"])
def test_a_path_with_nul_is_refused(kanwu, key):
    value = '"a\\u0000b"' if key in {"cache-dir", "baseline"} else '["a\\u0000b"]'
    kanwu.put("kanwu.toml", f"{key} = {value}\n")
    done = kanwu("check", ".")
    assert done.returncode == 2
    assert f"kanwu.toml: {key}: found".encode() in done.stderr
