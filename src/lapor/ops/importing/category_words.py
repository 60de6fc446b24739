"""Categories of other systems in our own short tree, by the words in their names."""

from __future__ import annotations


def category_by_words(name: str) -> str:
    """Return the code of our category for a name such as "Jalan Rusak dan Berlubang", or ""."""
    words = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in name.casefold()).split())} "
    return next((code for code, signs in _SIGNS if any(sign in words for sign in signs)), "")


# Filled once the product's own tree of categories is there.
_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = ()
