"""Files from outside are handed out as downloads alone."""

import ast

import pytest
from django.urls import reverse

from bootstrap.paths import ROOT
from requests_app.models import Attachment
from tests.views.conftest import signed_in
from tests.views.world import build

pytestmark = pytest.mark.django_db


def test_attachment_is_downloaded_and_never_shown() -> None:
    world = build()
    client = signed_in(world.people["reporter"])

    answer = client.get(reverse("attachment_download", args=[world.attachment.pk]))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="answer.html"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[attr-defined]
    answer.close()


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("logo.svg", "image/svg+xml"),
        ("page.html", "text/html"),
        ("page.xhtml", "application/xhtml+xml"),
        ("feed.xml", "text/xml"),
        ("script.js", "text/javascript"),
        ("paper.pdf", "application/pdf"),
        ("photo.png", "image/png"),
    ],
)
def test_no_kind_of_file_is_shown_by_the_browser(name: str, content_type: str) -> None:
    """An SVG or a page would run its scripts as the desk's own."""
    world = build()
    kept = world.attachment
    other = Attachment.objects.create(
        records_request=kept.records_request, name=name, content_type=content_type,
        file=kept.file.name, size=kept.size, sha256=kept.sha256,
        added_by=world.people["reporter"], is_enclosure=True,
    )  # fmt: skip

    client = signed_in(world.people["reporter"])
    answer = client.get(reverse("attachment_download", args=[other.pk]))
    answer.close()

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox"


def test_what_is_shown_in_the_browser_is_pdf_alone() -> None:
    """Of all answers of pages and API that say “inline”."""
    shown = {
        f"{path.stem}.{function.name}": _content_types(function)
        for folder in ("views", "api")
        for path in (ROOT / "requests_app" / folder).rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and "inline; filename" in _texts(function)
    }

    assert len(shown) >= 6
    passes_it_on = {"city_forms.filled_form_pdf": {"application/pdf"}}  # to `_pdf` beside it
    for name, types in {**shown, **passes_it_on}.items():
        assert types == {"application/pdf"}, name


def _texts(function: ast.FunctionDef) -> str:
    texts = (node.value for node in ast.walk(function) if isinstance(node, ast.Constant))
    return " ".join(text for text in texts if isinstance(text, str))


def _content_types(function: ast.FunctionDef) -> set[object]:
    return {
        keyword.value.value
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "content_type" and isinstance(keyword.value, ast.Constant)
        if "text/plain" not in str(keyword.value.value)  # why there is no PDF
    }
