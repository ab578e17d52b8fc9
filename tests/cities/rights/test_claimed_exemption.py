"""Which exemption a city means by what it wrote, and what is said where there is not just one."""

import pytest

from cities.rights.claimed_exemption import find_exemption
from cities.schema.load import load_statute

UNKNOWN = "is none of the exemptions that we know. Choose one, or write to it."


@pytest.mark.parametrize(
    ("state", "claim", "slug"),
    [
        ("us-ct", "personnel_files", "personnel_files"),
        ("us-ct", "Conn. Gen. Stat. § 1-210(b)(2)", "personnel_files"),
        ("us-ct", "  C.G.S. Section 1-210 (b) (2) ", "personnel_files"),
        ("us-ct", "§ 1-210(b)(3)(A)", "law_enforcement"),
        ("us-ct", "Conn. Gen. Stat. § 1-210(b)(5)(B)", "given_in_confidence"),
        ("us-mo", "RSMo 610.021(19)", "security_plans"),
        ("us-mo", "exempt under subsection 13", "personnel_records"),
        ("us-ca", "Gov. Code § 6254(f)", "police_investigations"),
        ("us-ca", "Cal. Gov. Code § 7922.000", "catch_all"),
        ("us-ca", "§ 7922.000, deliberative process privilege", "deliberative_process"),
        ("us-ca", "§ 7927.705 and Penal Code § 832.7", "officer_files"),
        ("us-or", "ORS 192.355(9)(a)", "other_law_or_privilege"),
        ("us-or", "ORS 181A.830(3)", "police_without_discipline"),
    ],
)
def test_claim_means_one_exemption(state: str, claim: str, slug: str) -> None:
    claimed = find_exemption(load_statute(state), claim)

    assert claimed.exemption is not None, claimed.problem
    assert (claimed.exemption.slug, claimed.problem) == (slug, "")


@pytest.mark.parametrize(
    ("claim", "candidates", "problem"),
    [
        ("§ 610.021(1) and (3)", ["litigation_and_lawyers", "hiring_and_discipline"],
         ("“§ 610.021(1) and (3)” may mean more than one exemption: "
          "Mo. Rev. Stat. § 610.021(1); Mo. Rev. Stat. § 610.021(3). Choose one.")),
        ("§ 610.021", [], f"“§ 610.021” {UNKNOWN}"),  # of which every subdivision is another
        ("§ 610.021(99)", [], f"“§ 610.021(99)” {UNKNOWN}"),
        ("It is confidential.", [], f"“It is confidential.” {UNKNOWN}"),
        ("", [], "The city named no exemption."),
    ],
)  # fmt: skip
def test_claim_that_means_no_one_exemption_says_why(
    claim: str, candidates: list[str], problem: str
) -> None:
    claimed = find_exemption(load_statute("us-mo"), claim)

    assert claimed.exemption is None
    assert [exemption.slug for exemption in claimed.candidates] == candidates
    assert claimed.problem == problem


@pytest.mark.parametrize("state", ["us-ca", "us-ct", "us-mo", "us-or"])
def test_every_citation_and_slug_of_a_pack_means_its_own_exemption(state: str) -> None:
    statute = load_statute(state)

    for exemption in statute.exemptions:
        assert find_exemption(statute, exemption.citation).exemption is exemption
        assert find_exemption(statute, exemption.slug).exemption is exemption
