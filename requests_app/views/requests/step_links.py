"""Where a next step leads, as an address."""

from django.urls import reverse

from requests_app.models import RecordsRequest
from requests_app.policy.next_step import Page, Step

# The pages of a request, of a delivery or appeal, and the parts of the request's own page.
OF_THE_REQUEST = {
    Page.SEND_TO_REVIEW: "send_to_review",
    Page.SUBMIT: "request_submit",
    Page.REVIEW: "review_page",
    Page.BRING_BACK: "bring_back_draft",
    Page.RECORDS_REQUEST: "turn_into_records_request",
    Page.DATASET_CHANGE: "dataset_change",
}
BY_NUMBER = {
    Page.HAND_OVER: "delivery_hand_over",
    Page.RETRY: "delivery_retry",
    Page.APPEAL: "appeal_page",
    Page.MESSAGE: "message_page",
}
PARTS = {Page.DELIVERIES: "#deliveries", Page.ROUTES: "#routes"}


def url_of(step: Step, request: RecordsRequest) -> str:
    """Empty where there is nothing to do but wait."""
    if step.page is None:
        return ""
    if step.page in PARTS:
        return reverse("request_page", args=[request.public_id]) + PARTS[step.page]
    if step.page is Page.ACT:
        return reverse("record_act", args=[request.public_id, step.act])
    if step.page in BY_NUMBER:
        return reverse(BY_NUMBER[step.page], args=[step.number])
    return reverse(OF_THE_REQUEST[step.page], args=[request.public_id])
