"""An editor as the language server sees it: a small client over the pipes of the real command."""

import contextlib
import json
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue

KANWU = str(Path(sys.executable).parent / "kanwu")
PATIENCE = 60

CAPABILITIES = {
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "applyEdit": True,
        "configuration": True,
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "codeDescriptionSupport": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "source"]}},
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "hover": {"contentFormat": ["markdown"]},
    },
}


def span(line, character, end_line, end_character):
    return {
        "start": {"line": line, "character": character},
        "end": {"line": end_line, "character": end_character},
    }


def applied(text, edits):
    """A text after edits of the protocol, in UTF-16; by bytes, in another way than the server's."""
    data = text.encode("utf-16-le", "surrogatepass")
    starts = [0]
    at = 0
    while at < len(data):
        two = data[at : at + 4]
        at += 4 if two == "\r\n".encode("utf-16-le") else 2
        if two[:2] in (b"\n\0", b"\r\0"):
            starts.append(at)
    starts.append(len(data))

    def offset(position):
        line = position["line"]
        if line >= len(starts) - 1:
            return len(data)
        end = starts[line + 1]
        while end > starts[line] and data[end - 2 : end] in (b"\n\0", b"\r\0"):
            end -= 2
        return min(starts[line] + 2 * position["character"], end)

    spans = [(offset(e["range"]["start"]), offset(e["range"]["end"]), e["newText"]) for e in edits]
    # Insertions at one place keep their order, which sorting from the end would turn round.
    for start, end, new in sorted(spans, key=lambda s: s[:2])[::-1]:
        data = data[:start] + new.encode("utf-16-le", "surrogatepass") + data[end:]
    return data.decode("utf-16-le", "surrogatepass")


def edits_of(workspace_edit):
    """The edits of a workspace edit that concerns one document."""
    (change,) = workspace_edit["documentChanges"]
    return change["edits"]


class Editor:
    """Speaks to one server process. What arrives is kept until it is asked for."""

    applied = staticmethod(applied)
    edits_of = staticmethod(edits_of)

    def __init__(
        self,
        folder,
        *,
        encodings=None,
        options=None,
        capabilities=CAPABILITIES,
        env=None,
        locale=None,
    ):
        self.folder = Path(folder)
        self.process = subprocess.Popen(
            [KANWU, "server"],
            cwd="/",
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.arrived = Queue()
        self.kept = []
        self.errors = []
        self.answers = {"workspace/applyEdit": {"applied": True}}
        self._id = 0
        self._threads = [
            threading.Thread(target=self._listen, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        general = {"general": {"positionEncodings": encodings}} if encodings else {}
        self.initialized = self.ask(
            "initialize",
            processId=None,
            rootUri=self.folder.as_uri(),
            workspaceFolders=[{"uri": self.folder.as_uri(), "name": "folder"}],
            capabilities=capabilities | general,
            initializationOptions=options,
            locale=locale,
        )
        self.tell("initialized")

    def _listen(self):
        stream = self.process.stdout
        while header := stream.readline():
            size = 0
            while header.strip():
                name, _, value = header.decode("ascii").partition(":")
                assert name in {"Content-Length", "Content-Type"}, header
                size = int(value) if name == "Content-Length" else size
                header = stream.readline()
            message = json.loads(stream.read(size))
            if "method" in message and "id" in message:
                answer = self.answers.get(message["method"])
                with contextlib.suppress(OSError, ValueError):  # the test has hung up
                    self.send({"id": message["id"], "result": answer})
            self.arrived.put(message)
        self.arrived.put(None)

    def _read_errors(self):
        self.errors.extend(self.process.stderr)

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method, **params):
        self.send({"method": method, "params": params})

    def ask(self, method, **params):
        self._id += 1
        number = self._id
        self.send({"id": number, "method": method, "params": params})
        answer = self.wait(lambda m: m.get("id") == number and "method" not in m)
        assert "error" not in answer, answer
        return answer["result"]

    def wait(self, test):
        """The first message, kept or yet to come, for which something is true."""
        for index, message in enumerate(self.kept):
            if test(message):
                return self.kept.pop(index)
        while True:
            try:
                message = self.arrived.get(timeout=PATIENCE)
            except Empty:
                raise AssertionError(f"nothing came; there was {self.kept}") from None
            assert message is not None, b"".join(self.errors).decode()
            if test(message):
                return message
            self.kept.append(message)

    def uri(self, name):
        return name if ":" in name else (self.folder / name).as_uri()

    def open(self, name, text, language="plaintext", version=1):
        item = {"languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", textDocument={"uri": self.uri(name), **item})

    def edit(self, name, version, *changes):
        """Change a document: by (start line, start character, end line, end character, text) or whole."""
        self.tell(
            "textDocument/didChange",
            textDocument={"uri": self.uri(name), "version": version},
            contentChanges=[
                {"text": c} if isinstance(c, str) else {"range": span(*c[:4]), "text": c[4]}
                for c in changes
            ],
        )

    def save(self, name, text):
        self.tell("textDocument/didSave", textDocument={"uri": self.uri(name)}, text=text)

    def diagnostics(self, name, version=None):
        """The next diagnostics of a document, of a version where one is given."""
        uri = self.uri(name)

        def fits(message):
            params = message.get("params", {})
            return (
                message.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == uri
                and (version is None or params.get("version") == version)
            )

        return self.wait(fits)["params"]["diagnostics"]

    def log(self, text):
        """The next log message that holds a text."""
        return self.wait(
            lambda m: m.get("method") == "window/logMessage" and text in m["params"]["message"]
        )["params"]

    def actions(self, name, start, end, only=None):
        context = {"diagnostics": []} | ({"only": [only]} if only else {})
        return self.ask(
            "textDocument/codeAction",
            textDocument={"uri": self.uri(name)},
            range=span(*start, *end),
            context=context,
        )

    def close(self):
        """End the session in order, and return the exit status."""
        self.send({"id": "end", "method": "shutdown"})
        self.wait(lambda m: m.get("id") == "end")
        self.send({"method": "exit"})
        return self.ended()

    def ended(self):
        status = self.process.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
        return status
