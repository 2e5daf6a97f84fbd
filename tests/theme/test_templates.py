"""Templates use only what their view has, compute nothing, and the theme carries nothing that its policy forbids."""

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment, nodes

from gaisite.render import parts, views
from gaisite.render.templates import open_environment

THEME = Path(__file__).parents[2] / "themes" / "civic"
VIEWS: dict[str, type] = {
    "agencies.html": views.AgenciesView,
    "404.html": views.NotFoundView,
    "agency.html": views.AgencyView,
    "below.html": views.BelowView,
    "alias.html": views.AliasView,
    "comparison.html": views.ComparisonView,
    "data.html": views.DataView,
    "form.html": views.FormView,
    "checks.html": views.ChecksView,
    "home.html": views.HomeView,
    "page.html": views.TextPageView,
    "report.html": views.ReportView,
    "search.html": views.SearchView,
    "year.html": views.YearView,
}
ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.Macro,
    nodes.Call,
    nodes.CallBlock,
    nodes.Block,
    nodes.Extends,
    nodes.Include,
    nodes.FromImport,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Tuple,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)
"""Loops, conditions and macros; no arithmetic, no assignment, no other expression."""
UNESCAPED = {
    ("components/prose/prose.html", "html"),
    ("partials/dataset.html", "dataset"),
    ("templates/base.html", "header"),
    ("templates/base.html", "footer"),
}
"""Rendered narrative, JSON-LD in a data block, and the host site's header and footer."""
STYLES = [*THEME.glob("css/*.css"), *THEME.glob("components/*/*.css")]
SOURCES = sorted(path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html"))


@pytest.fixture(scope="module")
def environment() -> Environment:
    return open_environment((THEME,), "")


def parse(environment: Environment, name: str) -> nodes.Template:
    return environment.parse((THEME / name).read_text(encoding="utf-8"), name)


class WordsType:
    """The type of `words`: its attributes are the keys of the translations."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        paths = sorted(THEME.glob("translations/*.yaml"))
        self.known = [set(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths]


class Typist:
    """Walks a template with the types of its names and fails where an attribute does not exist."""

    def __init__(self, environment: Environment, words: WordsType) -> None:
        self.environment = environment
        self.words = words
        self.done: set[tuple[str, str]] = set()

    def check(self, name: str, scope: dict[str, Any]) -> None:
        """Check a whole template, what it extends and includes."""
        template = parse(self.environment, name)
        scope = dict(scope)
        for macro in template.find_all(nodes.Macro):
            scope[macro.name] = (name, macro)
        for statement in template.find_all(nodes.FromImport):
            scope.update(self.imported(statement))
        self.visit_all([node for node in template.body if not isinstance(node, nodes.Macro)], scope)

    def imported(self, statement: nodes.FromImport) -> Iterator[tuple[str, Any]]:
        """The macros that an import binds, with the template each comes from."""
        assert isinstance(statement.template, nodes.Const)
        source = statement.template.value
        macros = {macro.name: macro for macro in parse(self.environment, source).find_all(nodes.Macro)}
        for entry in statement.names:
            name, alias = entry if isinstance(entry, tuple) else (entry, entry)
            yield alias, (source, macros[name])

    def visit_all(self, body: list[nodes.Node], scope: dict[str, Any]) -> None:
        for node in body:
            self.visit(node, scope)

    def visit(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        """Check a statement or an output."""
        match node:
            case nodes.Output():
                for part in node.nodes:
                    self.type_of(part, scope)
            case nodes.If():
                self.type_of(node.test, scope)
                self.visit_all([*node.body, *node.elif_, *node.else_], scope)
            case nodes.For():
                assert isinstance(node.target, nodes.Name)
                element = self.element_of(node.iter, scope)
                self.visit_all(node.body, {**scope, node.target.name: element})
            case nodes.Block():
                self.visit_all(node.body, scope)
            case nodes.Extends() | nodes.Include():
                assert isinstance(node.template, nodes.Const)
                self.check(node.template.value, scope)
            case nodes.FromImport():
                pass
            case _:
                raise AssertionError(f"{type(node).__name__} in line {node.lineno}")

    def element_of(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """The type of the items of what a loop runs over."""
        kind = self.type_of(node, scope)
        assert typing.get_origin(kind) is tuple, f"line {node.lineno} loops over {kind}"
        return typing.get_args(kind)[0]

    def type_of(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """The type of an expression; an unknown name or attribute fails."""
        match node:
            case nodes.Name():
                assert node.name in scope, f"line {node.lineno}: no {node.name} in the view"
                return scope[node.name]
            case nodes.Getattr():
                return self.attribute(node, self.type_of(node.node, scope))
            case nodes.Call():
                return self.call(node, scope)
            case nodes.Filter(name="each"):
                return self.call_each(node, scope)
            case nodes.Const():
                return type(node.value)
            case nodes.TemplateData():
                return str
            case _:
                for child in node.iter_child_nodes():
                    self.type_of(child, scope)
                return bool

    def attribute(self, node: nodes.Getattr, kind: Any) -> Any:
        """The type of an attribute of a view, or of a word."""
        if isinstance(kind, WordsType):
            self.words.used.add(node.attr)
            for known in self.words.known:
                assert node.attr in known, f"line {node.lineno}: no word {node.attr}"
            return str
        if kind is types.NoneType:  # a template passes `none`: what the macro prints of it is behind an `if`
            return kind
        assert is_dataclass(kind), f"line {node.lineno}: {kind} has no attributes"
        hints = typing.get_type_hints(kind, vars(views))
        assert node.attr in hints, f"line {node.lineno}: {kind} has no {node.attr}"
        return plain(hints[node.attr])

    def call(self, node: nodes.Call, scope: dict[str, Any]) -> Any:
        """Check the body of the called macro with the types of its arguments."""
        assert not node.kwargs
        assert not node.dyn_args
        assert not node.dyn_kwargs
        return self.enter(self.type_of(node.node, scope), [self.type_of(argument, scope) for argument in node.args])

    def call_each(self, node: nodes.Filter, scope: dict[str, Any]) -> Any:
        """Check the body of the macro that the filter `each` calls with each item and the other arguments."""
        assert node.node is not None
        named, *besides = node.args
        given = [self.element_of(node.node, scope), *(self.type_of(argument, scope) for argument in besides)]
        return self.enter(self.type_of(named, scope), given)

    def enter(self, called: Any, given: list[Any]) -> Any:
        """Check the body of a macro with the types that it is given."""
        source, macro = called
        assert len(macro.args) - len(macro.defaults) <= len(given) <= len(macro.args), f"{macro.name}: arguments"
        types_of = given + [type(default.value) for default in macro.defaults][len(given) - len(macro.args) :]
        names = [argument.name for argument in macro.args]
        key = (f"{source}:{macro.name}", repr([str(kind) for kind in types_of]))
        if key not in self.done:
            self.done.add(key)
            template = parse(self.environment, source)
            inner: dict[str, Any] = {other.name: (source, other) for other in template.find_all(nodes.Macro)}
            for statement in template.find_all(nodes.FromImport):
                inner.update(self.imported(statement))
            self.visit_all(macro.body, {**inner, **dict(zip(names, types_of, strict=False))})
        return str


def plain(kind: Any) -> Any:
    """A type without None."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return next(arg for arg in typing.get_args(kind) if arg is not types.NoneType)
    return kind


def scope_of(view: type, words: WordsType) -> dict[str, Any]:
    hints = typing.get_type_hints(view, vars(views))
    return {item.name: plain(hints[item.name]) for item in fields(view)} | {"words": words}


def test_every_view_has_its_template() -> None:
    templates = {path.name for path in THEME.glob("templates/*.html")}
    assert templates == {"base.html", *VIEWS}


@pytest.mark.parametrize("name", VIEWS)
def test_template_uses_only_what_its_view_has(environment: Environment, name: str) -> None:
    words = WordsType()
    Typist(environment, words).check(f"templates/{name}", scope_of(VIEWS[name], words))


def test_every_word_for_the_templates_is_printed(environment: Environment) -> None:
    words = WordsType()
    for name, view in VIEWS.items():
        Typist(environment, words).check(f"templates/{name}", scope_of(view, words))
    for path in THEME.glob("translations/*.yaml"):
        group = path.read_text(encoding="utf-8").split("# used by the render stage")[0]
        assert set(yaml.safe_load(group)) == words.used, path.name


def test_a_wrong_attribute_would_be_found(environment: Environment) -> None:
    words = WordsType()
    scope = {name: kind for name, kind in scope_of(views.ReportView, words).items() if name != "preamble"}
    with pytest.raises(AssertionError, match="no preamble in the view"):
        Typist(environment, words).check("templates/report.html", scope)
    with pytest.raises(AssertionError, match="has no html"):
        Typist(environment, words).check("templates/page.html", scope | {"prose": parts.LinkView})


@pytest.mark.parametrize("name", SOURCES)
def test_template_computes_nothing(environment: Environment, name: str) -> None:
    for node in parse(environment, name).find_all(nodes.Node):
        assert isinstance(node, ALLOWED), f"{type(node).__name__} in line {node.lineno}"
        if isinstance(node, nodes.Filter) and node.name != "each":
            assert node.name == "safe"
            assert isinstance(node.node, nodes.Getattr)
            assert (name, node.node.attr) in UNESCAPED


@pytest.mark.parametrize("name", SOURCES)
def test_template_has_nothing_inline_and_nothing_foreign(name: str) -> None:
    source = (THEME / name).read_text(encoding="utf-8")
    if name == "partials/dataset.html":
        source = source.replace('<script type="application/ld+json">', "")
    if name == "partials/meta.html":
        source = source.replace('<script src="{{ page.script }}" defer></script>', "")
    assert not re.search(r"<(script|style)\b", source)
    assert not re.search(r"""\s(style|on\w+)\s*=\s*["']""", source)
    assert not re.search(r"""(?:href|src)\s*=\s*["'](?:https?:)?//""", source)


def test_every_page_declares_the_policy() -> None:
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
    )
    head = (THEME / "partials" / "meta.html").read_text(encoding="utf-8")
    own = "{% if page.dataset %} '{{ page.dataset_hash }}'{% endif %}"
    assert own in head
    head = head.replace(own, "")
    only = "{% if page.searches %} 'wasm-unsafe-eval'{% endif %}"
    assert only in head, "the page of search alone"
    head = head.replace(only, "")
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in head
    assert "user-scalable" not in head
    assert "maximum-scale" not in head


def test_style_sheets_are_small() -> None:
    assert sum(path.stat().st_size for path in STYLES) <= 30 * 1024


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_style_sheet_stays_in_its_layer(path: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"@import|@font-face|url\(|!important", source)
    layer = "components" if path.parent.parent.name == "components" else path.stem
    source = source.removeprefix("@layer tokens, base, layout, components, print;").strip()
    depth, outside = 0, ""
    for character in source:
        depth += {"{": 1, "}": -1}.get(character, 0)
        outside += character if depth == 0 else ""
    assert depth == 0
    assert set(outside.replace("}", "").split()) == {"@layer", layer}


def test_table_parts_keep_their_display() -> None:
    """CSS display strips the semantics of a table; only the default of thead is ever named."""
    for path in STYLES:
        source = path.read_text(encoding="utf-8")
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", source):
            parts = {part.strip().split(" ")[-1] for part in selector.split(",")}
            if parts & {"table", "thead", "tbody", "tr", "th", "td", "caption"}:
                assert not re.search(r"display:(?!\s*table-header-group)", body), f"{path.name}: {selector}"


def test_theme_names_itself() -> None:
    settings = yaml.safe_load((THEME / "theme.yaml").read_text(encoding="utf-8"))
    assert settings["name"] == THEME.name
    assert "extends" not in settings
    assert set(settings["title"]) == set(settings["description"]) == {"zh-CN", "en"}
