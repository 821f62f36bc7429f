"""The storyboard: one HTML page with every screen of a visit, its slip and its sheet, readable without a network."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PAGE = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
 body {{ margin: 0; background: #F7F3EA; color: #10302E; font: 17px/1.6 "Noto Sans CJK SC", "Noto Sans SC", sans-serif }}
 header {{ background: #0B3F3B; color: #fff; padding: 28px 40px }}
 h1 {{ margin: 0; font-size: 30px }} header p {{ margin: 6px 0 0; opacity: .9 }}
 main {{ padding: 32px 40px; display: grid; gap: 32px; grid-template-columns: repeat(auto-fill, minmax({width}px, 1fr)) }}
 figure {{ margin: 0 }} figcaption {{ margin: 10px 2px 0 }} figcaption b {{ font-size: 19px }}
 figcaption span {{ color: #2A3F3D; display: block }}
 img {{ width: 100%; border-radius: 12px; border: 1px solid #D8D2C4; display: block; background: #fff }}
 footer {{ padding: 0 40px 40px; color: #2A3F3D }}
</style>
<header><h1>{title}</h1><p>{lead}</p></header>
<main>
{figures}
</main>
<footer>{foot}</footer>
</html>
"""


@dataclass(frozen=True)
class Picture:
    """One picture of the storyboard: a file beside the page, a heading and a sentence."""

    file: str
    heading: str
    words: str = ""


def write(
    folder: Path,
    title: str,
    lead: str,
    pictures: Sequence[Picture],
    files: Sequence[tuple[str, str]],
    *,
    landscape: bool,
) -> Path:
    """Writes ``index.html`` into `folder` and returns its path.

    Args:
        pictures: in their order; they lie in the same folder.
        files: (words, file name) of what else lies there, linked at the foot.
        landscape: of the screens: wider columns.
    """
    figures = "\n".join(
        f'<figure><a href="{html.escape(p.file)}"><img loading="lazy" src="{html.escape(p.file)}" alt="{html.escape(p.heading)}"></a>'
        f"<figcaption><b>{html.escape(p.heading)}</b><span>{html.escape(p.words)}</span></figcaption></figure>"
        for p in pictures
    )
    foot = " · ".join(f'<a href="{html.escape(file)}">{html.escape(words)}</a>' for words, file in files)
    page = folder / "index.html"
    page.write_text(
        _PAGE.format(
            title=html.escape(title),
            lead=html.escape(lead),
            figures=figures,
            foot=foot,
            width=520 if landscape else 320,
        ),
        encoding="utf-8",
    )
    return page


def pdf_to_png(pdf: Path, folder: Path, stem: str, limit: int) -> list[str]:
    """Draws the first `limit` pages of `pdf` as ``<stem>-<n>.png`` into `folder`; returns the file names.

    Raises OSError or pypdfium2.PdfiumError for a file that is no PDF.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        names = []
        for number in range(min(limit, len(document))):
            name = f"{stem}-{number + 1}.png"
            document[number].render(scale=1.6).to_pil().save(folder / name)
            names.append(name)
        return names
    finally:
        document.close()
