"""The look of a Word file by GB/T 9704, the layout of official documents: page, styles, lists, page numbers.

Fonts are named and not embedded; `w:eastAsia` is what Chinese letters take theirs from.
"""

from dataclasses import dataclass

LATIN = "Times New Roman"
SONG, FANG, HEI, KAI = "宋体", "仿宋", "黑体", "楷体"
XIAO_BIAO_SONG = "方正小标宋简体"
LINE = 579
"""Twentieths of a point: 22 lines fill the 225 mm of the type area."""
PAGE = {"page_width": 210, "page_height": 297, "top_margin": 37, "bottom_margin": 35, "left_margin": 28}
"""In millimetres."""
PAGE |= {"right_margin": 26, "footer_distance": 28, "header_distance": 15}
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
LIST_STEP = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A style: its font, size in half points, and properties of its paragraphs."""

    font: str
    size: int
    paragraph: str = ""
    bold: bool = False

    def write_run(self) -> str:
        """The properties of its runs."""
        weight = "<w:b/><w:bCs/>" if self.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
        fonts = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{self.font}"'
        size = f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>'
        return f'<w:rFonts {fonts}/>{weight}<w:i w:val="0"/><w:iCs w:val="0"/><w:color w:val="auto"/>{size}'


def space(line: int = LINE, *, before: int = 0, after: int = 0) -> str:
    """Lines of one height, and the space around a paragraph."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"/>'


def head(level: int) -> str:
    """What all headings have: they stay with what follows."""
    return f'<w:keepNext/><w:keepLines/>{space()}{INDENT}<w:outlineLvl w:val="{level - 1}"/>'


TIGHT = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
LOOKS = {
    "Normal": Look(font=FANG, size=32, paragraph=f"<w:widowControl/>{space()}{INDENT}<w:jc w:val='both'/>"),
    "Title": Look(
        font=XIAO_BIAO_SONG,
        size=44,
        paragraph=f"<w:keepNext/><w:keepLines/>{space(660, after=LINE)}{NO_INDENT}<w:jc w:val='center'/>",
    ),
    "Heading 1": Look(font=HEI, size=32, paragraph=head(1)),
    "Heading 2": Look(font=KAI, size=32, paragraph=head(2)),
    "Heading 3": Look(font=FANG, size=32, paragraph=head(3), bold=True),
    "Heading 4": Look(font=FANG, size=32, paragraph=head(4)),
    "Heading 5": Look(font=FANG, size=32, paragraph=head(5)),
    "Caption": Look(
        font=HEI,
        size=24,
        paragraph=f"<w:keepNext/>{space(360, before=160, after=60)}{NO_INDENT}<w:jc w:val='center'/>",
    ),
    "Quote": Look(font=KAI, size=32, paragraph=f"{space()}{INDENT}"),
    "macro": Look(font=FANG, size=24, paragraph=f"{space(360)}{NO_INDENT}<w:jc w:val='left'/>"),
    "Footer": Look(font=SONG, size=28, paragraph=f"{TIGHT}{NO_INDENT}"),
    "Table Head": Look(font=HEI, size=18, paragraph=f"<w:keepNext/>{TIGHT}{NO_INDENT}<w:jc w:val='center'/>"),
    "Table Text": Look(font=SONG, size=18, paragraph=f"{TIGHT}{NO_INDENT}<w:jc w:val='left'/>"),
    "Table Figure": Look(font=SONG, size=18, paragraph=f"{TIGHT}{NO_INDENT}<w:jc w:val='center'/>"),
    "Table Note": Look(
        font=FANG, size=21, paragraph=f"{space(340, before=60, after=160)}{NO_INDENT}<w:jc w:val='left'/>"
    ),
    "Picture": Look(font=FANG, size=32, paragraph=f"<w:spacing w:before='120' w:after='120'/>{NO_INDENT}"),
}
"""By name; those that Word does not know are made. Their ids are the names without spaces."""

PAGE_NUMBER = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)
RIGHT, LEFT = 'w:rightChars="100" w:right="320"', 'w:leftChars="100" w:left="320"'
ODD = f'<w:ind {RIGHT} w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="right"/>'
EVEN = f'<w:ind {LEFT} w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>'
"""Page numbers stand outside: on the right of odd pages, on the left of even ones."""


def write_settings(language: str) -> str:
    """What word/settings.xml holds: pages differ left and right, and the layout is today's Word's."""
    return (
        '<w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{language}" w:eastAsia="{language}"/>'
    )


def write_numbering(lists: dict[int, tuple[bool, int]]) -> str:
    """What word/numbering.xml holds: a list's marks level by level; each list counts anew from its own start."""
    levels = range(9)
    bullets = "".join(write_level(level, "bullet", "●○■"[level % 3]) for level in levels)
    numbers = "".join(write_level(level, "decimal", f"%{level + 1}.") for level in levels)
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
        for kind, inner in ((0, bullets), (1, numbers))
    )
    return kinds + "".join(write_list(number, ordered, start) for number, (ordered, start) in lists.items())


def write_level(level: int, kind: str, text: str) -> str:
    """How one level of lists is marked."""
    left = LIST_STEP * (level + 2)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{LIST_STEP}" w:hangingChars="0"/></w:pPr>'
        f'<w:rPr><w:rFonts w:eastAsia="{SONG}" w:hint="eastAsia"/></w:rPr></w:lvl>'
    )


def write_list(number: int, ordered: bool, start: int) -> str:
    """One list."""
    override = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for level in range(9)
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{int(ordered)}"/>{override if ordered else ""}</w:num>'
