"""What waits in the newsroom itself: reviews, letters that failed or wait to be posted."""

from requests_app.actions.requests import city_progress, ending, review, submission
from requests_app.actions.sending import our_letters
from requests_app.delivery import outbox
from requests_app.demo.cast import Cast
from requests_app.demo.storyteller import Begin
from requests_app.ledger.attribution import Attribution
from requests_app.letters import Sending
from requests_app.models import Channel

STAMFORD = "us-ct/stamford"
STOCKTON = "us-ca/stockton"
CONCORD = "us-ca/concord"
CLERK = "city_clerk"


def tell(cast: Cast, story: Begin) -> None:
    waiting = story("metro").begin(
        1,
        city=STAMFORD,
        kind="records",
        office=CLERK,
        subject="School-bus camera citations",
        what="citations issued from school-bus cameras, by month and by school",
    )
    review.send_to_review(waiting.request, **waiting.when(0))

    ready = story("data").begin(
        3,
        city=STOCKTON,
        kind="records",
        office=CLERK,
        subject="Fleet fuel-card transactions",
        what="fuel-card transactions of the city fleet this year, by vehicle",
        format="CSV",
    )
    review.send_to_review(ready.request, **ready.when(2))
    review.approve(
        ready.request, by=Attribution(cast.by_desk["editor"], ready.at(1)), note="Good. File it."
    )

    dropped = story("housing").begin(
        26,
        city=CONCORD,
        kind="records",
        office=CLERK,
        subject="Parking-meter maintenance logs",
        what="maintenance logs of parking meters downtown",
    )
    dropped.submit(25)
    ending.withdraw(
        dropped.request,
        on=dropped.day(20),
        note="Answered by the published dataset.",
        **dropped.when(20),
    )

    refused = story("data").begin(
        1,
        city=CONCORD,
        kind="records",
        office=CLERK,
        subject="Overtime of the records bureau",
        what="overtime paid in the records bureau since January",
    )
    delivery = submission.submit(
        refused.request,
        sending=Sending(Channel.EMAIL, "clerk@old-domain.example"),
        **refused.when(0),
    )
    claimed = outbox.claim(delivery.pk, at=refused.now)
    if claimed is not None:
        answer = "550 5.1.1 no such mailbox"
        outbox.mark_failed(claimed, at=refused.now, answer=answer)

    posted = story("metro").begin(
        1,
        city=STAMFORD,
        kind="records",
        office=CLERK,
        subject="Marina slip waiting list",
        what="the waiting list for marina slips, and every allocation since 2022",
    )
    submission.submit(
        posted.request,
        sending=Sending(Channel.POST, "888 Example Boulevard\nStamford, CT 06901"),
        **posted.when(0),
    )

    answered = story("metro").begin(
        20,
        city=STAMFORD,
        kind="records",
        office=CLERK,
        subject="Crossing-guard staffing",
        what="staffing plans for crossing guards for this school year",
    )
    answered.submit(19).answered(city_progress.acknowledge, 17, "We have your request.")
    answered.answered(city_progress.request_clarification, 15, "Which schools?")
    answered.write(our_letters.clarify, 14, "Dear City Clerk:\n\nAll of them, please.")
