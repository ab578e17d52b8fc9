"""No library that reads files by machine code is used outside the cage, except on our own files."""

import ast
from pathlib import Path

from bootstrap.paths import ROOT

READERS = {
    "PIL", "lxml", "openpyxl", "pikepdf", "pyarrow", "pypdfium2", "python_calamine", "zipfile",
    "tarfile", "docx", "xml",
}  # fmt: skip
IN_THE_CAGE = {
    "casefile/pdf/picture_pages.py",
    "casefile/pdf/placing_program.py",
    "letters/forms/field_appearance.py",
    "letters/forms/fill_fields.py",
    "letters/forms/pdf_fields.py",
    "letters/paper/flatten.py",
    "letters/paper/pages_program.py",
    "letters/paper/picture_program.py",
    "research/importing/reading/table_program.py",
    "storage/reading_files/archives.py",
    "storage/reading_files/formats.py",
}
OF_OUR_OWN = {
    "actions/privacy/personal_data.py": "writes",
    "bench/casefile.py": "made for the measurement",
    "casefile/archive.py": "writes",
    "casefile/pdf/assembling.py": "pages that were placed in the cage, or that we laid out",
    "casefile/pdf/placing.py": "in the cage; outside it for pages that we laid out",
    "casefile/pdf/stamping.py": "pages that were placed in the cage, or that we laid out",
    "casefile/pdf/tagging.py": "pages that were placed in the cage, or that we laid out",
    "demo/letter_pictures.py": "made for the demo",
    "demo/letterheads.py": "made for the demo",
    "filings/putting_together.py": "pages that were placed in the cage, or that we laid out",
    "management/commands/draw_filing.py": "pictures that came out of the cage, for the docs",
    "research/exporting/formats.py": "writes",
    "research/exporting/package.py": "writes",
    "storage/backups/restore_archive.py": "an archive of ours, which its key opened",
    "storage/backups/write_archive.py": "writes",
}


def test_no_reader_is_used_outside_the_cage() -> None:
    found = {
        path.relative_to(ROOT / "requests_app").as_posix()
        for path in (ROOT / "requests_app").rglob("*.py")
        if _imports(path) & READERS
    }

    assert found - OF_OUR_OWN.keys() == IN_THE_CAGE
    assert OF_OUR_OWN.keys() - found == set()


def test_what_runs_in_the_cage_is_imported_by_nothing_outside_it() -> None:
    """But by what calls it by its name, which is a text."""
    inside = {f"requests_app.{name[:-3].replace('/', '.')}" for name in IN_THE_CAGE}
    inside.add("requests_app.letters.forms.form_program")
    users = {
        path.relative_to(ROOT / "requests_app").as_posix()
        for path in (ROOT / "requests_app").rglob("*.py")
        if _modules(path) & inside
    }
    # `TYPES` alone: which kinds of picture can be placed.
    knows_the_types = {"casefile/pdf/opening.py", "filings/opening.py"}

    assert users - IN_THE_CAGE - knows_the_types == {"letters/forms/form_program.py"}


def _imports(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in _modules(path)}


def _modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found
