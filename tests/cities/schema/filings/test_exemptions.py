"""A ground for withholding as a pack states it, and which of its arguments may be printed."""

import pytest

from cities.schema.load import PackErrors, load_statute
from tests.cities.conftest import FIXTURE_PACKS, Copy

EXEMPTIONS = "us-zz/exemptions.toml"


def test_argument_that_rests_on_memory_is_kept_and_never_printed() -> None:
    (exemption,) = load_statute("us-zz", FIXTURE_PACKS).exemptions

    assert [argument.slug for argument in exemption.arguments] == ["no_longer_used", "spending"]
    assert [a.slug for a in exemption.printable_arguments] == ["no_longer_used"]


def test_argument_names_what_the_writer_must_fill_in() -> None:
    (exemption,) = load_statute("us-zz", FIXTURE_PACKS).exemptions

    assert [a.gaps for a in exemption.arguments] == [("the day it was replaced",), ()]


def test_general_argument_that_rests_on_memory_is_never_printed(packs: Copy) -> None:
    packs.append(
        "us-zz/filings.toml",
        '\n[[general_arguments]]\nslug = "custom"\npoint = "facts"\ntext = "It is the custom."\n'
        'authority = "custom"\nsource = "from memory"\n',
    )

    statute = load_statute("us-zz", packs.folder)

    assert [a.slug for a in statute.general_arguments] == ["burden", "custom"]
    assert [a.slug for a in statute.general_arguments_over("denied")] == ["burden"]


@pytest.mark.parametrize(
    ("old", "new", "key", "problem"),
    [
        ('authority = "Franklin Code § 9(a)"\n', "", ".arguments[0].authority", "is missing"),
        ('source = "the Code"\n', "", ".arguments[0].source", "is missing"),
        ('source = "the Code"', 'source = " "', ".arguments[0].source", "is empty"),
        ('point = "ended"', 'point = "over"', ".arguments[0].point", "Input should be 'burden'"),
        ('slug = "spending"', 'slug = "no_longer_used"', ".arguments[1].slug",
         "'no_longer_used' stands twice: each may be used once"),
        ('slug = "harbor_defenses"', 'slug = "Harbor defenses"', ".slug", "should match pattern"),
        ('must_show = "That the plan', 'must_prove = "That the plan', ".must_show", "is missing"),
    ],
)  # fmt: skip
def test_fault_is_named_with_file_line_and_key(
    packs: Copy, old: str, new: str, key: str, problem: str
) -> None:
    packs.replace(EXEMPTIONS, old, new)

    with pytest.raises(PackErrors) as raised:
        load_statute("us-zz", packs.folder)

    named = [e for e in raised.value.errors if e.key == f"exemptions[0]{key}"]
    assert [error.file for error in named] == [EXEMPTIONS]
    assert problem in named[0].problem
