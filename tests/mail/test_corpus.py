"""Each message of the corpus becomes what the table says it must."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from requests_app.mail import Mail, addressed_ids, read

CORPUS = Path(__file__).with_name("corpus")
TABLE: dict[str, dict[str, Any]] = tomllib.loads((CORPUS / "table.toml").read_text("utf-8"))


def message(name: str) -> bytes:
    return (CORPUS / f"{name}.eml").read_bytes()


def files_of(mail: Mail) -> list[list[object]]:
    return [[file.name, file.true_type, file.size] for file in mail.files]


def test_corpus_is_large_and_its_table_whole() -> None:
    assert {path.stem for path in CORPUS.glob("*.eml")} == set(TABLE)
    assert len(TABLE) >= 80


@pytest.mark.parametrize("name", TABLE)
def test_message_becomes_what_it_must(name: str) -> None:
    mail, must = read(message(name)), TABLE[name]

    assert (mail.kind, mail.from_address, mail.subject) == (
        must["kind"],
        must["sender"],
        must.get("subject", ""),
    ), mail.kind_reason
    assert mail.from_name == must.get("name", mail.from_name)
    assert must.get("text", "") in mail.text
    assert mail.text_without_quotes == must.get("own", mail.text_without_quotes)
    assert must.get("own_has", "") in mail.text_without_quotes
    assert [word for word in must.get("text_without", []) if word in mail.text] == []


@pytest.mark.parametrize("name", TABLE)
def test_message_has_the_files_it_must(name: str) -> None:
    mail, must = read(message(name)), TABLE[name]

    assert files_of(mail) == must.get("files", files_of(mail))
    for loose in must.get("files_loose", []):
        assert loose in [entry[:2] for entry in files_of(mail)]
    assert [file.name for file in mail.files if file.is_inline] == must.get("inline", [])
    assert [nested.subject for nested in mail.nested] == must.get(
        "nested", [nested.subject for nested in mail.nested]
    )
    assert all(len(file.content) == file.size for file in mail.files)


@pytest.mark.parametrize("name", TABLE)
def test_message_says_what_was_wrong_with_it(name: str) -> None:
    mail, must = read(message(name)), TABLE[name]

    for words in must.get("faults", []):
        assert any(words in fault for fault in mail.faults), mail.faults
    if must.get("no_faults"):
        assert mail.faults == ()


@pytest.mark.parametrize("name", [name for name in TABLE if "html" in TABLE[name]])
def test_html_keeps_its_words_and_loses_what_acts(name: str) -> None:
    mail, must = read(message(name)), TABLE[name]

    assert must["html"] in mail.html
    assert [word for word in must.get("html_without", []) if word in mail.html] == []


@pytest.mark.parametrize("name", [name for name in TABLE if "report" in TABLE[name]])
def test_report_says_what_became_of_the_letter(name: str) -> None:
    report = read(message(name)).report

    assert report is not None
    must = TABLE[name]["report"]
    assert {key: getattr(report, key) for key in must} == must


@pytest.mark.parametrize("name", TABLE)
def test_message_is_found_by_its_addresses_and_dates(name: str) -> None:
    mail, must = read(message(name)), TABLE[name]

    assert list(addressed_ids(mail, "desk.example.org")) == must.get(
        "addressed_ids", list(addressed_ids(mail, "desk.example.org"))
    )
    assert [address.address for address in mail.cc] == must.get(
        "cc", [address.address for address in mail.cc]
    )
    assert mail.message_id == must.get("message_id", mail.message_id)
    assert list(mail.in_reply_to) == must.get("in_reply_to", list(mail.in_reply_to))
    assert mail.is_receipt == must.get("is_receipt", mail.is_receipt)
    if "sent" in must:
        assert mail.sent_at is not None
        assert mail.sent_at.isoformat() == must["sent"]
