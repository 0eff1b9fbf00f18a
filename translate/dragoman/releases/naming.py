"""Names of releases that are safe in a file name and in a ``#:`` reference.

The rule: the file's stem in NFC; each run of white space, controls and ``/ \\ : * ? " < > |``
becomes one ``_`` (a space would end a ``#:`` reference); leading dots and dashes go, and trailing
dots; letters of any script stay. A name over 150 UTF-8 bytes keeps its beginning and gets eight
hex digits of its SHA-256, so that ``<name>.po`` and its temporary twin fit in a folder.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from dragoman.errors import ReleaseError

_UNSAFE = re.compile(r'[\s\x00-\x1f\x7f-\x9f\u2028\u2029/\\:*?"<>|]+')
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LONGEST = 150


def safe_name(path: Path) -> str:
    """The release name of a file, by the rule above. Raises ReleaseError when nothing is left."""
    stem = unicodedata.normalize("NFC", path.stem)
    name = _INVISIBLE.sub("", _UNSAFE.sub("_", stem)).lstrip(".-").rstrip(".")
    if not re.search(r"\w", name.replace("_", "")):
        raise ReleaseError("its name holds no letter or digit", advice="rename the file", path=path)
    raw = name.encode("utf-8", "replace")
    if len(raw) <= _LONGEST:
        return raw.decode("utf-8")
    digest = hashlib.sha256(raw).hexdigest()[:8]
    return f"{raw[:_LONGEST].decode('utf-8', 'ignore')}-{digest}"


def safe_source(source: str) -> str:
    """A path for ``#:`` references: POSIX, with white space and invisible characters as ``_``."""
    posix = re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+", "_", source.replace("\\", "/"))
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", posix))
