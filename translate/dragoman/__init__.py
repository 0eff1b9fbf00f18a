"""Dragoman: Russian press releases in, reviewable English and Azerbaijani catalogs out."""

__version__ = "0.1.0"
