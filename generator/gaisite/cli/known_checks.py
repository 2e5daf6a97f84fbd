"""Every check that gaisite knows: the catalogue's, and those of the forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Problems, Severity
from gaisite.model.catalogue import CLAUSE, Catalogue, CatalogueEntry
from gaisite.model.form_checks import CheckKind, FormCheck
from gaisite.model.forms import Form
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCheck:
    """A check by its id, which a general check and the checks of several forms may share."""

    id: str
    entry: CatalogueEntry | None = None
    """Of a general check; None where only forms have it."""
    uses: tuple[tuple[Form, FormCheck], ...] = ()
    """The forms that have a check of this id."""

    @property
    def title(self) -> Texts:
        """What it demands, as the last form says; for a general check its sentence."""
        if self.uses or self.entry is None:
            return self.uses[-1][1].title
        return self.entry.message

    @property
    def severity(self) -> Severity:
        """How much it matters, as the last form says, otherwise as the catalogue does."""
        if self.uses or self.entry is None:
            return self.uses[-1][1].severity
        return self.entry.severity


def read_known_forms(project: Path | None) -> Mapping[str, Form]:
    """The forms of the package, and those of a project that can be read: what is wrong in one, `check` tells."""
    folders = (PACKAGE_FORMS,) if project is None else (PACKAGE_FORMS, project / "content" / "forms")
    return read_forms(folders, project or PACKAGE_FORMS, Problems())


def list_checks(catalogue: Catalogue, forms: Mapping[str, Form]) -> tuple[KnownCheck, ...]:
    """All checks: the forms' first, then the general ones in the catalogue's order, without the words for the kinds."""
    uses: dict[str, list[tuple[Form, FormCheck]]] = {}
    for form in forms.values():
        for check in form.checks:
            uses.setdefault(check.id, []).append((form, check))
    kinds = set(CheckKind)
    general = {entry.id: entry for entry in catalogue.entries.values() if entry.id not in kinds}
    ids = dict.fromkeys((*uses, *general))
    return tuple(KnownCheck(id=each, entry=general.get(each), uses=tuple(uses.get(each, ()))) for each in ids)


def list_kinds(catalogue: Catalogue) -> tuple[KnownCheck, ...]:
    """The kinds of check that a form may have: no finding bears their ids, but the catalogue has their words."""
    return tuple(KnownCheck(id=kind.value, entry=catalogue.entries[kind.value]) for kind in CheckKind)


def find_words(check: KnownCheck, catalogue: Catalogue) -> tuple[CatalogueEntry, ...]:
    """The entries with whose words a check is told: those of its kinds, or its own."""
    kinds = dict.fromkeys(used.kind.value for _, used in check.uses)
    own = (check.entry,) if check.entry is not None else ()
    return (*(catalogue.entries[kind] for kind in kinds), *own)


def show_pattern(texts: Texts, language: str) -> str:
    """A sentence with its {names} as they stand, and all that may be left out of it."""
    return CLAUSE.sub(lambda found: found[2], texts.within(language))
