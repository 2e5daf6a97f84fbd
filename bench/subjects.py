"""What is measured: gaisite and Hugo on the same portal, each with its command and its ways to be changed."""

import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import name_folder, write_corpus
from bench.hugo_site import Way, write_hugo_site
from gaisite.build.project import read_common
from gaisite.findings import Problems
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS

THEME = "name: bench\nextends: civic\n"
SETTINGS = "theme: bench\ndownloads: []\n"
COMMENT = re.compile(r"(<footer class=\"site-footer)[a-z0-9 -]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A generator with a portal of its own."""

    name: str
    command: Sequence[str]
    project: Path
    made: tuple[str, ...]
    """What it writes in its project: removed for a cold build, the site first."""
    figures: str
    """The file with the figure that is changed."""
    figure: re.Pattern[str]
    template: str
    """The template that is changed: one of every page."""

    @property
    def site(self) -> Path:
        """The site that it makes."""
        return self.project / self.made[0]

    def forget(self) -> None:
        """Let the next build be the first."""
        for name in self.made:
            shutil.rmtree(self.project / name, ignore_errors=True)

    def change_figure(self, number: int) -> None:
        """Let one figure be another."""
        self.replace(self.figures, self.figure, str(20 + number))

    def change_template(self, number: int) -> None:
        """Let a template of every page say something else."""
        self.replace(self.template, COMMENT, f" change-{number}")

    def replace(self, name: str, pattern: re.Pattern[str], text: str) -> None:
        """Write a text after what a pattern finds first."""
        path = self.project / name
        changed, count = pattern.subn(rf"\g<1>{text}", path.read_text(encoding="utf-8"), count=1)
        if not count:
            raise SystemExit(f"{path} has nothing to change")
        path.write_text(changed, encoding="utf-8")


def prepare(folder: Path, hugo: str, agencies: int, years: int) -> list[Subject]:
    """The portal in three ways, each in a folder of its own: for gaisite, and for Hugo with both kinds of content."""
    project = folder / "gaisite"
    project.mkdir(parents=True)
    write_corpus(project, read_forms((PACKAGE_FORMS,), project, Problems()), agencies, years, SETTINGS)
    theme = project / "themes" / "bench"
    (theme / "partials").mkdir(parents=True)
    (theme / "theme.yaml").write_text(THEME, encoding="utf-8")
    problems = Problems()
    common = read_common(project, problems, drafts=False, base_url=None)
    if common is None:
        raise SystemExit(f"the corpus cannot be read: {problems.findings[:3]}")
    shutil.copyfile(common.site.theme.folders[-1] / "partials" / "footer.html", theme / "partials" / "footer.html")
    own = Subject(
        name="gaisite",
        command=(sys.executable, "-m", "gaisite", "build"),
        project=project,
        made=("site", ".gaisite"),
        figures=f"content/{name_folder(0)}/2019/figures.yaml",
        figure=re.compile(r"(rules: \{made: )\d+"),
        template="themes/bench/partials/footer.html",
    )
    others = {
        Way.FRONT_MATTER: (f"content/{name_folder(0)}/2019.md", r"(documents.rules.made: ')\d+"),
        Way.ADAPTER: (f"assets/agencies/{name_folder(0)}.json", r"(\"documents.rules.made\":\")\d+"),
    }
    subjects = [own]
    for way, (figures, figure) in others.items():
        write_hugo_site(folder / way.name.lower(), common, agencies, years, way)
        subjects.append(
            Subject(
                name=f"Hugo, {way}",
                command=(hugo, "--quiet"),
                project=folder / way.name.lower(),
                made=("public", "resources"),
                figures=figures,
                figure=re.compile(figure),
                template="layouts/_default/baseof.html",
            )
        )
    return subjects
