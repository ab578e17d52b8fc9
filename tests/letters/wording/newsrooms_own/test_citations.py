"""What a text cites, and what a city's verified law cites."""

import pytest

from cities.schema.load import all_cities, city_slugs
from requests_app.letters.wording.newsrooms_own.citations import cited, cited_by_the_law_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Under Conn. Gen. Stat. § 1-210(a), we", {"1-210(a)"}),
        ("§§ 7923.000, 7923.100 and 7922.535(b)", {"7923.000", "7923.100", "7922.535(b)"}),
        ("§§ 610.010–610.035", {"610.010", "610.035"}),
        ("ORS 192.324(2) to 192.329", {"192.324(2)", "192.329"}),
        ("Government Code section 7922.535", {"7922.535"}),
        ("the exemption in 1-210(b)(3)", {"1-210(b)(3)"}),
        ("§ 1-206 (b) (1)", {"1-206(b)(1)"}),
        ("See Perkins v. Freedom of Information Commission, 228 Conn. 158", {
            "Perkins v. Freedom", "228 Conn. 158",
        }),
        ("Ordinance No. 180917", {"180917"}),
        ("within ten days of November 9, 2026, for $180.00", set()),
        ("call 203-555-0100 or write to 12 Summer Street, Stamford, CT 06901", set()),
        ("Exhibit 3 of 2026-0012", set()),
    ],
)  # fmt: skip
def test_what_is_cited_is_found(text: str, found: set[str]) -> None:
    assert cited(text) == found


@pytest.mark.parametrize("slug", city_slugs())
def test_every_legal_sentence_of_a_pack_cites_what_the_pack_has(slug: str) -> None:
    [city] = [city for city in all_cities() if city.slug == slug]
    sentences = " ".join(sentence.text for sentence in city.sentences.values())

    assert cited(sentences)
    assert cited(sentences) - cited_by_the_law_of(slug) == set()


def test_what_nobody_verified_is_not_in_it() -> None:
    everything = {
        exemption.citation: exemption.confidence.may_enter_letter
        for city in all_cities()
        for exemption in city.statute.exemptions
    }

    assert "1-206(b)(9)" not in cited_by_the_law_of("us-ct/stamford")
    assert "1-206(b)(1)" in cited_by_the_law_of("us-ct/stamford")
    assert "192.324(2)" not in cited_by_the_law_of("us-ct/stamford")
    assert everything
