"""The desk: the documents that are open in the editor, and the checks that run for them.

Edits are put into the texts on the thread that reads messages, so that typing is always answered; one
thread beside it checks. A check that a later edit has overtaken is not begun, or ends before its next
rule.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.uris import to_fs_path

from kanwu.documents.reading import markup_of
from kanwu.reporters.wording import ENGLISH
from kanwu.server.actions import Checked
from kanwu.server.checking import AbandonedError, Checker, Subject, UncheckedError
from kanwu.server.diagnostics import Teller, notice, shown
from kanwu.server.edits import difference, workspace_edit
from kanwu.server.pages import PageFiles
from kanwu.server.settings import ClientSettings
from kanwu.server.texts import ImpossibleEditError, Text
from kanwu.session.executors.choosing import spare_the_collector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pygls.lsp.server import LanguageServer

    from kanwu.documents.document import Markup
    from kanwu.reporters.wording import Wording

R = TypeVar("R")

LEAST_DELAY, MOST_DELAY = 0.01, 0.5
"""Seconds without an edit after which a check begins: an eighth of what the last one took, within these."""

CONFIGURATION = ".toml"

LEVELS = {
    logging.INFO: types.MessageType.Info,
    logging.WARNING: types.MessageType.Warning,
    logging.ERROR: types.MessageType.Error,
}
LANGUAGES: Mapping[str, Markup] = {"markdown": "markdown", "html": "html"}
"""The markup of what an editor calls a language."""
logger = logging.getLogger("kanwu")


class OpenDocument:
    """A document that is open in the editor."""

    def __init__(self, item: types.TextDocumentItem, encoding: str) -> None:
        path = to_fs_path(item.uri)
        self.uri = item.uri
        self.has_file = bool(path)
        self.path = os.path.abspath(path) if path else item.uri.partition(":")[2] or item.uri
        language = item.language_id.lower()
        self.markup = LANGUAGES.get(language) or markup_of(self.path)
        self.version = item.version
        self.text = Text(item.text, encoding)
        self.lost = ""
        """Why the text here is no longer the one in the editor; empty where it is."""
        self.run: object = None
        """Stands for the check that is wanted: an earlier one ends when it is another."""
        self.task: asyncio.Task[None] | None = None
        self.took = 0.0
        """Seconds of the last check."""
        self.checked: Checked | None = None

    @property
    def subject(self) -> Subject:
        """What is to be checked now."""
        return Subject(self.path, self.text.whole, self.markup, self.has_file)


class Desk:
    """What the editor has open, and what it is told about that."""

    def __init__(self, server: LanguageServer, wording: Wording = ENGLISH) -> None:
        self.server = server
        self.wording = wording
        """In which findings, actions and pages are told."""
        self.documents: dict[str, OpenDocument] = {}
        self.settings = ClientSettings()
        self.checker = Checker()
        self.pages = PageFiles()
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kanwu")
        self._said: set[str] = set()
        self._closed = False

    def start(self) -> None:
        """Load the rules, so that the first check need not wait for them."""
        self.worker.submit(self.checker.warm).add_done_callback(lambda _: spare_the_collector())

    def close(self) -> None:
        """End the check that runs, and take away what was made."""
        self._closed = True
        self.worker.shutdown(cancel_futures=True)
        self.pages.close()

    def open(self, item: types.TextDocumentItem) -> None:
        """Take a document that was opened."""
        if item.uri in self.documents:
            self.say(logging.WARNING, f"{item.uri}: opened a second time; the new text holds")
            self._cancel(self.documents[item.uri])
        encoding = types.PositionEncodingKind(self.server.workspace.position_encoding)
        document = self.documents[item.uri] = OpenDocument(item, encoding.value)
        self.worker.submit(self.checker.forget)
        self._schedule(document, 0)

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Put edits into a document."""
        uri, version = params.text_document.uri, params.text_document.version
        document = self.documents.get(uri)
        if document is None:
            self.say(logging.WARNING, f"{uri}: edited without being open; the edit is passed over")
            return
        if version <= document.version:
            self._lose(
                document, f"the edit to version {version} came after version {document.version}"
            )
            return
        document.version = version
        for change in params.content_changes:
            if isinstance(change, types.TextDocumentContentChangeWholeDocument):
                self._find_again(document, change.text)
            elif not document.lost:
                try:
                    document.text.replace(change.range, change.text)
                except ImpossibleEditError as error:
                    self._lose(document, f"the edit to version {version} does not fit: {error}")
        if not document.lost:
            self._schedule(document, min(max(document.took / 8, LEAST_DELAY), MOST_DELAY))

    def save(self, uri: str, text: str | None) -> None:
        """Take note of a document that was saved, with its text where the client sends it."""
        document = self.documents.get(uri)
        if (
            document is not None
            and text is not None
            and (document.lost or text != document.text.whole)
        ):
            if not document.lost:
                self.say(logging.WARNING, f"{uri}: saved with another text than its edits made")
            self._find_again(document, text)
        if uri.endswith(CONFIGURATION):
            self.check_again()
        elif document is not None and not document.lost:
            self.worker.submit(self.checker.forget)
            self._schedule(document, 0)

    def shut(self, uri: str) -> None:
        """Forget a document that was closed."""
        document = self.documents.pop(uri, None)
        if document is not None:
            self._cancel(document)
            self._publish(uri, None, [])

    def check_again(self) -> None:
        """Check everything under settings that are read anew."""
        self.worker.submit(self.checker.forget)
        for document in self.documents.values():
            if not document.lost:
                self._schedule(document, 0)

    async def checked(self, uri: str) -> Checked | None:
        """What was found in a document as it is now; waits for a check under way."""
        document = self.documents.get(uri)
        if document is None:
            return None
        while (task := document.task) is not None and not task.done():
            await asyncio.wait({task})
        return None if document.lost else document.checked

    async def work(self, function: Callable[..., R], *words: object) -> R:
        """The result of a function that takes its time, from the thread that checks."""
        return await asyncio.get_running_loop().run_in_executor(self.worker, function, *words)

    async def repairs(self, uri: str, *, unsafe: bool) -> types.WorkspaceEdit | None:
        """The edit that makes of a document what `kanwu fix` would; None where it changes nothing."""
        document = self.documents.get(uri)
        if document is None or document.lost:
            return None
        version, subject = document.version, document.subject

        def edits() -> list[types.TextEdit]:
            new = self.checker.repaired(subject, unsafe=unsafe)
            return difference(Text(subject.text, document.text.encoding), new)

        try:
            found = await self.work(edits)
        except UncheckedError as error:
            self.say(logging.ERROR, str(error))
            return None
        if not found or document.version != version:
            return None
        return workspace_edit(uri, version, found, versioned=self.versioned)

    @property
    def versioned(self) -> bool:
        """Whether the client understands edits that are bound to a version."""
        workspace = self.server.client_capabilities.workspace
        edit = workspace and workspace.workspace_edit
        return bool(edit and edit.document_changes)

    def say(self, level: int, message: str, *, once: bool = False) -> None:
        """Write to the log, here and in the editor."""
        if once and message in self._said:
            return
        self._said.add(message)
        logger.log(level, message)
        self.server.window_log_message(types.LogMessageParams(LEVELS[level], f"kanwu: {message}"))

    def _schedule(self, document: OpenDocument, delay: float) -> None:
        self._cancel(document)
        if document.path.endswith(CONFIGURATION) or self.pages.holds(document.path):
            return
        document.run = object()
        document.task = asyncio.get_running_loop().create_task(self._check(document, delay))

    def _cancel(self, document: OpenDocument) -> None:
        document.run = None
        if document.task is not None:
            document.task.cancel()

    async def _check(self, document: OpenDocument, delay: float) -> None:
        await asyncio.sleep(delay)
        run, version = document.run, document.version
        begun = time.perf_counter()
        try:
            checked, notes = await self.work(
                self._find,
                document.uri,
                version,
                document.subject,
                document.text.encoding,
                lambda: document.run is run and not self._closed,
            )
        except AbandonedError:
            return
        except UncheckedError as error:
            self._fail(document, str(error))
            return
        except Exception as error:  # whatever is wrong here, the editor's user is told
            logger.exception("%s cannot be checked", document.uri)
            self._fail(document, f"kanwu failed: {type(error).__name__}: {error}")
            return
        document.took = time.perf_counter() - begun
        for note in notes:
            self.say(logging.WARNING, note, once=True)
        document.checked = checked
        self._publish(document.uri, version, shown(checked.told, self.wording))

    def _find(
        self,
        uri: str,
        version: int,
        subject: Subject,
        encoding: str,
        wanted: Callable[[], bool],
    ) -> tuple[Checked, tuple[str, ...]]:
        report = self.checker.check(subject, wanted)
        text = Text(subject.text, encoding)
        catalogue = self.checker.catalogue(subject)
        capabilities = self.server.client_capabilities.text_document
        can = capabilities and capabilities.publish_diagnostics
        pages = bool(can and can.code_description_support)
        teller = Teller(
            uri,
            text,
            report.document.path,
            page_of=lambda code: self.pages.uri(code, catalogue, self.wording) if pages else None,
            related=bool(can and can.related_information),
            wording=self.wording,
        )
        told = teller.tell(report.findings)
        return Checked(uri, version, text, report.document, told), report.notes

    def _fail(self, document: OpenDocument, why: str) -> None:
        document.checked = None
        self.say(logging.ERROR, f"{document.uri} is not checked: {why}", once=True)
        self._publish(document.uri, document.version, [notice(why, types.DiagnosticSeverity.Error)])

    def _lose(self, document: OpenDocument, why: str) -> None:
        """Stop speaking of a text that is not the one in the editor any more."""
        self._cancel(document)
        document.checked = None
        document.lost = why
        message = f"not checked until it is saved or opened anew: {why}"
        self.say(logging.WARNING, f"{document.uri}: {message}")
        self._publish(document.uri, None, [notice(message, types.DiagnosticSeverity.Warning)])

    def _find_again(self, document: OpenDocument, text: str) -> None:
        if document.lost:
            self.say(logging.INFO, f"{document.uri}: the whole text has come; checked again")
        document.text = Text(text, document.text.encoding)
        document.lost = ""

    def _publish(self, uri: str, version: int | None, diagnostics: list[types.Diagnostic]) -> None:
        self.server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, diagnostics, version)
        )
