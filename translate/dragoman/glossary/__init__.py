"""The term base: read it, find its terms in Russian text, say them in English and Azerbaijani."""

from dragoman.glossary.base import Glossary, load_glossary
from dragoman.glossary.load import GlossaryFaults
from dragoman.glossary.said import holds, occurrences, violates
from dragoman.glossary.wanted import fitting, terms_fingerprint, wanted

__all__ = [
    "Glossary",
    "GlossaryFaults",
    "fitting",
    "holds",
    "load_glossary",
    "occurrences",
    "terms_fingerprint",
    "violates",
    "wanted",
]
