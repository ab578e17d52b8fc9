"""Names that every system can keep."""

import pytest

from requests_app.casefile.make_pdf import safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\a b.docx", "a b.docx"),
        ("\u202egnp.exe", "gnp.exe"),
        ("Größe 2026.pdf", "Größe 2026.pdf"),
        ("😀.pdf", "pdf"),
        ("", "file"),
        ("...", "file"),
        ("con.txt", "_con.txt"),
        ("a\x00b\nc.txt", "a_b_c.txt"),
        ("=cmd|' /C calc'!A0.csv", "C calc_A0.csv"),
    ],
)
def test_name_is_safe(given: str, kept: str):
    assert safe_name(given) == kept


def test_long_name_keeps_its_ending():
    name = safe_name("x" * 300 + ".pdf")

    assert len(name) == 80
    assert name.endswith(".pdf")
