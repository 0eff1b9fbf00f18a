"""Engines: what turns Russian sentences into drafts.

`load_engine` gives the engine a name stands for; everything that it returns obeys the
`Engine` protocol. torch and transformers are imported by the first `translate()` only, so
that an engine can be named and its revision asked for at no cost.
"""

from dragoman.engines.annotation import annotate, strip_annotation
from dragoman.engines.base import Decoding, Engine, OnAnswer, runtime_of
from dragoman.engines.loading import load_engine

__all__ = [
    "Decoding",
    "Engine",
    "OnAnswer",
    "annotate",
    "load_engine",
    "runtime_of",
    "strip_annotation",
]
