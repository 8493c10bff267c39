"""Walking folders: which files are to be linted, in a stable order."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kanwu.documents.reading import STDIN, Source, UnreadableError, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pathspec import GitIgnoreSpec

IGNORE_FILES = (".gitignore", ".ignore", ".kanwuignore")


class Choice(Protocol):
    """What the settings of a folder say about the files in it."""

    @property
    def root(self) -> str:
        """The folder that patterns are relative to."""

    @property
    def exclude(self) -> tuple[str, ...]:
        """Patterns, in the form of ignore files, of what is left out."""

    @property
    def extend_exclude(self) -> tuple[str, ...]:
        """More of them."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """The endings, with their dot and in lower case, of the files that are linted."""

    @property
    def respect_ignore_files(self) -> bool:
        """Whether `.gitignore` and its like are honoured."""


class Missing(NamedTuple):
    """A path that the user named and that gives nothing to read, or a folder that cannot be listed."""

    source: Source
    reason: str


class _Ignores(NamedTuple):
    """The patterns of one ignore file, and those of the folders above."""

    base: str
    patterns: GitIgnoreSpec
    above: _Ignores | None


class _Folder(NamedTuple):
    """A folder to be walked next."""

    path: str
    display: str
    above: _Ignores | None


class Walker:
    """Finds the files below the paths that a user gives.

    Hidden files and folders, symbolic links, special files and what an ignore file or the settings
    exclude are left out, unless a path names them. A path given twice, or below another, is read once.
    Symbolic links met on the way are not followed: what they lead to is linted where it really lies,
    if that is below a given path too. So there are no loops, and nothing outside is touched.
    """

    def __init__(self, choose: Callable[[str], Choice], *, exclude_named: bool = False) -> None:
        """`choose` gives the settings of a folder; `exclude_named` drops excluded files even if named."""
        self.choose = choose
        self.exclude_named = exclude_named
        self._specs: dict[tuple[str, ...], GitIgnoreSpec] = {}

    def find(self, paths: Iterable[str]) -> Iterator[Source | Missing]:
        """The files below the paths: in the order of the paths, then of their names."""
        here = os.path.join(os.getcwd(), "")
        seen: set[str] = set()
        for path in paths:
            if path == STDIN:
                yield Source(STDIN, STDIN, named=True)
                continue
            for found in self._below(path, here):
                source = found.source if isinstance(found, Missing) else found
                identity = os.path.join(here, source.path)
                if identity not in seen:
                    seen.add(identity)
                    yield found

    def _below(self, path: str, here: str) -> Iterator[Source | Missing]:
        absolute = os.path.normpath(os.path.join(here, path))
        source = Source(absolute, displayed(absolute, here), named=True)
        try:
            status = os.stat(absolute)
        except OSError as error:
            yield Missing(source, reason(error) + nearest(path, absolute))
            return
        folder = os.path.join(absolute, "") if os.path.isdir(absolute) else ""
        if self.exclude_named and self.excludes(absolute, is_folder=bool(folder)):
            return
        if folder:
            yield from self._walk(absolute, displayed(absolute, here), self._above(absolute))
        else:
            yield source._replace(size=status.st_size)

    def _walk(self, top: str, display: str, above: _Ignores | None) -> Iterator[Source | Missing]:
        # A stack of listings and no recursion: folders can lie deeper than Python's stack reaches.
        stack = [self._list(top, display, above)]
        while stack:
            for found in stack[-1]:
                if isinstance(found, _Folder):
                    stack.append(self._list(*found))
                    break
                yield found
            else:
                stack.pop()

    def _list(
        self, folder: str, display: str, above: _Ignores | None
    ) -> Iterator[Source | Missing | _Folder]:
        choice = self.choose(folder)
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            # A folder that cannot be listed is told like a file that cannot be read.
            yield Missing(Source(folder, display, named=False), reason(error))
            return
        ignores = above
        if choice.respect_ignore_files:
            ignores = self._ignores(folder, {entry.name for entry in entries}, above)
        prefix = "" if display == "." else display if display.endswith("/") else f"{display}/"
        for entry in entries:
            name = entry.name
            if name[0] == "." or entry.is_symlink():
                continue
            if entry.is_dir():
                if not self._left_out(entry.path, choice, ignores, is_folder=True):
                    yield _Folder(entry.path, prefix + name, ignores)
            elif (
                name.lower().endswith(choice.extensions)
                and entry.is_file()
                and not self._left_out(entry.path, choice, ignores, is_folder=False)
            ):
                try:
                    size = entry.stat().st_size
                except OSError:  # it vanished; reading it will say so
                    size = 0
                yield Source(entry.path, prefix + name, named=False, size=size)

    def _left_out(
        self, path: str, choice: Choice, ignores: _Ignores | None, *, is_folder: bool
    ) -> bool:
        end = "/" if is_folder else ""
        if choice.exclude or choice.extend_exclude:
            spec = self._spec(choice.exclude + choice.extend_exclude)
            verdict = spec.check_file(_inside(path, choice.root) + end)
            if verdict.include:
                return True
        while ignores is not None:
            verdict = ignores.patterns.check_file(_inside(path, ignores.base) + end)
            if verdict.include is not None:
                return verdict.include
            ignores = ignores.above
        return False

    def excludes(self, path: str, *, is_folder: bool = False) -> bool:
        """Whether the settings exclude an absolute path, or any folder above it; it need not exist."""
        choice = self.choose(path if is_folder else os.path.dirname(path))
        while len(path) > len(choice.root):
            if self._left_out(path, choice, None, is_folder=is_folder):
                return True
            path, is_folder = os.path.dirname(path), True
        return False

    def _ignores(self, folder: str, names: set[str], above: _Ignores | None) -> _Ignores | None:
        lines: list[str] = []
        for name in IGNORE_FILES:
            if name in names:
                lines += _read_patterns(os.path.join(folder, name))
        return _Ignores(folder, self._spec(tuple(lines)), above) if lines else above

    def _above(self, folder: str) -> _Ignores | None:
        """The ignore files of the folders above, up to the top of their git repository."""
        above: list[str] = []
        while not os.path.exists(os.path.join(folder, ".git")):
            parent = os.path.dirname(folder)
            if parent == folder:
                return None  # not in a repository: only what lies in the given folder counts
            above.append(parent)
            folder = parent
        ignores = None
        for parent in reversed(above):
            if self.choose(parent).respect_ignore_files:
                present = {n for n in IGNORE_FILES if os.path.exists(os.path.join(parent, n))}
                ignores = self._ignores(parent, present, ignores)
        return ignores

    def _spec(self, patterns: tuple[str, ...]) -> GitIgnoreSpec:
        if patterns not in self._specs:
            from pathspec import GitIgnoreSpec
            from pathspec.patterns.gitignore import GitIgnorePatternError

            try:
                self._specs[patterns] = GitIgnoreSpec.from_lines(patterns)
            except GitIgnorePatternError:
                # A lone `!`, say. git passes over such a line too, and honours the others.
                kept: list[str] = []
                for pattern in patterns:
                    with contextlib.suppress(GitIgnorePatternError):
                        GitIgnoreSpec.from_lines([pattern])
                        kept.append(pattern)
                self._specs[patterns] = GitIgnoreSpec.from_lines(kept)
        return self._specs[patterns]


def nearest(path: str, absolute: str) -> str:
    """A question naming what lies beside a path that is not there and is spelled much like it."""
    import difflib  # only mistakes need it

    folder, name = os.path.split(absolute)
    try:
        beside = os.listdir(folder)
    except OSError:
        return ""
    near = difflib.get_close_matches(name, beside, n=1) if name not in beside else []
    if not near:
        return ""
    meant = os.path.join(os.path.dirname(path.rstrip("/" + os.sep)), near[0])
    return f"; did you mean {meant.replace(os.sep, '/')}?"


def displayed(path: str, here: str) -> str:
    """An absolute path as it is shown: relative to the working folder where inside it, with `/`."""
    if path.startswith(here):
        path = path[len(here) :]
    elif path + os.sep == here:
        path = "."
    return path.replace(os.sep, "/") if os.sep != "/" else path


def _inside(path: str, base: str) -> str:
    return path[len(base) :].replace(os.sep, "/").lstrip("/") if path.startswith(base) else path


def _read_patterns(path: str) -> list[str]:
    """The lines of an ignore file; a folder of its name holds none. Raises UnreadableError."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as lines:
            return lines.read().split("\n")
    except IsADirectoryError:
        return []
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {reason(error)}") from error
