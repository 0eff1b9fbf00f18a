"""``dragoman glossary``: keeping the term base. One module a kind of work."""

from dragoman.cli.glossary import changing, exchanging, keeping, suggesting
from dragoman.cli.glossary.app import glossary

__all__ = ["changing", "exchanging", "glossary", "keeping", "suggesting"]
