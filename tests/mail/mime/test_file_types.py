"""What a file is by its first bytes: what could run is known, and a text stays a text."""

import io
import zipfile

import pytest

from requests_app.mail.mime.file_types import EXECUTABLE, true_type

OFFICE = "application/vnd.openxmlformats-officedocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def archive(*names: str, mimetype: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        if mimetype:
            made.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            made.writestr(name, "x" * 100)
    return packed.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\0" * 500


@pytest.mark.parametrize(
    "content",
    [
        b"#!/bin/sh\nrm -rf /\n",
        b"MZ\x90\0" + b"\0" * 200,
        b"\x7fELF\x02\x01" + b"\0" * 50,
        b"\xcf\xfa\xed\xfe\x07\0\0\1",
        b"\xca\xfe\xba\xbe\0\0\0\x34",
        bytes.fromhex("4c0000000114020000000000c000000000000046"),
        archive("META-INF/MANIFEST.MF", "A.class"),
    ],
    ids=["script", "Windows", "Linux", "Mac", "Java class", "shortcut", "jar"],
)
def test_what_could_run_is_known_whatever_it_calls_itself(content: bytes) -> None:
    assert true_type(content, "application/pdf") in EXECUTABLE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (archive("word/document.xml"), OFFICE + "wordprocessingml.document"),
        (archive("xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
        (archive("ppt/presentation.xml"), OFFICE + "presentationml.presentation"),
        (archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
         "application/vnd.oasis.opendocument.text"),
        (archive("log.csv"), "application/zip"),
        (ole("WordDocument"), "application/msword"),
        (ole("Workbook"), "application/vnd.ms-excel"),
        (ole("__substg1.0_0037001F"), "application/vnd.ms-outlook"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\0\0\0\x18ftypheic\0\0", "image/heic"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"<!DOCTYPE html><p>", "text/html"),
        (b"\n  <script>alert(1)</script>", "text/html"),
        (b"Return-Path: <a@b.example>\nSubject: x\n", "message/rfc822"),
        (b"BM is the mayor. The log follows.\n", "text/plain"),
        ("The log".encode("utf-16"), "text/plain"),
        (b"", "application/octet-stream"),
        (b"\x01\x02\x03", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_type_that_is_declared_nowhere_is_told_by_the_first_bytes(
    content: bytes, kind: str
) -> None:
    assert true_type(content, "") == kind


def test_a_text_stays_the_text_it_is_declared_to_be() -> None:
    assert true_type(b"name,amount\nA,1\n", "text/csv") == "text/csv"
    assert true_type(b"name,amount\nA,1\n", "application/pdf") == "text/plain"
