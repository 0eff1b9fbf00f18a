"""What a PO file says, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.records import Entry

Identity = tuple[str | None, str]
"""(msgctxt, msgid): what makes an entry itself, wherever it stands in the file."""


def identity(entry: Entry) -> Identity:
    """The identity of `entry`."""
    return (entry.msgctxt, entry.msgid)


@dataclass(frozen=True, slots=True)
class Catalog:
    """A PO file: `header` fields in file order, the header's ``# `` comment, and the entries.

    Entries stand in file order; ours are written active first (in the order of the release)
    and obsolete (``#~``) last.
    """

    header: tuple[tuple[str, str], ...] = ()
    comment: str = ""
    entries: tuple[Entry, ...] = ()

    def field(self, name: str) -> str:
        """The value of the header field `name` (any case), empty when it is missing."""
        wanted = name.lower()
        return next((value for key, value in self.header if key.lower() == wanted), "")

    @property
    def active(self) -> tuple[Entry, ...]:
        """The entries that stand in the release."""
        return tuple(entry for entry in self.entries if not entry.obsolete)

    @property
    def obsolete(self) -> tuple[Entry, ...]:
        """The entries whose sentence has left the release (``#~``)."""
        return tuple(entry for entry in self.entries if entry.obsolete)

    def by_identity(self) -> dict[Identity, Entry]:
        """All entries, obsolete ones included, by (msgctxt, msgid)."""
        return {identity(entry): entry for entry in self.entries}
