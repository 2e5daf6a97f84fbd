"""docs/themes.md from the views, the components and the words of the default theme: `make docs`."""

import dataclasses
import inspect
import re
import textwrap
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import yaml

from gaisite.render import chart_parts, parts, views

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "themes.md"
CIVIC = ROOT / "themes" / "civic"
INTRODUCTION = """\
# Themes

<!-- Made by `make docs` from generator/gaisite/render/ and themes/civic/: change those, or scripts/themes_document.py. -->

A theme is a folder with a `theme.yaml`. What it does not have is taken from the theme that it extends, in the end from `civic`: a theme
of one style sheet is a whole theme. `themes/gongwen` is one, of two files.

```
gaisite theme new mine            # themes/mine/theme.yaml, themes/mine/css/mine.css
gaisite theme list                # every file, and the theme that it is from
gaisite theme copy templates/home.html components/pager/pager.html
gaisite theme diff                # how these differ from the originals, and whether those have changed since
```

Write `theme: mine` in content/site.yaml, and look at it with `gaisite serve`. Themes are looked for in the project's `themes/`, then in
those that come with gaisite; of two with one name the project's counts. A theme may extend any other (`extends: gongwen`).

| file | what it is |
| --- | --- |
| `templates/*.html` | one a kind of page, each with its view (below); all extend `base.html` but `alias.html` |
| `partials/*.html` | pieces of the frame: head, navigation, breadcrumb, footer, tools, languages |
| `components/NAME/NAME.html` | a macro `NAME`, with `NAME.css` and `examples.yaml` beside it |
| `css/*.css` | put together to one style sheet: tokens, base, layout, your own in order of name, components, print |
| `js/*.js` | put together to one script, each a function of its own; every page must hold its whole text without it |
| `translations/LANGUAGE.yaml` | the words, one a key; those you leave out are the other theme's |

- **Templates compute nothing.** They print, ask and repeat; whatever needs more is in the view already. Everything is escaped.
- **Style sheets** are in layers (`@layer tokens, base, layout, components, print`): a rule in a later layer wins, whatever its selector.
  Most of a look is in the tokens.
- **The policy** of the pages allows style sheets, scripts and pictures of the site itself and nothing inline: no `style=`, no `<style>`,
  no `on…=`, no font or picture from another host.
- **A mistake** in a template stops the build with file and line, the page that was being made and the name that was probably meant;
  `gaisite serve` shows it over the last good page.
- [gallery/](gallery/README.md) shows every component with its examples, light and dark.
"""


def write_document() -> str:
    """The whole document."""
    return "\n".join(write_parts()).rstrip() + "\n"


def write_parts() -> Iterator[str]:
    """Its chapters."""
    yield INTRODUCTION
    yield "## Tokens\n\n| token | light | dark |\n| --- | --- | --- |"
    yield from write_tokens()
    yield "\n## Components\n\n| component | what it prints |\n| --- | --- |"
    for path in sorted(CIVIC.glob("components/*/*.html")):
        yield f"| `{path.stem}` | {read_comment(path)} |"
    yield "\n## Views\n\nWhat each template receives: the fields of its view, and `words`.\n"
    yield from write_classes(views)
    yield "\n## Parts\n\nWhat views are made of.\n"
    yield from write_classes(parts)
    yield "\n## Charts\n"
    yield from write_classes(chart_parts)
    yield "\n## Words\n\nBy key, in the languages of the default theme; `{names}` are filled in.\n"
    yield from write_words()


def write_tokens() -> Iterator[str]:
    """The custom properties that a theme may set, in light and in dark."""
    text = (CIVIC / "css" / "tokens.css").read_text(encoding="utf-8")
    light, _, dark = text.partition("prefers-color-scheme: dark")
    later = dict(re.findall(r"(--[\w-]+): ([^;]+);", dark))
    for name, value in re.findall(r"(--[\w-]+): ([^;]+);", light):
        yield f"| `{name}` | `{value}` | {f'`{later[name]}`' if name in later else ''} |"


def read_comment(path: Path) -> str:
    """The comment at the beginning of a component."""
    found = re.match(r"\{#-?\s*(.*?)\s*-?#\}", path.read_text(encoding="utf-8"), re.DOTALL)
    return " ".join(found[1].split()).replace("|", "\\|") if found else ""


def write_classes(module: ModuleType) -> Iterator[str]:
    """The dataclasses of a module, each with its fields."""
    for name, kind in vars(module).items():
        if dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__:
            yield f"### {name}\n\n{inspect.cleandoc(kind.__doc__ or '')}\n"
            notes = read_notes(kind)
            for each in dataclasses.fields(kind):
                if not each.name.startswith("_"):
                    note = f": {notes[each.name]}" if each.name in notes else ""
                    yield f"- `{each.name}` ({write_type(each.type)}){note}"
            yield ""


def write_type(kind: object) -> str:
    """A type as it is written."""
    text = (
        kind
        if isinstance(kind, str)
        else getattr(kind, "__name__", str(kind))
        if not typing.get_args(kind)
        else str(kind)
    )
    return re.sub(r"[\w.]+\.(?=\w)", "", text).replace("ForwardRef", "").replace("'", "")


def read_notes(kind: type) -> dict[str, str]:
    """What is said below each field, by its name."""
    source = textwrap.dedent(inspect.getsource(kind))
    found = re.findall(r"^    (\w+): [^\n]+\n    \"\"\"(.*?)\"\"\"", source, re.DOTALL | re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def write_words() -> Iterator[str]:
    """Every key with its texts."""
    paths = sorted(CIVIC.glob("translations/*.yaml"), key=lambda path: path.stem != "zh-CN")
    texts = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}
    yield f"| key | {' | '.join(texts)} |\n| --- |{' --- |' * len(texts)}"
    for key in texts["zh-CN"]:
        cells = (str(texts[language][key]).replace("|", "\\|").replace("<", "\\<") for language in texts)
        yield f"| `{key}` | {' | '.join(cells)} |"


if __name__ == "__main__":
    DOCUMENT.write_text(write_document(), encoding="utf-8")
