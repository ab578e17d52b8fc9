"""A disagreement between coders is settled: beside the raw codings, which stay as they are."""

from dataclasses import asdict, dataclass, replace

from django.db import transaction

from requests_app.actions.errors import Refused
from requests_app.actions.research import codebooks
from requests_app.ledger.attribution import Attribution
from requests_app.models import LogEntry, Project, Resolution
from requests_app.research.coding import codes, variables
from requests_app.research.coding.coded_values import entry_codes
from requests_app.research.coding.codes import Code


@dataclass(frozen=True, slots=True)
class Settled:
    """What an entry is coded as, and why. `seen` counts the resolutions that its page showed."""

    variable: str
    code: Code
    reason: str
    seen: int


@transaction.atomic
def resolve(project: Project, entry: LogEntry, settled: Settled, *, by: Attribution) -> Resolution:
    """Refused where somebody resolved it meanwhile, and for who may not read the codes yet."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    version = codebooks.freeze(project, by=by)
    variable = variables.named(variables.read(version.variables), settled.variable)
    if variable is None:
        raise Refused("The codebook does not ask that any more. Nothing was changed.")
    found = entry_codes(project, viewer=by.user).get(entry.pk)
    if found is None or len(found.by_coding(variable)) < 2:
        raise Refused("Two people’s codes of it are not yours to read yet. Nothing was changed.")
    if not settled.reason.strip():
        raise Refused("Say why it is that: the reason is kept with it. Nothing was changed.")
    done = Resolution.objects.filter(
        project=project, entry=entry, variable=variable.key, meaning=variable.meaning
    ).count()
    if done != settled.seen:
        raise Refused(
            "Somebody resolved this meanwhile. Nothing was overwritten: open the page again to see "
            "how."
        )
    try:
        value = codes.canonical(variable, settled.code.value)
    except ValueError as error:
        raise Refused(f"{error} Nothing was changed.") from error
    code = replace(settled.code, value=value, passage=settled.code.passage.strip())
    return Resolution.objects.create(
        project=project,
        entry=entry,
        version=version,
        variable=variable.key,
        meaning=variable.meaning,
        number=done + 1,
        code=asdict(code),
        reason=settled.reason.strip(),
        resolved_at=by.at,
        resolved_by=by.user,
    )
