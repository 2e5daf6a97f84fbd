"""`gaisite explain`."""

from collections.abc import Iterable, Iterator, Mapping

import click

from gaisite.cli.bilingual import Command, find_language
from gaisite.cli.completing import complete_checks
from gaisite.cli.console import NAMES, say
from gaisite.cli.known_checks import KnownCheck, find_words, list_checks, list_kinds, read_known_forms, show_pattern
from gaisite.findings import Severity
from gaisite.model.catalogue import Catalogue, CatalogueEntry
from gaisite.model.form_checks import CheckKind, FormCheck
from gaisite.model.forms import Form
from gaisite.read.catalogue import read_catalogue
from gaisite.read.fields import nearest
from gaisite.read.places import find_project


@click.command(
    cls=Command,
    help="说明一项检查：它说什么、怎么办、依据是什么；不写标识则列出全部检查。 ¦ "
    "Explain a check: what it says, what to do, which clause it rests on; without an ID, list all checks.",
)
@click.argument("check_id", metavar="[ID]", required=False, shell_complete=complete_checks)
@click.pass_context
def explain(ctx: click.Context, check_id: str | None) -> None:
    """Print what is known of one check, or the list of all."""
    language, catalogue = find_language(ctx), read_catalogue()
    checks = {check.id: check for check in list_checks(catalogue, read_known_forms(find_project(ctx.obj)))}
    if check_id is None:
        click.echo("\n".join(list_lines(checks, language)))
        return
    known = {kind.id: kind for kind in list_kinds(catalogue)} | checks
    if check_id not in known:
        raise click.UsageError(refuse_id(check_id, known, language), ctx)
    click.echo("\n".join(explain_check(known[check_id], catalogue, language)))


def refuse_id(check_id: str, checks: Mapping[str, KnownCheck], language: str) -> str:
    """That there is no check of this id, and which may be meant."""
    near = nearest(check_id, checks)
    chinese = f"没有“{check_id}”这项检查。" + (f"是不是 {near}？" if near else "运行 gaisite explain 可列出全部。")
    english = f"There is no check “{check_id}”. "
    english += f"Did you mean {near}?" if near else "gaisite explain lists them all."
    return say(language, chinese, english)


def list_lines(checks: Mapping[str, KnownCheck], language: str) -> Iterator[str]:
    """A line for each check: its id, how much it matters, what it says."""
    widest = max(len(check_id) for check_id in checks)
    for check in checks.values():
        severity = name_severity(check.severity, language)
        yield f"{check.id:<{widest}}  {severity}  {show_pattern(check.title, language)}"


def explain_check(check: KnownCheck, catalogue: Catalogue, language: str) -> Iterator[str]:
    """All that is known of a check: the forms that have it, then the words in which it is told."""
    yield click.style(check.id, bold=True)
    for form, used in check.uses:
        yield from explain_use(form, used, language)
    for entry in find_words(check, catalogue):
        yield from explain_words(entry, language)


def explain_use(form: Form, check: FormCheck, language: str) -> Iterator[str]:
    """A check as one form lays it down."""
    yield f"  {form.id}: {check.title.within(language)}"
    yield f"    {say(language, '严重程度', 'severity')}: {name_severity(check.severity, language)}"
    yield f"    {say(language, '种类', 'kind')}: {describe_kind(check)}"
    if check.clause is not None:
        yield f"    {say(language, '依据', 'clause')}: {check.clause.within(language)}"


def describe_kind(check: FormCheck) -> str:
    """How a check compares which lines, in the words of a form file."""
    if check.kind is CheckKind.STATES:
        return f"{check.kind.value}, {check.section}, words: {write_list(check.words)}"
    told = f"{check.kind.value}, {check.table}, {check.axis.value}: {write_list(check.lines)}"
    others = write_list(check.others)
    if check.other_table:
        others = f"{{table: {check.other_table}, {check.axis.value}: {others}}}"
    if check.others:
        told += f", {'from' if check.looks_back else 'equal'}: {others}"
    for key, lines in (("plus", check.plus), ("minus", check.minus)):
        told += f", {key}: {write_list(lines)}" if lines else ""
    return told


def write_list(ids: Iterable[str]) -> str:
    """Ids as a form file lists them."""
    return f"[{', '.join(ids)}]"


def explain_words(entry: CatalogueEntry, language: str) -> Iterator[str]:
    """The words of the catalogue."""
    if entry.id not in set(CheckKind):
        yield f"  {say(language, '严重程度', 'severity')}: {name_severity(entry.severity, language)}"
    yield f"  {say(language, '消息', 'message')}: {show_pattern(entry.message, language)}"
    if entry.hint is not None:
        yield f"  {say(language, '建议', 'hint')}: {show_pattern(entry.hint, language)}"
    if entry.clause is not None:
        yield f"  {say(language, '依据', 'clause')}: {entry.clause.within(language)}"


def name_severity(severity: Severity, language: str) -> str:
    """How much a check matters, in a word."""
    if severity is Severity.OFF:
        return say(language, "关闭", "off")
    chinese, english, _ = NAMES[severity]
    return say(language, chinese, english)
