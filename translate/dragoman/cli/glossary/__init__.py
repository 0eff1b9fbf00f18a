"""``dragoman glossary``: keeping the term base. One module a kind of work."""

from dragoman.cli.glossary import exchanging, keeping, suggesting
from dragoman.cli.glossary.app import glossary

__all__ = ["exchanging", "glossary", "keeping", "suggesting"]
