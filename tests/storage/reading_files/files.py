"""Small files of each kind, made for the tests."""

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def archive(path: Path, **parts: str) -> Path:
    """A ZIP; `word__document` is "word/document.xml"."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            inside = name.replace("__", "/")
            made.writestr(inside if inside == "mimetype" else f"{inside}.xml", content)
    return path


def docx(path: Path, *paragraphs: str) -> Path:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive(path, word__document=document)


def xlsx(path: Path, *cells: str) -> Path:
    shared = "".join(f"<si><t>{text}</t></si>" for text in cells)
    return archive(
        path,
        xl__sharedStrings=f'<sst xmlns="{S}">{shared}</sst>',
        xl__worksheets__sheet1=f'<worksheet xmlns="{S}"><c><v>41250</v></c></worksheet>',
    )


def pptx(path: Path, text: str) -> Path:
    slide = f'<p:sld xmlns:p="p" xmlns:a="{A}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
    return archive(path, ppt__slides__slide1=slide)


def odt(path: Path, text: str) -> Path:
    content = f'<o:d xmlns:o="o" xmlns:t="{TEXT}"><t:p>{text} <t:span>here</t:span></t:p></o:d>'
    return archive(path, mimetype="application/vnd.oasis.opendocument.text", content=content)


def pdf(path: Path, text: str) -> Path:
    """One page, put together by hand; readers mend its missing table."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        + b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
        % (len(stream), stream)
        + b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    return path
