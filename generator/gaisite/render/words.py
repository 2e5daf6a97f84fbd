"""The words of a theme in one language, and figures and dates written with them."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gaisite.findings import ContentError, Place, fault


class WordMissing(ContentError, AttributeError):
    """A word that the theme has not: a finding where a view asks for it, an undefined name where a template does."""

    def __str__(self) -> str:
        return str(dict(self.finding.facts)["reason"])


class Words:
    """Words by name, `words.home`; an unknown one is a mistake in the theme and says so."""

    __slots__ = ("_by_key", "language")

    def __init__(self, language: str, by_key: Mapping[str, str]) -> None:
        self.language = language
        self._by_key = by_key

    def __reduce__(self) -> tuple[type["Words"], tuple[str, Mapping[str, str]]]:
        """How another process gets them: there, no attribute exists before all do."""
        return Words, (self.language, self._by_key)

    def __getattr__(self, key: str) -> str:
        try:
            return self._by_key[key]
        except KeyError:
            raise self.blame(f"{key} = ?") from None

    def fill(self, key: str, **values: object) -> str:
        """A sentence with its `{names}` filled in."""
        text = self._by_key.get(key)
        if text is None:
            raise self.blame(f"{key} = ?")
        try:
            return text.format(**values)
        except (AttributeError, LookupError, TypeError, ValueError):
            raise self.blame(f"{key}: {text}") from None

    def blame(self, reason: str) -> WordMissing:
        """The error for a word that cannot be used."""
        file = f"translations/{self.language}.yaml"
        error = fault("template-error", Place(file=file), page=file, reason=reason, heading="", near="")
        return WordMissing(error.finding)

    def list_keys(self) -> Iterable[str]:
        """The names of all words."""
        return self._by_key

    def optional(self, key: str) -> str:
        """A word that a theme may do without; empty where it does."""
        return self._by_key.get(key, "")


def write_size(size: int, words: Words) -> str:
    """A file's size for people: 367 KB."""
    if size < 1000:
        return words.fill("size_bytes", size=size)
    if size < 1_000_000:
        return f"{(size + 500) // 1000} KB"
    return f"{Decimal(size) / 1_000_000:.1f} MB"
