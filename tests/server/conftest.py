import importlib
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls")


@pytest.fixture(scope="session")
def session():
    """The module with the client."""
    sys.path.insert(0, str(Path(__file__).parent))
    yield importlib.import_module("editor_session")
    sys.path.remove(str(Path(__file__).parent))


@pytest.fixture
def connect(session, tmp_path):
    """Starts servers for a folder, and ends those that a test leaves running."""
    editors = []

    def start(folder=tmp_path, **words):
        editors.append(session.Editor(folder, **words))
        return editors[-1]

    yield start
    for editor in editors:
        if editor.process.poll() is None:
            editor.process.kill()
            editor.ended()


@pytest.fixture(scope="module")
def shared(session, tmp_path_factory):
    """One server for the tests of a module."""
    editor = session.Editor(tmp_path_factory.mktemp("workspace"))
    yield editor
    assert editor.close() == 0
    assert b"Traceback" not in b"".join(editor.errors)


@pytest.fixture
def editor(shared, request):
    """The shared server, and a folder of its own for each test."""
    top = shared.folder
    shared.folder = top / request.node.name.replace("/", "_")
    shared.folder.mkdir()
    yield shared
    shared.folder = top
    shared.kept.clear()
