"""Whether what a build gives, remembered, cached or made, is what a build from nothing gives."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gaisite.build import BuildOptions, BuildResult, build_site
from gaisite.build.keys import hash_content
from gaisite.build.recall import build_or_recall
from gaisite.findings import Finding, Place, fault
from gaisite.write import read_manifest


def verify_site(options: BuildOptions) -> BuildResult:
    """What `gaisite build` gives, then all once more from nothing beside it; a finding for each difference."""
    result = build_or_recall(options)
    if result.written is None:
        return result
    with TemporaryDirectory(prefix="gaisite-verify-") as folder:
        clean = Path(folder) / "site"
        anew = build_site(replace(options, output=clean, full=True, keep_cache=False, cluster=""))
        if anew.written is None:
            return replace(anew, rendered=result.rendered)
        differing = [*compare_findings(result, anew, options.site), *compare_files(options.site, clean)]
    return replace(result, findings=(*result.findings, *differing))


def compare_findings(result: BuildResult, anew: BuildResult, site: Path) -> Iterator[Finding]:
    """A finding where not the same was told."""
    told, wanted = Counter(result.findings), Counter(anew.findings)
    if told != wanted:
        missing, surplus = (wanted - told).total(), (told - wanted).total()
        yield fault("verify-findings", Place(file=str(site)), missing=missing, surplus=surplus).finding


def compare_files(site: Path, clean: Path) -> Iterator[Finding]:
    """A finding for each file in which two sites differ."""
    listed, wanted = read_manifest(site), read_manifest(clean)
    present = {path: hash_content(site / path).hex() for path in listed if (site / path).is_file()}
    for path in sorted({*listed, *wanted}):
        if present.get(path) != wanted.get(path):
            yield fault("verify-differs", Place(file=str(site / path))).finding
