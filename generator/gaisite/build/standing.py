"""Whether the site is what its sources give now, found out without touching it."""

from dataclasses import replace

from gaisite.build import BuildOptions, BuildResult, build_site
from gaisite.build.recall import recall, survey_sources
from gaisite.build.survey import survey
from gaisite.write import read_manifest
from gaisite.write.files import discard, keep_file, make_folder
from gaisite.write.manifest import MANIFEST

FOLDER = ".gaisite/standing"


def compare_site(options: BuildOptions) -> tuple[BuildResult, tuple[str, ...]]:
    """What a build would come to, and the paths of the files in which the site differs from what it would write.

    No path where it would write nothing, since a finding forbids it. At once where the last build is remembered and
    nothing has changed since; otherwise a build beside the site, of what has changed.
    """
    sources = survey_sources(options)
    recalled = recall(options, sources, survey([options.site])) if sources.digest else None
    if recalled is not None:
        return recalled, ()
    shadow = options.project / FOLDER / "site"
    present = read_manifest(options.site)
    try:
        discard(shadow)
        make_folder(shadow)
        # The same files under other names, and no copies: a build never writes into one that is there.
        for path in (*present, *([MANIFEST] if present else [])):
            if (options.site / path).is_file():
                make_folder((shadow / path).parent)
                keep_file(options.site / path, shadow / path)
        result = build_site(replace(options, output=shadow, force=False))
        wanted = read_manifest(shadow) if result.written is not None else present
    finally:
        discard(shadow.parent)
    return result, tuple(path for path in sorted({*present, *wanted}) if present.get(path) != wanted.get(path))
