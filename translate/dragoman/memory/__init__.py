"""The translation memory: what people approved is never translated twice.

    with open_memory(workspace) as memory:
        draft = memory.exact(source, lang)      # the same sentence, as a draft
        matches = memory.similar(source, lang)  # sentences like it, with what differs

It is derived from the approved entries of all catalogs and from imported TMX files, and indexed
in ``.dragoman/memory.sqlite``.
"""

from dragoman.memory.index import THRESHOLD, TranslationMemory, open_memory
from dragoman.memory.model import Match, Pair, Stats
from dragoman.memory.remarks import remarks

__all__ = [
    "THRESHOLD",
    "Match",
    "Pair",
    "Stats",
    "TranslationMemory",
    "open_memory",
    "remarks",
]
