"""``dragoman glossary``: keeping the term base. One module a kind of work."""

from dragoman.cli.glossary import changing, exchanging, keeping, suggesting
from dragoman.cli.glossary.app import glossary

__all__ = ["changing", "exchanging", "glossary", "keeping", "suggesting"]

# The help lists them as a maintainer meets them, not in the order of the modules.
_ORDER = ("check", "find", "add", "suggest", "stats", "diff", "impact", "import", "export")
glossary.registered_commands.sort(
    key=lambda command: _ORDER.index(command.name or getattr(command.callback, "__name__", ""))
)
