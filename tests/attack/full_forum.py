"""A forum, a competition and a call with one row of everything that an address names, every text carrying one word."""

import io
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.routing import Rule

from gtn_events.accounts.domain.invitations import give_or_invite
from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation
from gtn_events.certificates.domain import issue_certificate
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.outbox import Recipient, enqueue_mail
from gtn_events.core.uploads import FileKind, store_upload
from gtn_events.delegations.domain.circulars import (
    CircularText,
    add_file,
    begin_circular,
    begin_version,
    release,
    write_version,
)
from gtn_events.delegations.domain.nominations import Nominee, draft_nomination
from gtn_events.delegations.domain.officers import OfficerDetails, name_officer
from gtn_events.delegations.domain.travel import fund_traveller
from gtn_events.delegations.domain.travel_papers import send_paper
from gtn_events.delegations.enums import OfficerKind
from gtn_events.delegations.models import Delegation, Nomination
from gtn_events.delegations.travel_enums import FundingCategory, PaperKind
from gtn_events.forum import schedule_place
from gtn_events.forum.certificates import certificate_request
from gtn_events.forum.domain.accepted_warnings import accept_warning
from gtn_events.forum.domain.badge_custody import Taker, hand_over
from gtn_events.forum.domain.badges import record_prints, write_back_text
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.check_in import check_in
from gtn_events.forum.domain.checkpoints import CheckpointDetails, add_checkpoint
from gtn_events.forum.domain.favourite_feed import renew_favourite_feed
from gtn_events.forum.domain.favourites import add_favourites
from gtn_events.forum.domain.letters import issue_letter
from gtn_events.forum.domain.mailings import MailingText, begin_mailing
from gtn_events.forum.domain.programme import add_room, add_track
from gtn_events.forum.domain.programme_releases import release_programme
from gtn_events.forum.domain.programme_rules import add_time_away
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.domain.schedule import put_session
from gtn_events.forum.domain.session_materials import MaterialDetails, add_material
from gtn_events.forum.domain.session_places import set_places
from gtn_events.forum.domain.session_texts import write_session_text
from gtn_events.forum.domain.speakers import set_photo
from gtn_events.forum.domain.sponsors import SponsorDetails, add_sponsor, set_sponsor_logo
from gtn_events.forum.domain.timetable import keep_timetable
from gtn_events.forum.enums import (
    CheckpointKind,
    CheckpointRule,
    LetterKind,
    MaterialAccess,
    MaterialKind,
    RegistrationState,
    SpeakerRole,
    SponsorLevel,
)
from gtn_events.forum.models import AllotmentSwap, Forum, ForumSession
from gtn_events.forum.queries.badge_custody import Party
from gtn_events.forum.queries.mailings import audience_choices, read_audience
from gtn_events.forum.queries.programme import load_programme
from gtn_events.forum.queries.programme_conflicts import conflicts_of
from gtn_events.forum.queries.timetable import task_of
from gtn_events.forum.timetable import Placement, Proposal, Wishes
from gtn_events.forum.views.manage_programme.sheet import sheet_purpose
from gtn_events.network.domain.posts import Place, PostDetails, enter_post
from gtn_events.network.enums import PostKind
from gtn_events.questionnaire.domain.drafts import add_question
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.steps import StepText, add_step
from gtn_events.questionnaire.domain.versions import draft_version_of, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from tests.attack.full_asking import ask_own_questions
from tests.attack.full_called import make_called
from tests.attack.full_competition import FullCompetition, make_full_competition
from tests.attack.full_designed import design_certificates, design_letters
from tests.attack.full_incubation import FullIncubation, make_full_incubation
from tests.attack.full_proposed import make_proposed
from tests.factories import (
    MADE_AT,
    grant_role,
    make_account,
    make_category,
    make_forum,
    make_organisation,
    make_registration,
    make_side_event,
)


@dataclass(frozen=True)
class FullForum:
    """A forum, its people, and what its addresses are filled with."""

    forum: Forum
    organiser: Account
    delegate: Account
    values: dict[str, Any]
    entered: FullCompetition
    called: FullIncubation

    def address(self, app: Flask, rule: Rule, **other: Any) -> str:
        """The address of a rule with the records of this forum, competition or call; ``other`` replaces values."""
        of_competition = self.entered.values_of(rule.endpoint) if "competition" in rule.arguments else {}
        of_call = self.called.values_of(rule.endpoint) if rule.arguments & {"call", "host", "economy"} else {}
        given = self.values | {"forum": self.forum.slug} | of_competition | of_call | other
        with app.test_request_context():
            adapter = app.url_map.bind("localhost")
            return adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments}, method=_method(rule))


def _method(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def make_full_forum(slug: str, word: str, *, now: Any = MADE_AT) -> FullForum:
    """Make it; ``word`` stands in every name and text."""
    forum = make_forum(slug, title=f"Forum {word}", reference_prefix=word[:5].upper())
    organiser = make_account(f"organiser.{word}@gtn.example", family_name=f"Organiser {word}")
    delegate = make_account(f"delegate.{word}@firm.example", family_name=f"Delegate {word}")
    grant = grant_role(organiser, Role.ORGANISER, forum.scope)
    organisation = make_organisation(f"Firm {word}", created_by_id=organiser.id)
    design_letters(forum, organiser, word)
    values = {
        **_registration(forum, delegate, organiser, word),
        **_programme(forum, word),
        **_released(forum, organiser, word),
        **_timetable(forum, organiser, word),
        **_marked(forum, delegate),
        **_limited(forum, organiser),
        **_shown(forum, organiser, word),
        **_long_work(forum, organiser, word),
        **design_certificates(forum, organiser, word),
        **make_proposed(forum, organiser, delegate, word),
        **make_called(forum, organiser, delegate, word),
        "grant_id": grant.id,
        "invitation_id": _invited(forum, organiser, word).id,
        "organisation_id": organisation.id,
        "nomination_id": _nominated(forum, organiser, word).id,
        "holder": "secretariat",
        **_officers(forum, organiser, word),
        "swap_id": _swap(forum, organiser, word),
        "account_id": delegate.id,
        "session_id": start_session(delegate, lifetime=now - now.replace(year=now.year - 1), now=now)[0].id,
        "step": "name",
        "direction": "up",
        "act": "release",
        "kind": "registration_received",
        "token": "no-token",
        "mailing_id": _mailing(forum, organiser, word),
        "group": "apec",
        "file_id": _circulars(forum, organiser, word),
        "post_id": _post(organiser, word),
        "filename": "schedule.xml",
    }
    entered = make_full_competition(f"{slug}-competition", organiser, delegate, values["upload_id"], word)
    called = make_full_incubation(f"{slug}-call", organiser, delegate, values["upload_id"], word)
    return FullForum(forum, organiser, delegate, values, entered, called)


def _officers(forum: Forum, organiser: Account, word: str) -> dict[str, str]:
    """Name an officer of the economy and one of the host, and return what their addresses are filled with."""
    delegation = Delegation(forum, db.session.get_one(Economy, "PE"))
    told = {"name": f"Officer {word}", "post": f"Post {word}", "email": f"officer.{word}@gtn.example", "phone": ""}
    for kind in (OfficerKind.LIAISON, OfficerKind.HOST):
        details = OfficerDetails(**told, starts_on=None, ends_on=None)
        name_officer(delegation, kind, details, actor=organiser, now=MADE_AT)
    return {"officer_kind": "liaison", "for_economy": "PE"}


def _swap(forum: Forum, organiser: Account, word: str) -> int:
    swap = AllotmentSwap(
        forum=forum,
        giver="abac",
        taker="secretariat",
        category=make_category(forum, f"Exchange {word}"),
        places=1,
        note=f"Exchange {word}",
        proposed_at=MADE_AT,
        proposed_by_id=organiser.id,
    )
    db.session.add(swap)
    db.session.commit()
    return swap.id


def _nominated(forum: Forum, organiser: Account, word: str) -> Nomination:
    category = make_category(forum, f"Delegation {word}")
    nominee = Nominee(email=f"nominee.{word}@firm.example", category=category, family_name=f"Nominee {word}")
    delegation = Delegation(forum, db.session.get_one(Economy, "PE"))
    return draft_nomination(delegation, nominee, actor=organiser, now=MADE_AT)


def _registration(forum: Forum, delegate: Account, organiser: Account, word: str) -> dict[str, Any]:
    draft = draft_version_of(forum.questionnaire, actor=None, now=MADE_AT)
    spec = QuestionSpec(QuestionKind.SHORT_TEXT, f"Label {word}")
    question = add_question(draft, spec, actor=None, now=MADE_AT)
    step = add_step(draft, StepText(f"Step {word}"), actor=None, now=MADE_AT)
    publish_version(draft, actor=None, now=MADE_AT)
    category = make_category(forum, f"Category {word}")
    side_event = make_side_event(forum, f"Side {word}", slug=f"side-{word}")
    ask_own_questions(side_event, organiser, word)
    found = make_registration(
        category,
        delegate,
        RegistrationState.CONFIRMED,
        organisation_name=f"Firm {word}",
        reference=f"{forum.reference_prefix}-{word[:4].upper()}-0001",
    )
    choose_side_event(found, side_event, actor=delegate, now=MADE_AT)
    named = CheckpointDetails(
        label=f"Door {word}",
        kind=CheckpointKind.OTHER,
        rule=CheckpointRule.ONCE,
        side_event=None,
        category_keys=(),
        counts=True,
    )
    door = add_checkpoint(forum, named, actor=organiser, now=MADE_AT)
    entered = check_in(found, door, station=word, actor=organiser, now=MADE_AT).check_in
    assert entered is not None
    write_back_text(forum, f"Back {word}", actor=organiser, now=MADE_AT)
    record_prints(forum, [found.id], reason="", actor=organiser, now=MADE_AT)
    record_prints(forum, [found.id], reason=f"Reprint {word}", actor=organiser, now=MADE_AT)
    party = Party(DelegationClass.ECONOMY, delegate.economy)
    taker = Taker(f"Taker {word}", f"Function {word}", delegate.id)
    handover = hand_over(forum, party, [found.id], taker=taker, actor=organiser, now=MADE_AT)
    certificate, _new = issue_certificate(
        certificate_request(found, issued_on=MADE_AT.date()),
        secret_key=current_app.config["SETTINGS"].secret_key,
        actor=organiser,
        now=MADE_AT,
    )
    traveller = fund_traveller(found, FundingCategory.EXPERT, actor=organiser, now=MADE_AT)
    page = FileStorage(io.BytesIO(b"%PDF-1.7\n%%EOF"), filename=f"{word}.pdf")
    paper = send_paper(traveller, PaperKind.BANK, page, actor=delegate, now=MADE_AT)
    letter = issue_letter(found, LetterKind.INVITATION, actor=organiser, now=MADE_AT)
    return {
        "registration_id": found.id,
        "letter_id": letter.id,
        "traveller_id": traveller.id,
        "paper_id": paper.id,
        "category_id": category.id,
        "side_event_id": side_event.id,
        "slug": side_event.slug,
        "handover_id": handover.id,
        "check_in_id": entered.id,
        "serial": certificate.serial,
        "kid": "no-such-key",
        "at": door.key,
        "key": question.key,
        "step_key": step.key,
        "number": 2,
    }


def _circulars(forum: Forum, organiser: Account, word: str) -> int:
    """Release two circulars, begin a version of the second, and return its file."""
    made: dict[str, Any] = {"actor": organiser, "now": MADE_AT}
    text = CircularText(
        title=f"Circular {word}", sections={"welcome": word}, hidden=frozenset(), audience=(), acknowledge_by=None
    )
    for _number in (1, 2):
        version = begin_circular(forum, f"Circular {word}", **made)
        write_version(version, text, seen=version.lock_version, **made)
        release(version, **made)
    draft = begin_version(version.circular, **made)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    return add_file(draft, FileStorage(picture, filename=f"{word}.png"), now=MADE_AT).id


def _mailing(forum: Forum, organiser: Account, word: str) -> int:
    choices = audience_choices(forum)
    text = MailingText(subject=f"Mail {word}", text=word, listing=read_audience("", MultiDict(), choices))
    return begin_mailing(forum, text, choices, actor=organiser, now=MADE_AT).id


def _post(organiser: Account, word: str) -> int:
    peru = Place(economy=db.session.get_one(Economy, "PE"))
    details = PostDetails(
        office_name=f"Holder {word}",
        post_title=f"Title {word}",
        organisation=f"Office {word}",
        email=f"office.{word}@gtn.example",
        phone="",
        consented=(),
        starts_on=MADE_AT.date(),
        ends_on=None,
    )
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    email = f"holder.{word}@gtn.example"
    return enter_post(peru, PostKind.COORDINATOR, email, details, links=links, actor=organiser, now=MADE_AT).id


def _invited(forum: Forum, organiser: Account, word: str) -> Invitation:
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    given = give_or_invite(
        f"invited.{word}@gtn.example", Role.HELPER, scope=forum.scope, links=links, actor=organiser, now=MADE_AT
    )
    assert isinstance(given, Invitation)
    return given


def _programme(forum: Forum, word: str) -> dict[str, Any]:
    made: dict[str, Any] = {"actor": None, "now": MADE_AT}
    room = add_room(forum, name=f"Room {word}", seats=60, notes="", **made)
    track = add_track(forum, name=f"Track {word}", colour=3, **made)
    details = SessionDetails(title=f"Session {word}", starts_at=MADE_AT, minutes=30, room_id=room.id, track_id=track.id)
    session = add_session(forum, details, **made)
    speaker = add_speaker(forum, SpeakerDetails(name=f"Speaker {word}"), **made)
    place_speaker(forum, session, speaker, role=SpeakerRole.SPEAKER, **made)
    not_coming = add_time_away(speaker, MADE_AT, MADE_AT.replace(hour=23), reason=f"Not coming {word}", **made)
    write_session_text(forum, session, "vi", title=f"Text {word}", abstract=f"Abstract {word}", **made)
    details_of_sponsor = SponsorDetails(name=f"Sponsor {word}", level=SponsorLevel.PARTNER)
    sponsor = add_sponsor(forum, details_of_sponsor, **made)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    set_sponsor_logo(sponsor, FileStorage(picture, filename=f"{word}.png"), **made)
    away = add_time_away(room, MADE_AT, MADE_AT.replace(hour=23), reason=f"Closed {word}", **made)
    return {
        "away_id": away.id,
        "sponsor_id": sponsor.id,
        "language": "vi",
        "speaker_away_id": not_coming.id,
        "room_id": room.id,
        "track_id": track.id,
        "code": session.code,
        "link_id": session.speaker_links[0].id,
        "speaker_code": speaker.code,
    }


def _released(forum: Forum, organiser: Account, word: str) -> dict[str, Any]:
    """Two versions of the programme: the second has one more session, placed since; a warning is accepted."""
    made: dict[str, Any] = {"actor": organiser, "now": MADE_AT}
    release_programme(forum, notes=f"First {word}", seen=0, **made)
    later = add_session(forum, SessionDetails(title=f"Later session {word}"), **made)
    release_programme(forum, notes=f"Second {word}", seen=1, **made)
    put_session(forum, later, schedule_place.Place(MADE_AT, 30, None), seen=schedule_place.NOWHERE, **made)
    found = conflicts_of(forum)
    accept_warning(forum, found.facts[found.warnings[0]], reason=f"Fine {word}", **made)
    return {}


def _timetable(forum: Forum, organiser: Account, word: str) -> dict[str, Any]:
    """A proposal for a session that has no time."""
    waiting = add_session(forum, SessionDetails(title=f"Session to place {word}"), actor=organiser, now=MADE_AT)
    proposal = Proposal([Placement(waiting.id, task_of(forum, Wishes()).rooms[0], MADE_AT, 45)])
    kept = keep_timetable(forum, Wishes(), proposal, actor=organiser, now=MADE_AT)
    return {"timetable_id": kept.id}


def _marked(forum: Forum, delegate: Account) -> dict[str, Any]:
    add_favourites(delegate, forum, [each.code for each in load_programme(forum).sessions], now=MADE_AT)
    renew_favourite_feed(delegate, forum, now=MADE_AT)
    return {}


def _limited(forum: Forum, organiser: Account) -> dict[str, Any]:
    for session in db.session.scalars(select(ForumSession).where(ForumSession.forum_id == forum.id)):
        set_places(forum, session, 5, actor=organiser, now=MADE_AT)
    return {"ending": "csv"}


def _shown(forum: Forum, organiser: Account, word: str) -> dict[str, Any]:
    """A material of the first session, for everybody, and a photo of its speaker."""
    made: dict[str, Any] = {"actor": organiser, "now": MADE_AT}
    sessions = select(ForumSession).where(ForumSession.forum_id == forum.id).order_by(ForumSession.id)
    session = db.session.scalars(sessions).first()
    assert session is not None
    slides = {"kind": MaterialKind.SLIDES, "access": MaterialAccess.PUBLIC, "url": f"https://slides.example/{word}"}
    material = add_material(forum, session, MaterialDetails(title=f"Slides {word}", **slides), None, **made)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    picture.seek(0)
    photo = FileStorage(picture, filename=f"{word}.png")
    set_photo(forum, session.speaker_links[0].speaker, photo, f"Photo {word}", **made)
    return {"material_id": material.id}


def _long_work(forum: Forum, organiser: Account, word: str) -> dict[str, Any]:
    file = FileStorage(io.BytesIO(f"<schedule><!-- {word} --></schedule>".encode()), filename=f"{word}.xml")
    upload = store_upload(file, allowed=[FileKind.XML], max_bytes=1000, owner_id=organiser.id, now=MADE_AT)
    job = enqueue_job(
        "forum.registrations_export",
        title=f"Export {word}",
        params={},
        actor=organiser,
        now=MADE_AT,
        scope=forum.scope,
    )
    job.result_upload_id = upload.id
    mail = enqueue_mail(
        f"attack:{word}",
        "accounts/no_account",
        to=Recipient(f"{word}@firm.example", f"Mail {word}"),
        context={"email": f"{word}@firm.example"},
        now=MADE_AT,
        scope=forum.scope,
        hold=True,
    )
    assert mail is not None
    table = FileStorage(io.BytesIO(f"Title\nSheet {word}\n".encode()), filename=f"{word}.csv")
    given: dict[str, Any] = {"allowed": [FileKind.CSV], "max_bytes": 1000, "now": MADE_AT}
    sheet = store_upload(table, owner_id=organiser.id, purpose=sheet_purpose(forum), **given)
    return {"upload_id": upload.id, "sheet_id": sheet.id, "job_id": job.id, "mail_id": mail.id}
