"""Jinja: the one place where templates are loaded, and where their mistakes become findings."""

import dataclasses
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2

from gaisite.findings import ContentError, Place, fault
from gaisite.model.theme import Theme
from gaisite.render.repeating import Repeater, escape_once
from gaisite.render.suggesting import nearest_name, suggest
from gaisite.render.words import Words

MISTAKES = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What an expression in a template may fail with."""


class Template(jinja2.Template):
    """A template that escapes each short text once; in all else Jinja's own."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """The template of compiled code, which takes `escape` from its module's names."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = escape_once
        return template


@lru_cache(maxsize=4)
def open_environment(folders: tuple[Path, ...], _digest: str) -> jinja2.Environment:
    """The environment for a theme as it is now; the digest makes a changed theme another one."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    environment.template_class = Template
    environment.filters["each"] = Repeater().each
    return environment


def render_template(theme: Theme, name: str, view: object, words: Words) -> bytes:
    """A view through its template, in UTF-8; ContentError with template, line and page where the template is wrong."""
    environment = open_environment(theme.folders, theme.digest)
    try:
        return environment.get_template(f"templates/{name}").render(list_fields(view), words=words).encode()
    except jinja2.TemplateNotFound as error:
        near = nearest_name(str(error.name), environment.list_templates())
        raise fault("template-missing", find_line(theme, name, error), name=str(error.name), near=near) from None
    except jinja2.TemplateSyntaxError as error:
        place = Place(file=name_template(error.filename or name, theme), line=error.lineno)
        raise explain(error, place, name, view, words, environment) from None
    except MISTAKES as error:
        raise explain(error, find_line(theme, name, error), name, view, words, environment) from None


def explain(  # noqa: PLR0913 - all that a mistake may be about
    error: Exception, place: Place, name: str, view: object, words: Words, environment: jinja2.Environment
) -> ContentError:
    """The error for a mistake in a template: on which page, and what may have been meant."""
    heading = getattr(getattr(view, "page", None), "heading", "")
    reason = str(getattr(error, "message", "") or error)
    near = suggest(reason, view, words, environment.filters)
    return fault("template-error", place, page=name, reason=reason, heading=heading, near=near)


def list_fields(view: object) -> Mapping[str, object]:
    """The fields of a view by name, not converted."""
    if not dataclasses.is_dataclass(view):
        raise TypeError(f"{view!r} is no view")
    return {field.name: getattr(view, field.name) for field in dataclasses.fields(view)}


def find_line(theme: Theme, name: str, error: Exception) -> Place:
    """Where a template failed while it ran: at the innermost line that is a template's."""
    place = Place(file=f"templates/{name}")
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith((".html", ".xml")):
            place = Place(file=name_template(frame.filename, theme), line=frame.lineno or 0)
    return place


def name_template(filename: str, theme: Theme) -> str:
    """A template's name in findings: theme folder and path in it."""
    for folder in theme.folders:
        if Path(filename).is_relative_to(folder):
            return f"themes/{folder.name}/{Path(filename).relative_to(folder).as_posix()}"
    return filename
