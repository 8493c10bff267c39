"""Writing: a file is the old one or the new one, whole, whatever happens."""

import errno
import os

import pytest

from kanwu.fixes import writing
from kanwu.fixes.writing import WriteRefusedError, write

OLD, NEW = "旧".encode(), "新的内容".encode()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    return path


def put(path, old=OLD, new=NEW):
    write(str(path), old, new, inside=())


def alone(path):
    return [p.name for p in path.parent.iterdir()] == [path.name]


def test_replaces_the_content(path):
    put(path)
    assert path.read_bytes() == NEW
    assert alone(path)


def test_refuses_a_file_that_changed_in_the_meantime(path):
    path.write_bytes(b"somebody else was here")
    with pytest.raises(WriteRefusedError, match="changed"):
        put(path)
    assert path.read_bytes() == b"somebody else was here"


def test_refuses_a_file_that_is_gone(path):
    path.unlink()
    with pytest.raises(WriteRefusedError, match="no such file"):
        put(path)
    assert not path.exists()


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_full_disk_leaves_the_old_file_and_nothing_else(path, monkeypatch, call):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    if call == "write":
        real = writing.open if hasattr(writing, "open") else open

        class Full:
            def __init__(self, file):
                self.file = file

            def __enter__(self):
                return self

            def __exit__(self, *rest):
                self.file.close()

            def write(self, data):
                self.file.write(data[:1])
                full()

        def opened(name, mode, *rest):
            file = real(name, mode, *rest)
            return Full(file) if mode == "wb" else file

        monkeypatch.setattr(writing, "open", opened, raising=False)
    else:
        monkeypatch.setattr(os, call, full)
    with pytest.raises(WriteRefusedError, match="no space left"):
        put(path)
    assert path.read_bytes() == OLD
    assert alone(path)


def test_interrupted_writing_leaves_the_old_file_and_nothing_else(path, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        put(path)
    assert path.read_bytes() == OLD
    assert alone(path)


def test_refuses_what_is_no_regular_file(tmp_path):
    with pytest.raises(WriteRefusedError, match="regular"):
        put(tmp_path)
