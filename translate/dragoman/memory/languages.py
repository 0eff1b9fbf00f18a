"""Language codes of other tools: ``ru-RU``, ``EN_gb``, ``az-Latn-AZ``, ``aze``."""

from __future__ import annotations

import re

# ISO 639-2 codes, which old tools write (the bibliographic and terminological ones are the same).
_SHORT = {"rus": "ru", "eng": "en", "aze": "az", "azj": "az"}
_SCRIPTS = {"ru": "cyrl", "en": "latn", "az": "latn"}


def our_language(code: str) -> str:
    """The language we call `code` (ru, en, az), empty for one that we do not handle.

    Azerbaijani in Cyrillic or Arabic script (``az-Cyrl``) is not ours: it would spoil drafts.
    """
    primary, *rest = re.split(r"[-_]", code.strip().lower())
    lang = _SHORT.get(primary, primary)
    script = next((part for part in rest if re.fullmatch(r"[a-z]{4}", part)), "")
    if lang not in _SCRIPTS or script not in ("", _SCRIPTS[lang]):
        return ""
    return lang
