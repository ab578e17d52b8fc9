"""How grievances, rights and ways work, on a law made up for one test at a time."""

from dataclasses import replace
from typing import Any

from cities.clocks.derive import Law, Occurrence
from cities.rights.standing import Standing, Way, standing_by_law
from cities.schema.clock_rules import Clock
from cities.schema.grievances import GrievanceRule
from cities.schema.offices import Route
from tests.cities.clocks.simple import RECEIVED, calendar, clock, ours
from tests.cities.worked import happened, on

NOBODY_SAYS = {"ask": "the clerk"}
LAPSED, DAY_AFTER = on("2026-05-11"), on("2026-05-12")
"""Five business days after Monday, May 4, 2026 end on Monday, May 11."""
DENIED, SILENT = "denied 2026-05-06", {"silence_of": "response"}


def rule(kind: str, *starts: Any, **keys: Any) -> GrievanceRule:
    plain = {"kind": kind, "starts": starts or (kind,), "explanation": "It may be challenged."}
    return GrievanceRule.model_validate({**plain, **keys})


def route(slug: str, *follows: str, order: int = 10, **keys: Any) -> Route:
    plain = {
        "slug": slug, "kind": "commission", "name": slug, "body": slug, "salutation": "Dear Body",
        "order": order, "follows": follows, "citation": "§ 3", "ask": "the body",
        "deadline": NOBODY_SAYS, "decision": NOBODY_SAYS, "form": NOBODY_SAYS, "fee": NOBODY_SAYS,
    }  # fmt: skip
    return Route.model_validate({**plain, **keys})


def window(of: str = "board", **keys: Any) -> Clock:
    """Ten days of ours for that route, from each grievance that opens it."""
    filed = [{"event": "appeal_filed", "routes": [of]}]
    return ours(f"time_for_{of}", **{"route": of, "starts": (), "met_by": filed, **keys})


BOARD = route("board", "denied", "silence", "fee", clock="time_for_board")


def stands(
    rules: list[GrievanceRule],
    routes: list[Route],
    *events: Occurrence | str,
    clocks: tuple[Clock, ...] = (clock(), window()),
) -> Standing:
    law = Law(clocks, calendar(), grievances=rules, routes=routes)
    occurred = [happened(event) if isinstance(event, str) else event for event in events]
    return standing_by_law(law, [happened(RECEIVED), *occurred])


def way(counted: Standing, day: str, slug: str = "board") -> Way:
    (found,) = (way for way in counted.ways(on(day)) if way.route.slug == slug)
    return found


def slugs(counted: Standing, day: str) -> list[str]:
    return [way.route.slug for way in counted.ways(on(day))]


# When a grievance is --------------------------------------------------------------------------


def test_silence_stands_from_the_day_after_the_last_one() -> None:
    counted = stands([rule("silence", SILENT)], [BOARD])

    assert counted.open(LAPSED) == ()
    assert [(g.kind, g.since, g.surely_since) for g in counted.open(DAY_AFTER)] == [
        ("silence", DAY_AFTER, DAY_AFTER)
    ]


def test_act_that_only_perhaps_answers_leaves_silence_on_the_strict_reading() -> None:
    perhaps = clock(perhaps_met_by=["acknowledged"], unsettled_meeting="Open (§ 2).")
    (silence,) = stands(
        [rule("silence", SILENT)], [BOARD], "acknowledged 2026-05-05", clocks=(perhaps, window())
    ).open(DAY_AFTER)

    assert (silence.since, silence.surely_since) == (DAY_AFTER, None)
    assert not silence.is_sure(on("2027-01-01"))
    assert silence.unsettled == "Open (§ 2)."


def test_answer_between_two_readings_leaves_silence_in_doubt_and_says_why() -> None:
    by_post = clock(sent_reading="From sending or from receipt (§ 2).")
    counted = stands(
        [rule("silence", SILENT)],
        [BOARD],
        "submitted 2026-05-01",
        "denied 2026-05-11",
        clocks=(by_post, window()),
    )

    # From Friday, May 1: May 4 to 8. From Monday, May 4: to May 11, the day of the denial.
    (silence,) = counted.grievances
    assert (silence.since, silence.surely_since) == (on("2026-05-09"), None)
    assert silence.unsettled == "From sending or from receipt (§ 2)."


def test_late_answer_does_not_undo_a_silence() -> None:
    counted = stands([rule("silence", SILENT), rule("denied")], [BOARD], "denied 2026-05-20")

    assert [g.kind for g in counted.open(on("2026-05-20"))] == ["silence", "denied"]


def test_rule_that_is_unsettled_is_never_sure() -> None:
    (denied,) = stands([rule("denied", unsettled="Open (§ 3).")], [BOARD], DENIED).grievances

    assert (denied.surely_since, denied.unsettled) == (None, "Open (§ 3).")


def test_date_named_too_late_on_one_reading_alone_is_too_late_in_doubt() -> None:
    """The ninth day is a holiday, Wednesday, May 13: a week more is May 20. It moves to Thursday,
    and a week more from there is May 21."""
    extended = clock(
        count=9, unit="calendar_days", roll="weekend_or_holiday",
        extension={"days": 7, "once": True, "unsettled": "From which day is open (§ 2)."},
    )  # fmt: skip
    too_late = rule("extension", {"event": "extended", "past": "response"})

    def named(until: str) -> list[tuple[str, str]]:
        notice = Occurrence("extended", on("2026-05-12"), {"until": until})
        counted = stands([too_late], [route("board", "extension")], notice, clocks=(extended,))
        return [(str(g.surely_since), g.unsettled) for g in counted.grievances]

    assert named("2026-05-20") == []
    assert named("2026-05-21") == [("None", "From which day is open (§ 2).")]
    assert named("2026-05-22") == [("2026-05-12", "")]


# What remedies it -----------------------------------------------------------------------------


def test_what_is_remedied_stands_no_more_where_no_time_runs() -> None:
    board = route("board", "denied")  # no clock counts it
    counted = stands(
        [rule("denied", remedied_by=["granted"])], [board], DENIED, "granted 2026-05-20",
        clocks=(clock(),),
    )  # fmt: skip

    assert slugs(counted, "2026-05-19") == ["board"]
    assert slugs(counted, "2026-05-20") == []


def test_what_is_remedied_keeps_the_time_that_runs_and_no_more() -> None:
    """Denied on May 6: ten days end on Saturday, May 16, at the latest on Monday, May 18."""
    advocate = route("advocate", "denied", order=20)
    counted = stands(
        [rule("denied", remedied_by=["granted"])], [BOARD, advocate], DENIED, "granted 2026-05-12"
    )

    assert slugs(counted, "2026-05-11") == ["board", "advocate"]
    assert slugs(counted, "2026-05-18") == ["board"]
    assert slugs(counted, "2026-05-19") == []


# Which time runs from it ----------------------------------------------------------------------


def test_wrong_apart_has_days_of_its_own() -> None:
    fee = "fees_estimated 2026-05-11"
    joined = stands([rule("denied"), rule("fee", "fees_estimated")], [BOARD], DENIED, fee)
    apart = stands(
        [rule("denied"), rule("fee", "fees_estimated", has_own_window=True)], [BOARD], DENIED, fee
    )

    assert [str(d.nominal_on) for d in joined.deadlines if d.whose == "ours"] == ["2026-05-16"]
    assert [str(d.nominal_on) for d in apart.deadlines if d.whose == "ours"] == [
        "2026-05-16",
        "2026-05-21",
    ]
    assert [(g.kind, str(r.window and r.window.nominal_on)) for g, r in _claims(apart)] == [
        ("denied", "2026-05-16"),
        ("fee", "2026-05-21"),
    ]


def _claims(counted: Standing) -> list[Any]:
    return list(way(counted, "2026-05-12").claims)


def test_wrong_apart_does_not_stretch_the_other_and_ends_by_itself() -> None:
    apart = rule("fee", "fees_estimated", has_own_window=True)
    counted = stands([rule("denied"), apart], [BOARD], DENIED, "fees_estimated 2026-05-11")

    after_the_first = way(counted, "2026-05-19")
    assert after_the_first.is_open(on("2026-05-19"))
    assert after_the_first.grievance.kind == "fee"
    assert not way(counted, "2026-05-22").is_open(on("2026-05-22"))


def test_time_used_is_no_longer_open() -> None:
    filed = Occurrence("appeal_filed", on("2026-05-08"), {"route": "board"})
    counted = stands([rule("denied")], [BOARD], DENIED, filed)

    ((_, right),) = way(counted, "2026-05-09").claims
    assert (right.used_on, right.is_open(on("2026-05-09"))) == (on("2026-05-08"), False)


def test_route_without_a_clock_is_used_by_a_filing_after_the_grievance() -> None:
    advocate = route("advocate", "denied")
    filed = Occurrence("appeal_filed", on("2026-05-08"), {"route": "advocate"})
    counted = stands([rule("denied")], [advocate], DENIED, filed, clocks=(clock(),))

    ((_, right),) = way(counted, "2026-05-09", "advocate").claims
    assert (right.window, right.used_on) == (None, on("2026-05-08"))


def test_clock_with_starts_of_its_own_is_the_window_of_a_grievance_in_doubt_too() -> None:
    own = window(starts=["denied"])
    doubtful = rule("denied", unsettled="Open (§ 3).", has_own_window=True)
    counted = stands([doubtful], [BOARD], DENIED, clocks=(clock(), own))

    ((_, right),) = way(counted, "2026-05-07").claims
    assert right.window is not None
    assert str(right.window.nominal_on) == "2026-05-16"


# Ways -----------------------------------------------------------------------------------------


def test_formal_ways_stand_in_the_order_of_the_law_and_before_informal_ones() -> None:
    routes = [
        route("manager", "denied", order=1, is_formal=False),
        route("court", "denied", order=30),
        route("board", "denied", order=20),
    ]

    assert slugs(stands([rule("denied")], routes, DENIED, clocks=(clock(),)), "2026-05-06") == [
        "board",
        "court",
        "manager",
    ]


def test_decision_opens_only_the_routes_after_the_one_it_was_made_on() -> None:
    decision = rule("decision", "appeal_decided")
    routes = [
        route("mayor", "decision", order=5, after=("council",)),
        route("court", "decision", after=("board",)),
        route("press", "decision", order=20),  # after any
    ]
    decided = Occurrence("appeal_decided", on("2026-05-20"), {"route": "board"})

    counted = stands([decision], routes, decided, clocks=(clock(),))

    assert slugs(counted, "2026-05-20") == ["court", "press"]
    assert [grievance.decided for grievance in counted.grievances] == ["board"]


def test_silence_on_each_of_two_appeals_opens_what_follows_it() -> None:
    decides = clock(
        "decision", count=7, unit="calendar_days", route="board", unsettled_roll="Open (§ 4).",
        whose="body", starts=["appeal_filed"], met_by=["appeal_decided"],
    )  # fmt: skip
    filed = [Occurrence("appeal_filed", on(day), {"route": "board"})
             for day in ("2026-05-18", "2026-06-15")]  # fmt: skip
    court = route("court", "decision", after=("board",))

    counted = stands(
        [rule("decision", {"silence_of": "decision"})], [court], *filed, clocks=(clock(), decides)
    )

    # Seven days each: Monday, May 25, and Monday, June 22.
    assert [str(g.since) for g in counted.grievances] == ["2026-05-26", "2026-06-23"]
    assert slugs(counted, "2026-05-26") == ["court"]


def test_way_is_written_of_the_heaviest_grievance_that_is_open() -> None:
    rules = [
        rule("silence", SILENT),
        rule("fee", "fees_estimated", has_own_window=True),
        rule("denied"),
    ]
    events = ("fees_estimated 2026-05-13", "denied 2026-05-18")
    counted = stands(rules, [BOARD], *events)

    # The silence's ten days, and the denial's with them, end at the latest on May 28, from the
    # denial; the fee's on Saturday the 23rd, so on Monday the 25th.
    assert way(counted, "2026-05-12").grievance.kind == "silence"
    assert way(counted, "2026-05-13").grievance.kind == "fee"
    assert way(counted, "2026-05-18").grievance.kind == "denied"
    assert [g.kind for g, _ in way(counted, "2026-05-18").claims] == ["denied", "fee", "silence"]


def test_way_is_not_written_of_what_is_over_while_something_is_open() -> None:
    rules = [rule("denied"), rule("fee", "fees_estimated", has_own_window=True)]
    counted = stands(rules, [BOARD], DENIED, "fees_estimated 2026-05-15")

    assert way(counted, "2026-05-18").grievance.kind == "denied"
    assert way(counted, "2026-05-19").grievance.kind == "fee"


def test_of_two_equally_heavy_the_last_is_written_of() -> None:
    counted = stands([rule("denied")], [BOARD], DENIED, "denied 2026-05-08")

    assert str(way(counted, "2026-05-08").grievance.since) == "2026-05-08"


# The end --------------------------------------------------------------------------------------


def test_nothing_stands_from_the_day_a_request_is_ended() -> None:
    counted = stands([rule("denied")], [BOARD], DENIED, "closed 2026-05-13")

    assert slugs(counted, "2026-05-12") == ["board"]
    assert slugs(counted, "2026-05-13") == []


def test_nothing_is_known_of_a_request_without_events() -> None:
    law = Law((clock(),), calendar(), grievances=[rule("denied")], routes=[BOARD])

    assert standing_by_law(law, []) == Standing()
    assert replace(Standing(), ended_on=LAPSED).ways(LAPSED) == ()
