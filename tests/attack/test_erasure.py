"""After an erasure the person stands nowhere in the database, whatever they did before."""

import io
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.invitations import give_or_invite
from gtn_events.accounts.domain.personal_data import erase_person
from gtn_events.accounts.domain.sign_up import change_address
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Invitation
from gtn_events.accounts.notifications import mail_address_changed, mail_confirm_address
from gtn_events.core.db import Base, db
from gtn_events.core.outbox import Recipient, enqueue_mail
from gtn_events.core.uploads import FileKind, Upload, store_upload
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.models import ForumBadge, Registration, RegistrationDraft
from gtn_events.forum.notifications import tell_again
from tests.attack.full_forum import make_full_forum
from tests.factories import MADE_AT, make_forum

NAME, OLD = "Zyxwvutname", "zyxwvut.old@firm.example"


def picture(name: str, owner_id: int) -> Upload:
    file = FileStorage(io.BytesIO(f"{NAME} in a text".encode()), filename=name)
    return store_upload(file, allowed=[FileKind.TEXT], max_bytes=1000, owner_id=owner_id, now=MADE_AT)


def places_of(words: tuple[str, ...]) -> set[str]:
    """Every column in which one of the words stands, whatever its case."""
    found = set()
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for column, value in zip(table.columns, row, strict=True):
                    if any(word in str(value).casefold() for word in words):
                        found.add(f"{table.name}.{column.name}")
    return found


def test_an_erased_person_stands_in_no_column(database: None) -> None:
    place = make_full_forum("erased-forum", "plainword")
    person, forum = place.delegate, place.forum
    person.given_name = person.family_name = NAME
    person.email = person.email_key = OLD
    person.position = person.phone = NAME
    registration = db.session.scalars(select(Registration)).one()
    registration.family_name = registration.given_name = registration.organisation_name = NAME
    registration.email = OLD
    registration.photo_upload_id = picture(f"{NAME}.txt", person.id).id
    picture(f"{NAME} replaced.txt", person.id)
    other = make_forum("other-forum", title="Other")
    draft = {
        "name": {"typed": {"family_name": [NAME]}, "uploads": {"photo": picture(f"{NAME} draft.txt", person.id).id}}
    }
    db.session.add(RegistrationDraft(forum=other, account=person, data=draft, created_at=MADE_AT, saved_at=MADE_AT))
    db.session.flush()
    tell_again(registration, now=MADE_AT)
    mail_confirm_address(person, "token", now=MADE_AT)
    change_address(person, parse_address("zyxwvut.new@firm.example"), now=MADE_AT)
    mail_address_changed(person, OLD, now=MADE_AT)
    cancel_registration(
        registration, actor=place.organiser, now=MADE_AT, party=Party.ORGANISER, reason=f"{NAME} is ill"
    )
    to = Recipient("zyxwvut.new@firm.example", NAME)
    enqueue_mail("later", "accounts/no_account", to=to, context={"email": to.address}, now=MADE_AT)
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    for role in (Role.HELPER, Role.CHECK_IN_STAFF):
        invited = give_or_invite(OLD, role, scope=forum.scope, links=links, actor=place.organiser, now=MADE_AT)
        assert isinstance(invited, Invitation)
        invited.email = invited.email_key = "zyxwvut.new@firm.example" if role is Role.HELPER else OLD
        invited.accepted_by_id, invited.accepted_at = (person.id, MADE_AT) if invited.email == OLD else (None, None)
    badge = db.session.scalars(select(ForumBadge)).one()
    badge.state_reason = badge.prints[0].reason = NAME
    db.session.commit()
    assert len(places_of(("zyxwvut",))) > 10

    erase_person(person, now=datetime.combine(forum.ends_on, datetime.min.time(), MADE_AT.tzinfo) + timedelta(days=2))
    db.session.commit()

    assert places_of(("zyxwvut",)) == set()
    files = db.session.scalars(select(Upload).where(Upload.owner_id == person.id))
    assert [each.deleted_at is None for each in files] == [False] * 3
