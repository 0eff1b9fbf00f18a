"""Web and mail addresses in running text, the same in every language."""

from __future__ import annotations

import re

_TOP_LEVEL = r"\.(?:az|com|org|net|int|gov|edu|ru|eu|info|tv)\b"
_MAY_HOLD_ADDRESS = re.compile(rf"@|://|www\.|{_TOP_LEVEL}", re.I)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>«»“”\"]+"
    rf"|(?<![@\w.-])(?:[a-z0-9-]+\.)*[a-z0-9-]+{_TOP_LEVEL}(?:/[^\s<>«»“”\"]*)?",
    re.I,
)


def holds_address(text: str) -> bool:
    """Whether `text` may hold a web or mail address (a quick look)."""
    return bool(_MAY_HOLD_ADDRESS.search(text))


def without_addresses(text: str, fill: str = " ") -> str:
    """`text` with each character of web and mail addresses replaced by `fill` (same length)."""
    if not holds_address(text):
        return text
    text = EMAIL.sub(lambda match: fill * len(match[0]), text)
    return URL.sub(lambda match: fill * len(match[0]), text)
