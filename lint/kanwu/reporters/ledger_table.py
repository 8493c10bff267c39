"""The ledger as a table on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from kanwu.reporters.ledger import COLUMNS, Text, encodable, name_of, rows, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from kanwu.documents.document import Document
    from kanwu.engine.ledger import Entry


class Table(Text):
    """A table for each document, its cells wrapped to the width of the terminal."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.console = Console(file=stream)

    def write(self, document: Document, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        table = RichTable(
            title=escape(encodable(name_of(document))), title_justify="left", box=None
        )
        for column in COLUMNS:
            table.add_column(column, no_wrap=column == "place")
        for row in rows(document, entries):
            table.add_row(*map(escape, texts(row)))
        self.console.print(table, "")
