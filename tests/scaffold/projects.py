"""Projects to which something is added, and a form with everything that makes a scaffold hard."""

import re
from pathlib import Path

from gaisite.findings import Problems
from gaisite.model.forms import Form
from gaisite.read.figures import Figures, read_figures
from gaisite.read.files import Source, read_source
from gaisite.read.folders import YearFolder
from gaisite.read.names import name_form
from gaisite.read.narratives import NarrativeContext, read_narrative
from gaisite.read.prose import MarkdownWords
from gaisite.scaffold import Ground, PortalWishes, lay_out_agency, lay_out_portal, read_ground, write_scaffold

AWKWARD_FORMS = """\
form: {id}
language: en
title: {{en: "{{agency}}: \\"requests\\" {{year}}"}}
short: {{en: Requests}}
years: {{first: {first}, last: {last}}}
sections:
  all: {{heading: {{en: "1. All *requests* [and] #more"}}, guidance: {{en: "Tell  all:\\n # of them"}}, tables: [requests]}}
  rest: {{heading: {{en: The rest}}, tables: [money]}}
tables:
  requests:
    caption: {{en: "Requests: received, closed"}}
    corner: {{en: Kind}}
    note: {{en: "Note: all of them"}}
    columns:
      here: {{label: {{en: Here}}, lines: {{few: {{label: {{en: "Few, or none"}}}}, sum: {{label: {{en: Sum}}, sum_of: [few]}}}}}}
      there:
        label: {{en: There}}
        lines:
          few: {{label: {{en: "Few, or none"}}}}
          many: {{label: {{en: "Many: 10 #and {{more}}"}}}}
          sum: {{label: {{en: Sum}}, sum_of: [few, many]}}
      apart: {{label: {{en: Apart}}, lines: {{alone: {{label: {{en: Alone}}}}, rate: {{label: {{en: "null"}}, type: change}}}}}}
    rows:
      received: {{label: {{en: "- Received 'new'"}}}}
      carried: {{label: {{en: "Carried & over"}}}}
      closed:
        label: {{en: "[Closed]"}}
        lines:
          won: {{label: {{en: "Won?"}}}}
          lost: {{label: {{en: "Lost | settled"}}, optional: true}}
          all: {{label: {{en: All}}, sum_of: [won, lost]}}
      spare: {{label: {{en: Spare}}, optional: true}}
      left: {{label: {{en: "* Left"}}}}
  money:
    caption: {{en: "@Money"}}
    corner: {{en: Kind}}
    type: {money}
    columns: {{sum: {{label: {{en: "%"}}, unit_choices: [{{en: "EUR: 1"}}, {{en: "EUR 1,000"}}]}}}}
    rows: {{fees: {{label: {{en: "`Fees`"}}}}, fines: {{label: {{en: Fines}}}}}}
checks:
  requests-carried: {{kind: carry-over, table: requests, rows: [carried], from: [left], title: {{en: Carried}}}}
  all-carried: {{kind: carry-over, table: requests, rows: [closed.all], from: [closed.all], title: {{en: Carried}}}}
  spare-carried: {{kind: carry-over, table: requests, rows: [spare], from: [spare], title: {{en: Carried}}}}
  won-counted:
    {{kind: carry-over, table: requests, rows: [closed.won], from: [closed.won], plus: [received], severity: off, title: {{en: Sum}}}}
  money-carried: {{kind: carry-over, table: money, rows: [fees], from: [fines], title: {{en: Carried}}}}
"""
CONTINUITY = """\
continuity:
  form: awkward-1
  note: {en: Changed}
  lines:
    - {relation: same, here: requests, there: requests}
    - {relation: not comparable, here: requests.*.there, there: requests.*.there, note: {en: Another meaning}}
    - {relation: same, here: money, there: money}
"""
WORDS = MarkdownWords(table_label="Table {number}")


def make_project(folder: Path, language: str = "zh-CN") -> Ground:
    """A portal with one agency, `a/b`."""
    assert write_scaffold(lay_out_portal(folder, PortalWishes(language=language)), Problems())
    ground = read_project(folder)
    assert write_scaffold(lay_out_agency(ground, "a/b", name="甲局").scaffold, Problems())
    return ground


def make_awkward_project(folder: Path, language: str = "zh-CN") -> Ground:
    """A portal with one agency and two forms of its own: for 1990 to 1994, and for 1995 to 1999."""
    make_project(folder, language)
    earlier = AWKWARD_FORMS.format(id="awkward-1", first=1990, last=1994, money="amount")
    later = AWKWARD_FORMS.format(id="awkward-2", first=1995, last=1999, money="count") + CONTINUITY
    write(folder / "content/forms/awkward-1.yaml", earlier)
    write(folder / "content/forms/awkward-2.yaml", later)
    return read_project(folder)


def read_project(folder: Path) -> Ground:
    """The project of a folder, which has no mistakes."""
    problems = Problems()
    ground = read_ground(folder, problems)
    assert problems.findings == []
    assert ground is not None
    return ground


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def read_back(ground: Ground, folder: str, form: Form) -> Figures:
    """The figures in a new report's folder; neither they nor the narrative may have any mistake."""
    problems, path = Problems(), ground.project / folder
    figures = read_figures(read_source(path / "figures.yaml", ground.project), {form.id: name_form(form)}, problems)
    year = YearFolder(year=int(path.name), path=path, files=("figures.yaml", "report.md"))
    context = NarrativeContext(form=form, folder=year, content=ground.content, project=ground.project, words=WORDS)
    narrative = read_narrative(read_source(path / "report.md", ground.project), context, problems)
    assert problems.findings == []
    assert list(narrative.sections) == [section.id for section in form.sections]
    assert narrative.draft
    assert figures is not None
    return figures


def uncomment(text: str) -> Source:
    """A scaffolded file with all its commented settings in force."""
    return Source(file="content/x", text=re.sub(r"^#(?! \S|$)", "", text, flags=re.MULTILINE))
