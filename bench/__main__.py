"""`python -m bench`: gaisite beside Hugo on the same portal, and what each stage of gaisite takes."""

import argparse
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.corpus import write_corpus
from bench.measure import Cost, measure_bytes, run, take_median
from bench.stages import STAGES, measure_cold
from bench.subjects import Subject, prepare
from gaisite import __version__
from gaisite.findings import Problems
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: made by `make bench`, do not edit -->\n", "<!-- end -->\n"
SCENARIOS = ("cold", "nothing changed", "one figure changed", "one template changed")
STAGED = 1000
"""So many reports are built once more, watched from inside."""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--reports", type=int, nargs="*", default=[100, 1000, 10000], help="sizes of the portal")
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3, help="of each size up to 1,000; larger ones run once")
    parser.add_argument("--hugo", required=True, help="the program of Hugo")
    parser.add_argument(
        "--folder", type=Path, default=find_memory(), help="where to work: best a file system in memory"
    )
    parser.add_argument("--output", type=Path, default=DOCUMENT)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gaisite-bench-", dir=arguments.folder))
    texts = [name_machine(run_version(arguments.hugo), name_file_system(folder))]
    try:
        for reports in arguments.reports:
            subjects = prepare(folder / str(reports), arguments.hugo, reports // arguments.years, arguments.years)
            costs = measure_all(subjects, arguments.runs if reports <= STAGED else 1)
            texts.append(write_size(reports, subjects, costs))
            print(texts[-1], flush=True)
            shutil.rmtree(folder / str(reports))
        texts.append(write_stages(folder / "stages", arguments.years, arguments.runs))
    finally:
        shutil.rmtree(folder)
    text = "\n".join(texts)
    print(text)
    write_block(arguments.output, text)


def find_memory() -> Path:
    """A folder in memory where there is one, so that no disk is measured."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def measure_all(subjects: list[Subject], runs: int) -> dict[tuple[str, str], Cost]:
    """The median cost of each scenario and subject; all subjects take turns in each run."""
    costs: dict[tuple[str, str], list[Cost]] = {}
    for number in range(runs):
        for scenario in SCENARIOS:
            for subject in subjects:
                if scenario == "cold":
                    subject.forget()
                elif scenario == "one figure changed":
                    subject.change_figure(number)
                elif scenario == "one template changed":
                    subject.change_template(number)
                costs.setdefault((scenario, subject.name), []).append(run(subject.command, subject.project))
    return {key: take_median(each) for key, each in costs.items()}


def write_size(reports: int, subjects: list[Subject], costs: dict[tuple[str, str], Cost]) -> str:
    """The table of one size: each scenario, and how gaisite stands to the faster way of Hugo."""
    own, *others = [subject.name for subject in subjects]
    lines = [
        f"### {reports:,} reports\n",
        f"| | | {own} | {' | '.join(others)} | to the faster Hugo |",
        "| --- | --- | ---: |" + " ---: |" * len(others) + " ---: |",
    ]
    for scenario in SCENARIOS:
        measured = [costs[scenario, subject.name] for subject in subjects]
        lines.append(write_row(scenario, "seconds", [cost.wall for cost in measured], "{:,.2f}"))
        lines.append(write_row("", "of processors", [cost.cpu for cost in measured], "{:,.2f}"))
        lines.append(write_row("", "MiB", [cost.memory / 2**20 for cost in measured], "{:,.0f}"))
    sizes = [measure_bytes(subject.site) for subject in subjects]
    lines.append(write_row("the site", "files", [float(count) for count, _ in sizes], "{:,.0f}"))
    lines.append(write_row("", "MiB", [size / 2**20 for _, size in sizes], "{:,.1f}"))
    return "\n".join(lines) + "\n"


def write_row(label: str, unit: str, values: list[float], form: str) -> str:
    """A row: a value for each subject, and the first one's ratio to the least of the others."""
    own, *others = values
    return f"| {label} | {unit} | {' | '.join(map(form.format, values))} | {own / min(others):.3f} |"


def write_stages(project: Path, years: int, runs: int) -> str:
    """What each stage takes in one process."""
    project.mkdir()
    forms = read_forms((PACKAGE_FORMS,), project, Problems())
    reports = write_corpus(project, forms, STAGED // years, years)
    clocks = [measure_cold(project) for _ in range(runs)]
    lines = [
        f"### By stage\n\n{reports:,} reports cold in one process, with the files for download.\n",
        "| stage | seconds | ms a report |\n| --- | ---: | ---: |",
    ]
    for stage in (*STAGES, "whole"):
        spent = median(clock.seconds.get(stage, 0.0) for clock in clocks)
        lines.append(f"| {stage} | {spent:.2f} | {spent * 1000 / reports:.2f} |")
    return "\n".join(lines) + "\n"


def name_machine(hugo: str, file_system: str) -> str:
    """What was measured, and where."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"gaisite {__version__} with Python {platform.python_version()} and {hugo} on {name_processor()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, on {file_system}.\n"
    )


def run_version(hugo: str) -> str:
    """The version of Hugo in a word."""
    return "Hugo " + os.popen(f"'{hugo}' version").read().split()[1].split("-")[0].removeprefix("v")


def name_processor() -> str:
    """The model of the processor."""
    for line in list_lines(Path("/proc/cpuinfo")):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "an unnamed processor"


def name_file_system(folder: Path) -> str:
    """The kind of the file system that a folder lies on."""
    mounts = [line.split()[1:3] for line in list_lines(Path("/proc/mounts"))]
    found = [(len(point), kind) for point, kind in mounts if folder.is_relative_to(point)]
    return max(found)[1] if found else "an unnamed file system"


def list_lines(path: Path) -> Iterator[str]:
    """The lines of a file; none where there is none."""
    if path.exists():
        yield from path.read_text(encoding="utf-8").splitlines()


def write_block(document: Path, text: str) -> None:
    """Put the measurements into a document, between what is written by hand."""
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
