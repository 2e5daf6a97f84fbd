"""Text that exists in several languages: official labels, messages, hints."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in one or more languages, by BCP 47 tag; the first is the official one."""

    by_language: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Texts":
        """The texts of a mapping from language tag to text, in its order."""
        return cls(tuple(texts.items()))

    @property
    def official(self) -> str:
        """The text in the language it was laid down in."""
        return self.by_language[0][1]

    @property
    def language(self) -> str:
        """The tag of the official language."""
        return self.by_language[0][0]

    def get(self, language: str) -> str | None:
        """The text in exactly this language, or in the same language elsewhere (en for en-GB)."""
        for tag, text in self.by_language:
            if tag == language:
                return text
        base = language.split("-")[0]
        return next((text for tag, text in self.by_language if tag.split("-")[0] == base), None)

    def within(self, language: str) -> str:
        """The text in this language where it exists, otherwise the official one."""
        found = self.get(language)
        return self.official if found is None else found
