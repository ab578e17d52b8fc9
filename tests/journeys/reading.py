"""What a person reads: the parts of a page, the mail with its letter, the letter's words."""

import re
from email.message import EmailMessage
from html import unescape

import httpx
import pypdfium2

ROW = re.compile(r'<ol class="ledger" reversed>(.*)</ol>', re.DOTALL)
SENTENCE = re.compile(r"<div[^>]*>(.*?)<span class=\"source\">(.*?)</span>", re.DOTALL)
TEXTAREA = re.compile(r'<textarea[^>]*\bname="(\w+)"[^>]*>(.*?)</textarea>', re.DOTALL)


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def ledger(page: httpx.Response) -> list[str]:
    """The ledger's sentences, oldest first, each with who wrote it down: "Closed. Rosa"."""
    found = ROW.search(page.text)
    assert found, f"no ledger on {page.url}"
    told = [f"{plain(words)} {plain(who)}" for words, who in SENTENCE.findall(found.group(1))]
    return list(reversed(told))


def acts(page: httpx.Response) -> list[str]:
    """The ledger's sentences without those that only count a clock anew."""
    return [words for words in ledger(page) if not words.startswith("The day ")]


def section(page: httpx.Response, heading: str) -> str:
    """The words of the sheet below that heading."""
    for sheet in re.findall(r'<section class="sheet.*?</section>', page.text, re.DOTALL):
        title = re.search(r"<h2[^>]*>(.*?)</h2>", sheet, re.DOTALL)
        if title and plain(title.group(1)) == heading:
            return plain(sheet)
    raise AssertionError(f"no section {heading!r} on {page.url}: {plain(page.text)}")


def offices(page: httpx.Response) -> list[str]:
    """What the form proposes to write to, in its order, each with why."""
    return [
        plain(one)
        for one in re.findall(
            r"<label for=\"id_office_role_\d+\">.*?</label>", page.text, re.DOTALL
        )
    ]


def words_in(page: httpx.Response, field: str) -> str:
    """What stands in a text field already."""
    found = re.search(rf'<textarea name="{field}"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    assert found, f"no field {field} on {page.url}"
    return unescape(found.group(1)).strip("\n")


def letter_in(mail: EmailMessage) -> str:
    """The text of the PDF that a mail carries."""
    return pdf_text(attached(mail)[0][1])


def attached(mail: EmailMessage) -> list[tuple[str, bytes]]:
    """Each file of a mail: its name, and its bytes."""
    files = []
    for part in mail.iter_attachments():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        files.append((part.get_filename() or "", content))
    return files


def pdf_text(content: bytes) -> str:
    """All pages on one line, words that the paper broke at a hyphen left as they are."""
    assert content.startswith(b"%PDF"), content[:200]
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def form_of(page: httpx.Response) -> dict[str, list[str]]:
    """What the page's fields hold, by name, as a browser would send them untouched."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input\b[^>]*>", page.text):
        told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_off = told.get("type") in {"checkbox", "radio"} and not re.search(r"\bchecked\b", tag)
        if told.get("name") and told["name"] != "csrfmiddlewaretoken" and not is_off:
            found.setdefault(told["name"], []).append(unescape(told.get("value", "on")))
    for name, words in TEXTAREA.findall(page.text):
        found[name] = [unescape(words).removeprefix("\n")]
    return found
