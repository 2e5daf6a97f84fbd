"""The look of a PDF by GB/T 9704, the layout of official documents, as a style sheet for print."""

CJK = '"Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC", "WenQuanYi Micro Hei"'
FANG = f'"FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", {CJK}'
SONG = f'"SimSun", "宋体", "STSong", {CJK}'
HEI = f'"SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", {CJK}'
KAI = f'"KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti", {CJK}'
TITLE = f'"FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK", {SONG}'
"""The fonts of official documents first, then free ones that machines for building have."""

TITLE_SIZE = 22
"""Points."""
STYLES = f"""
@page {{
  size: A4; margin: 37mm 26mm 35mm 28mm;
  @bottom-right {{ content: "— " counter(page) " —"; font: 14pt {SONG}; padding: 7mm 14pt 0 0; vertical-align: top }}
}}
@page :left {{
  @bottom-right {{ content: none }}
  @bottom-left {{ content: "— " counter(page) " —"; font: 14pt {SONG}; padding: 7mm 0 0 14pt; vertical-align: top }}
}}
html {{ font: 16pt/28.95pt {FANG}; color: #000 }}
body {{ margin: 0 }}
h1, h2, h3, h4, h5, h6 {{ font-size: 16pt; font-weight: normal; line-height: 28.95pt; margin: 0; text-indent: 2em;
  break-after: avoid; break-inside: avoid }}
h1 {{ font: {TITLE_SIZE}pt/33pt {TITLE}; text-indent: 0; text-align: center; margin-bottom: 28.95pt }}
h1 span {{ white-space: nowrap }}
h2 {{ font-family: {HEI} }}
h3 {{ font-family: {KAI} }}
h4 {{ font-weight: bold }}
p {{ margin: 0; text-indent: 2em; text-align: justify; orphans: 2; widows: 2; overflow-wrap: anywhere }}
a {{ color: inherit }}
ul, ol {{ margin: 0; padding-left: 4em }}
li {{ text-indent: 0; overflow-wrap: anywhere }}
li p, blockquote p {{ text-indent: 0 }}
li ul, li ol {{ padding-left: 2em }}
blockquote {{ margin: 0 0 0 2em; font-family: {KAI} }}
img {{ max-width: 156mm; max-height: 220mm }}
p.picture {{ text-indent: 0; text-align: center; line-height: 1; margin: 6pt 0 }}
hr {{ border: 0; border-top: 0.5pt solid #000; margin: 14pt 0 }}
code {{ font-family: "DejaVu Sans Mono", monospace, {FANG}; font-size: 0.85em }}
p.verbatim {{ font: 12pt/18pt "DejaVu Sans Mono", monospace, {FANG}; white-space: pre-wrap; text-indent: 0;
  text-align: left }}
table {{ border-collapse: collapse; font: 9pt/1.35 {SONG}; margin: 6pt 0; break-inside: avoid; width: 156mm }}
table.form {{ table-layout: fixed; margin: 8pt 0 4pt }}
table.long {{ break-inside: auto }}
caption {{ font: 12pt/18pt {HEI}; text-align: center; padding-bottom: 3pt; break-after: avoid }}
th, td {{ border: 0.5pt solid #000; padding: 1.6pt 0.8mm; vertical-align: middle; text-align: center;
  font-weight: normal }}
th {{ overflow-wrap: break-word; hyphens: auto }}
.unit {{ display: inline-block }}
thead th {{ font-family: {HEI}; background: #f2f2f2 }}
tbody th {{ text-align: left }}
table.form td {{ white-space: nowrap; padding: 1.6pt 0.4mm }}
tr {{ break-inside: avoid }}
thead {{ break-after: avoid; break-inside: avoid }}
.align-left {{ text-align: left }}
.align-right {{ text-align: right }}
.align-center {{ text-align: center }}
p.note {{ font: 10.5pt/17pt {FANG}; text-indent: 0; text-align: left; margin: 3pt 0 8pt }}
"""


def write_styles() -> str:
    """The style sheet."""
    return STYLES
