"""The pack's own wording as it is today, for whoever writes on top of it."""

from hashlib import sha256

from requests_app.letters.wording.newsrooms_own.pack_passages import pack_text
from requests_app.letters.wording.newsrooms_own.trial_facts import occasions
from requests_app.letters.wording.templates import Template, wording


def template_for(letter: str, scope: str) -> Template:
    """In whose place a wording of that scope stands; of several, the general one."""
    return wording().nearest((letter,), scope or occasions(letter, scope)[0].city.slug)


def text_for(letter: str, scope: str) -> str:
    """What an editor starts from: the wording of the pack, with its facts by name."""
    return pack_text(template_for(letter, scope)).start


def sha256_for(letter: str, scope: str) -> str:
    """Of every template of the pack in whose place such a wording stands."""
    used = {one.template.path: one.template.sha256 for one in occasions(letter, scope)}
    return sha256(
        "".join(f"{path} {of}\n" for path, of in sorted(used.items())).encode()
    ).hexdigest()
