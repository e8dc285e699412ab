"""A call and a host with one row of everything that an address can name, every text carrying one word."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app

from gtn_events.accounts.domain.invitations import give_or_invite
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail, Recipient, enqueue_mail
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload
from gtn_events.incubation.models import Call, Host, HostPhoto
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.steps import StepText, add_step
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.attack.full_applied import FAR, LATER, OPENS, make_applied
from tests.attack.full_figures import make_figures
from tests.attack.full_matched import make_matched
from tests.factories import MADE_AT, grant_role, make_account
from tests.incubation.factories import complete_host, make_call, make_host, make_intake


@dataclass(frozen=True)
class FullIncubation:
    """A call, a host that gives places in it, and what their addresses are filled with.

    Args:
        of_call: what stands in addresses below the call.
        of_host: what stands instead in addresses below the host.
        of_figures: what stands instead in addresses of figures.
    """

    call: Call
    host: Host
    of_call: dict[str, Any]
    of_host: dict[str, Any]
    of_figures: dict[str, Any]

    def values_of(self, endpoint: str) -> dict[str, Any]:
        """What the address of an endpoint is filled with."""
        instead = {"incubation_host": self.of_host, "incubation_figures": self.of_figures}
        return self.of_call | next((each for start, each in instead.items() if endpoint.startswith(start)), {})


def make_full_incubation(slug: str, organiser: Account, delegate: Account, upload_id: int, word: str) -> FullIncubation:
    """Make it; the organiser organises the call and manages the host, the delegate has a draft."""
    texts = {"description": f"About {word}", "funding": f"Money {word}", "contact_name": f"Contact {word}"}
    texts["declaration"] = f"Declaration {word}"
    dates = {"opens_at": OPENS, "closes_at": FAR, "ranking_until": LATER, "match_on": date(2100, 1, 4)}
    call = make_call(slug, title=f"Call {word}", reference_prefix=word[:5].upper(), **texts, **dates)
    host = complete_host(
        make_host(
            f"Host {word}", verified_until=date(2100, 1, 1), summary=f"Summary {word}", contact_name=f"Office {word}"
        )
    )
    host.photos = [HostPhoto(upload=db.session.get_one(Upload, upload_id), position=1, description=f"Photo {word}")]
    intake = make_intake(call, host, gives=f"Gives {word}", asks=f"Asks {word}")
    grant_role(organiser, Role.ORGANISER, call.scope)
    grant_role(organiser, Role.HOST_MANAGER, host.scope)
    form = _form(call, word)
    of_call = {
        "call": slug,
        "host": host.slug,
        "economy": host.economy_code,
        "section": "about",
        "photo_id": host.photos[0].id,
        "number": 1,
        "mail_id": _mail(call, word).id,
        "kind": "application_admitted",
        **_people(call.scope, Role.HELPER, organiser, word),
        **form,
        **make_applied(intake, organiser, delegate, {form["key"]: upload_id}, word),
    }
    of_call |= make_matched(call, organiser, word)
    of_host = _people(host.scope, Role.HOST_MANAGER, organiser, word)
    made = FullIncubation(call, host, of_call, of_host, make_figures(intake, word))
    db.session.commit()
    return made


def _form(call: Call, word: str) -> dict[str, Any]:
    draft = draft_version_of(call.questionnaire, actor=None, now=MADE_AT)
    question = add_question(draft, QuestionSpec(QuestionKind.FILE, f"Label {word}"), actor=None, now=MADE_AT)
    step = add_step(draft, StepText(f"Step {word}"), actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    return {"key": question.key, "step_key": step.key}


def _mail(call: Call, word: str) -> OutboxMail:
    mail = enqueue_mail(
        f"ranking:{word}",
        "incubation/ranking_reminder",
        to=Recipient(f"{word}@host.example", f"Person {word}"),
        context={"call": call, "intake": call.intakes[0], "host": call.intakes[0].host, "left": 1},
        now=MADE_AT,
        scope=call.scope,
    )
    assert mail is not None
    return mail


def _people(scope: Scope, role: Role, organiser: Account, word: str) -> dict[str, Any]:
    """Give a role to one person more, and invite another one."""
    worker = make_account(f"{scope.kind}.worker.{word}@gtn.example", family_name=f"Worker {word}")
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    address = f"{scope.kind}.asked.{word}@gtn.example"
    invited = give_or_invite(address, role, scope=scope, links=links, actor=organiser, now=MADE_AT)
    assert isinstance(invited, Invitation)
    return {"grant_id": grant_role(worker, role, scope).id, "invitation_id": invited.id}
