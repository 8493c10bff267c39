"""The language server over standard input and output: which message does what."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.uris import to_fs_path

from kanwu import __version__
from kanwu.engine.finding import Safety
from kanwu.engine.translation import LANGUAGES
from kanwu.policy.settings import BASELINE
from kanwu.reporters.wording import wording
from kanwu.server.actions import (
    FIX_ALL,
    FIX_ALL_UNSAFE,
    KINDS,
    TITLES,
    is_wanted,
    quick_fixes,
    touches,
)
from kanwu.server.desk import Desk, logger
from kanwu.server.pages import hover_text
from kanwu.server.settings import SECTION, ClientSettings

if TYPE_CHECKING:
    from typing import BinaryIO

    from kanwu.server.actions import Checked, Kind

WATCHED = ("**/*.toml", f"**/{BASELINE}")
COMMANDS: dict[str, Kind] = {"kanwu.fixAll": FIX_ALL, "kanwu.fixAllUnsafe": FIX_ALL_UNSAFE}
# How often Python lets another thread have its turn, in seconds: typing waits for it several times.
SWITCH_INTERVAL = 0.0005


class Protocol(LanguageServerProtocol):
    """That of pygls, but for the texts: its own end lines at U+2028 too, and trust every edit."""

    lsp_text_document__did_open = None  # type: ignore[assignment]
    lsp_text_document__did_change = None  # type: ignore[assignment]
    lsp_text_document__did_close = None  # type: ignore[assignment]


class KanwuServer(LanguageServer):
    """A language server that writes its own mistakes to the log only."""

    def __init__(self, language: str = "en", *, follow_editor: bool = True) -> None:
        super().__init__(
            "kanwu",
            __version__,
            protocol_cls=Protocol,
            converter_factory=default_converter,
        )
        self.desk = Desk(self, wording(language))
        self.follow_editor = follow_editor
        """Whether the language of the editor comes before the one that was given."""
        self.shut_down = False
        """Whether the client has asked for the end, as it should before it comes."""

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log what went wrong; a request is answered with the error in any case."""
        if source is not FeatureRequestError:
            logger.error("a message could not be handled: %s", error)


def serve(language: str = "en", *, follow_editor: bool = True) -> int:
    """Serve one client until it goes, in a language, or in its own where that is followed and known.

    Returns the exit status: 1 where the client went without a word.
    """
    logging.basicConfig(stream=sys.stderr, format="%(name)s: %(message)s", level=logging.WARNING)
    sys.setswitchinterval(SWITCH_INTERVAL)
    stdin, stdout = own_streams()
    server = make_server(language, follow_editor=follow_editor)
    server.start_io(stdin, stdout)
    server.desk.close()
    return 0 if server.shut_down else 1


def own_streams() -> tuple[BinaryIO, BinaryIO]:
    """The streams of the protocol. From here on what a rule prints goes to standard error."""
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return stdin, stdout


def make_server(language: str = "en", *, follow_editor: bool = True) -> KanwuServer:
    """The server, ready to be started."""
    server = KanwuServer(language, follow_editor=follow_editor)
    follow_the_session(server)
    follow_settings(server)
    follow_documents(server)
    offer_actions(server)
    offer_commands(server)
    return server


def follow_the_session(server: KanwuServer) -> None:
    """Handle what concerns the session as a whole."""
    desk = server.desk

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        folders = [folder.uri for folder in params.workspace_folders or ()]
        root = to_fs_path(folders[0] if folders else params.root_uri or "")
        # Settings, the baseline and the names of files are then those of `kanwu check` there.
        if root and os.path.isdir(root):
            os.chdir(root)
        take_settings(desk, params.initialization_options)
        spoken = (params.locale or "").lower().replace("_", "-").partition("-")[0]
        if server.follow_editor and spoken in LANGUAGES:
            desk.wording = wording(spoken)
        desk.start()

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace and workspace.did_change_watched_files
        if watching and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob) for glob in WATCHED]
            registration = types.Registration(
                "kanwu-configuration",
                types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                types.DidChangeWatchedFilesRegistrationOptions(watchers),
            )
            await server.client_register_capability_async(types.RegistrationParams([registration]))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        desk.check_again()

    @server.feature(types.SHUTDOWN)
    def shut_down(_: None) -> None:
        server.shut_down = True


def follow_settings(server: KanwuServer) -> None:
    """Handle changes of the client's settings."""

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def settings_changed(params: types.DidChangeConfigurationParams) -> None:
        workspace = server.client_capabilities.workspace
        found = params.settings
        # Some clients send their settings along, others wait to be asked.
        if not found and workspace and workspace.configuration:
            item = types.ConfigurationItem(section=SECTION)
            (found,) = await server.workspace_configuration_async(types.ConfigurationParams([item]))
        if found:
            take_settings(server.desk, found)


def take_settings(desk: Desk, found: Any) -> None:
    """Use the settings that a client sent, and say what is wrong with them."""
    desk.settings, wrong = ClientSettings.read(found)
    for message in wrong:
        desk.say(logging.WARNING, message)


def follow_documents(server: KanwuServer) -> None:
    """Handle what happens to documents."""
    desk = server.desk

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        desk.open(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        desk.change(params)

    # With the text: where edits went wrong, that is what puts it right.
    @server.feature(types.TEXT_DOCUMENT_DID_SAVE, types.SaveOptions(include_text=True))
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        desk.save(params.text_document.uri, params.text)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        desk.shut(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        checked = await desk.checked(params.text_document.uri)
        document = desk.documents.get(params.text_document.uri)
        if checked is None or document is None:
            return None
        at = types.Range(params.position, params.position)
        here = [one for one in checked.told if touches(one.diagnostic.range, at)]
        if not here:
            return None
        catalogue = await desk.work(desk.checker.catalogue, document.subject)
        text = hover_text([one.finding for one in here], catalogue, desk.wording)
        content = types.MarkupContent(hover_format(server), text)
        return types.Hover(content, here[0].diagnostic.range)


def hover_format(server: KanwuServer) -> types.MarkupKind:
    """Markdown, unless the client can show plain text only."""
    capabilities = server.client_capabilities.text_document
    formats = capabilities and capabilities.hover and capabilities.hover.content_format
    if formats and types.MarkupKind.Markdown not in formats:
        return types.MarkupKind.PlainText
    return types.MarkupKind.Markdown


def offer_actions(server: KanwuServer) -> None:
    """Handle what repairs and silences."""
    desk = server.desk

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        checked = await desk.checked(params.text_document.uri)
        if checked is None:
            return []
        found: list[types.CodeAction] = []
        unsafe = desk.settings.unsafeFixes
        if is_wanted(types.CodeActionKind.QuickFix, params.context.only):
            fixes = quick_fixes(
                checked, params.range, desk.wording, unsafe=unsafe, versioned=desk.versioned
            )
            found += await desk.work(list, fixes)
        for command, kind in COMMANDS.items():
            if is_wanted(kind, params.context.only) and may_repair(checked, kind, unsafe=unsafe):
                found.append(repair_all(server, checked.uri, command, kind))
        return found

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        data: Any = action.data
        if action.edit is None and isinstance(data, dict) and "uri" in data:
            action.edit = await desk.repairs(data["uri"], unsafe=action.kind == FIX_ALL_UNSAFE)
        return action


def offer_commands(server: KanwuServer) -> None:
    """Handle the commands that repair all at once."""

    @server.command("kanwu.fixAll")
    async def fix_all(uri: str) -> None:
        await apply(uri, FIX_ALL)

    @server.command("kanwu.fixAllUnsafe")
    async def fix_all_unsafe(uri: str) -> None:
        await apply(uri, FIX_ALL_UNSAFE)

    async def apply(uri: str, kind: Kind) -> None:
        edit = await server.desk.repairs(uri, unsafe=kind == FIX_ALL_UNSAFE)
        if edit is not None:
            await server.workspace_apply_edit_async(
                types.ApplyWorkspaceEditParams(edit, server.desk.wording.word(TITLES[kind]))
            )


def may_repair(checked: Checked, kind: Kind, *, unsafe: bool) -> bool:
    """Whether there is anything for repairing all at once."""
    safeties = {one.finding.fix.safety for one in checked.told if one.finding.fix}
    if kind == FIX_ALL:
        return Safety.SAFE in safeties
    return unsafe and Safety.UNSAFE in safeties


def repair_all(server: KanwuServer, uri: str, command: str, kind: Kind) -> types.CodeAction:
    """The action that repairs all at once; what it changes is worked out when it is chosen."""
    capabilities = server.client_capabilities.text_document
    action = capabilities and capabilities.code_action
    support = action and action.resolve_support
    title = server.desk.wording.word(TITLES[kind])
    if support and "edit" in support.properties:
        return types.CodeAction(title, kind, data={"uri": uri})
    return types.CodeAction(title, kind, command=types.Command(title, command, arguments=[uri]))
