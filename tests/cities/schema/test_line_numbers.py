"""Finding a key's line in a TOML file."""

import pytest

from cities.schema.line_numbers import line_of

TEXT = """\
code = "STAM"

[[offices]]
name = "Clerk"

[offices.email]
value = "clerk@example.org"

[[offices]]
name = "Steward"
email = { ask = "them" }

[portal]
name = "Open Data"

[portal.url]
value = "https://example.org"

[sentences.opening]
text = "Dear Clerk"

[sentences.end]
text = "Yours"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("code",), 1),
        (("offices",), 3),
        (("offices", 0, "name"), 4),
        (("offices", 0, "email", "value"), 7),
        (("offices", 1, "name"), 10),
        (("offices", 1, "email", "ask"), 11),
        (("offices", 1, "phone"), 9),
        (("portal", "name"), 14),
        (("portal", "url", "value"), 17),
        (("portal", "note"), 13),
        (("sentences",), 19),
        (("sentences", "opening", "text"), 20),
        (("sentences", "end"), 22),
        (("sentences", "end", "text"), 23),
        (("sentences", "middle"), 19),
        (("sentences", "text"), 19),
        (("nothing",), 0),
        (("nothing", "code"), 0),
        ((), 0),
    ],
)
def test_line_of_finds_the_deepest_part_that_is_there(
    path: tuple[str | int, ...], line: int
) -> None:
    assert line_of(TEXT, path) == line
