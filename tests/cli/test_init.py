"""`kanwu init`: a configuration file that fits a folder, and never one written over."""

import json
import re
import shutil
import tomllib

import pytest

from kanwu.policy.presets import preset_names

ARTICLE = (
    "这是一篇关于城市的文章，我们来看看这个地方有什么。\n\n这里的人们说，学习对他们来说非常重要。\n"
)


def settings(text):
    return tomllib.loads(text)


def uncommented(text):
    """The file with every setting that it proposes in a comment."""
    return re.sub(r"^# (?=[a-z-]+ = )", "", text, flags=re.MULTILINE)


def test_what_is_written_holds_and_is_a_configuration(kanwu, seeds):
    shutil.copytree(seeds, kanwu.folder / "seeds")
    done = kanwu("init")
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    assert said.startswith("Wrote kanwu.toml. Next: kanwu check; kanwu baseline")
    text = (kanwu.folder / "kanwu.toml").read_text(encoding="utf-8")
    assert settings(text) == {}
    assert "5 documents" in text
    assert "texts with their translation in one file: 1" in text
    assert "split-paragraph" in text
    page = kanwu("config").stdout.decode()
    assert "# Configuration file: kanwu.toml" in page
    assert kanwu("check", "seeds").returncode == 1


def test_what_it_proposes_can_be_used(kanwu):
    for number in range(25):
        kanwu.put(f"articles/{number}.txt", ARTICLE.replace("城市", f"第{number}个城市"))
    kanwu.put("articles/old.txt", ARTICLE.encode("gb18030"))
    kanwu.put("articles/mark.txt", b"\xef\xbb\xbf" + ARTICLE.encode())
    kanwu.put("trad.txt", "這是說明，我們來對這個學發會時為說個們。\n")
    kanwu.put("a.zh.txt", ARTICLE)
    kanwu.put("a.en.txt", "This is an article about the city, and what it has to offer.\n")
    kanwu.put("notes.rst", ARTICLE)
    kanwu.put("node_modules/pack/README.md", "# Pack\n")
    kanwu.put(".git/HEAD", "ref: refs/heads/main\n")
    text = kanwu("init", "--stdout").stdout.decode()
    assert not (kanwu.folder / "kanwu.toml").exists()
    assert settings(text) == {
        "extensions": [".txt", ".md", ".markdown", ".rst"],
        "extend-exclude": ["node_modules/"],
    }
    assert "1 GB" in text
    assert "1 UTF-8 with a byte-order mark" in text
    assert "simplified characters and\n# " not in text or "1 in traditional ones" in text
    assert "translations by the names of their files: 2" in text
    assert "- id: kanwu" in text
    everything = uncommented(text)
    assert settings(everything)["corpus"] == ["articles/"]
    kanwu.put("kanwu.toml", everything)
    done = kanwu("check", ".")
    assert done.returncode in {0, 1}, done.stderr.decode()
    assert kanwu("index").returncode == 0


def test_traditional_documents_are_told(kanwu):
    kanwu.put("trad.txt", "這是說明，我們來對這個學發會時為說個們。\n")
    text = kanwu("init", "--stdout").stdout.decode()
    assert settings(uncommented(text))["rules"] == {"mixed-script": {"region": "hong-kong"}}


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_extended(kanwu, name):
    kanwu.put("a.txt", ARTICLE)
    assert kanwu("init", "--preset", name).returncode == 0
    assert settings((kanwu.folder / "kanwu.toml").read_text()) == {"extend": f"preset:{name}"}
    assert f"preset:{name}" in kanwu("config").stdout.decode()


def test_an_unknown_preset_is_told(kanwu):
    done = kanwu("init", "--preset", "newspapers")
    assert done.returncode == 2
    assert 'did you mean "newspaper"?' in done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kanwu.toml", "ignore = []\n"),
        (".kanwu.toml", "ignore = []\n"),
        ("pyproject.toml", "[tool.kanwu]\nignore = []\n"),
    ],
)
def test_nothing_is_written_over(kanwu, name, content):
    path = kanwu.put(name, content)
    done = kanwu("init")
    assert done.returncode == 2
    assert f"{name} configures this folder already" in done.stderr.decode()
    assert path.read_text() == content
    assert sorted(p.name for p in kanwu.folder.iterdir()) == [name]
    assert kanwu("init", "--stdout").returncode == 0
    assert kanwu("init", "--force").returncode == 0
    assert "# Settings of kanwu" in (kanwu.folder / "kanwu.toml").read_text()


def test_a_pyproject_of_others_is_no_obstacle(kanwu):
    kanwu.put("pyproject.toml", "[tool.other]\nx = 1\n")
    assert kanwu("init").returncode == 0


def test_a_folder_below_a_configuration_extends_it(kanwu):
    kanwu.put("kanwu.toml", 'ignore = ["odd-space"]\n')
    kanwu.put("news/a.txt", ARTICLE)
    assert kanwu("init", "--preset", "newspaper", "news").returncode == 0
    text = (kanwu.folder / "news" / "kanwu.toml").read_text()
    assert settings(text) == {"extend": ["../kanwu.toml", "preset:newspaper"]}
    assert "odd-space" in kanwu("config", "news").stdout.decode()


def test_the_schema_lies_beside_it(kanwu):
    kanwu.put("a.txt", ARTICLE)
    assert kanwu("init", "--schema").returncode == 0
    text = (kanwu.folder / "kanwu.toml").read_text()
    assert text.startswith("#:schema ./kanwu.schema.json\n")
    schema = json.loads((kanwu.folder / "kanwu.schema.json").read_text())
    assert "extend" in schema["properties"]


def test_odd_folders_are_no_trouble(kanwu):
    (kanwu.folder / "empty").mkdir()
    assert kanwu("init", "empty").returncode == 0
    assert "No text files were found." in (kanwu.folder / "empty" / "kanwu.toml").read_text()
    kanwu.put('odd "name]\n/vendor/a.txt', ARTICLE)
    kanwu.put("binary.txt", b"\x00\x01\x02\x03" * 400)
    text = kanwu("init", "--stdout").stdout.decode()
    assert settings(text) == {"extend-exclude": ['odd "name]\n/vendor/']}
    assert kanwu("init", "nowhere").returncode == 2
    assert kanwu("init", "binary.txt").returncode == 2
