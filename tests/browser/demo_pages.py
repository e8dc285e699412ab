"""The pages of the demonstration: who opens what, and the rows their addresses name."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.domain.signed_links import LinkPurpose, state_of
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, Organisation
from gtn_events.accounts.views.tokens import signer
from gtn_events.certificates.domain import issue_certificate, revoke_certificate
from gtn_events.certificates.models import Certificate
from gtn_events.competition.domain.decisions import undo_decision
from gtn_events.competition.domain.entries import refuse_entry
from gtn_events.competition.domain.entry_content import receipt_seal
from gtn_events.competition.domain.entry_drafts import begin_draft
from gtn_events.competition.domain.judges import InvitedPerson, invite_judge
from gtn_events.competition.enums import AppealState, AssignmentState, Endorsement, EntryState, Standing
from gtn_events.competition.models import (
    Appeal,
    Assignment,
    Award,
    Competition,
    Entry,
    Judge,
    LiveFinal,
    Nomination,
    ResultVersion,
    RoundEntry,
    TrainingEntry,
)
from gtn_events.competition.queries.judging import seats_of
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from gtn_events.core.outbox import MailState, OutboxMail, Recipient, enqueue_mail
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import FileKind, Upload, store_upload
from gtn_events.delegations.domain.nominee_links import invite_nominee
from gtn_events.delegations.domain.sheet_keeping import keep_sheet
from gtn_events.delegations.models import Delegation, Traveller
from gtn_events.delegations.models import Nomination as Nominee
from gtn_events.demo.scheduling import LATE, WAITING
from gtn_events.forum.certificates import certificate_request
from gtn_events.forum.domain.guests import invite_guests
from gtn_events.forum.enums import BookingState, MailingState, ProposalState, RegistrationState
from gtn_events.forum.models import (
    BadgeHandover,
    Forum,
    ForumCategory,
    ForumSession,
    Letter,
    Mailing,
    ProposalCoHost,
    Registration,
    Room,
    SessionBooking,
    SessionMaterial,
    SessionSpeaker,
    SessionText,
    SideEvent,
    SideEventBooking,
    SideEventProposal,
    Speaker,
    SpeakerPhoto,
    Sponsor,
    Track,
)
from gtn_events.forum.queries.attendance import attended_registrations
from gtn_events.forum.queries.choices import choices_of
from gtn_events.forum.views.manage_programme.sheet import sheet_purpose
from gtn_events.incubation.models import Call, Host, HostPhoto
from gtn_events.network.models import CoordinatorPost, EconomyGroup
from gtn_events.questionnaire.models import Question
from tests.browser.demo_calls import VISITS as CALL_VISITS
from tests.browser.demo_calls import applicant_of, call_rows
from tests.browser.demo_designs import VISITS as DESIGN_VISITS
from tests.browser.demo_designs import design_rows
from tests.browser.demo_sessions import VISITS as CALL_FOR_SESSIONS_VISITS
from tests.browser.demo_sessions import session_rows
from tests.browser.visits import Visit
from tests.factories import grant_role, make_account, make_registration

NOBODY = ""
ISSUED_AT = datetime(2013, 6, 7, 2, 0, tzinfo=UTC)
# Longer than any name of the 21 economies' passports; the Thai one is the ceremonial name of a city.
LONG_NAME = (
    "Wolfeschlegelsteinhausenbergerdorff Keihanaikukauakahi Suwannamethikunphannaniphalakkeihanaikukauakahihulihe"
)
LONG_THAI = "กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยามหาดิลกภพนพรัตนราชธานีบูรีรมย์อุดมราชนิเวศน์มหาสถาน"


OPEN = "/forums/gtn-forum-2027"
PAST = "/forums/gtn-forum-2013"
MANAGE = f"{OPEN}/manage"
DELEGATION = f"{OPEN}/delegation/THA"
JUDGED = "/competitions/sme-competition-2027"
DECIDED = "/competitions/sme-competition-2013"
CALL = "/competitions/start-ups-2027"
DRAFT = "/competitions/sme-competition-2028"
AWARD = "/competitions/green-award-2027"
EVENING = "/competitions/pitch-evening-2027"
COI = "/co-incubation/co-incubation-2027"
COI_OVER = "/co-incubation/co-incubation-2026"
COI_DRAFT = "/co-incubation/co-incubation-2028"
KORAT = "/co-incubation/hosts/korat-green-incubator"
HOST_SECTIONS = ("about", "field", "services", "places", "contact")
CALL_QUESTIONNAIRE = (
    "",
    *("/add?kind=url", "/preview", "/publish", "/discard", "/versions", "/versions/1"),
    *("/steps", "/steps/add", "/steps/edit/aims", "/steps/remove/aims"),
    *("/questions/{call_question}", "/questions/{call_question}/remove"),
)
OWN_QUESTIONS = (
    "",
    *("/add?kind=url", "/preview", "/publish", "/discard", "/versions", "/versions/1"),
    *("/steps", "/steps/add", "/steps/edit/questions", "/steps/remove/questions"),
    *("/questions/do_you_come_as_a_buyer_or_as_a_firm", "/questions/do_you_come_as_a_buyer_or_as_a_firm/remove"),
)
STEPS = ("category", "name", "organisation", "side-events", "travel", "check")
ENTRIES = tuple(EntryState)
SAID = tuple(Endorsement)
ENTRY_STEPS = ("category", "company", "entry", "solution", "impact", "market", "files", "team", "declaration", "check")
QUESTIONNAIRE = (
    "",
    *("/add?kind=url", "/preview", "/publish", "/discard", "/versions", "/versions/1"),
    *("/steps", "/steps/add", "/steps/edit/market", "/steps/remove/market"),
    *("/questions/{entry_question}", "/questions/{entry_question}/remove"),
)
STATES = ("pending", "approved", "confirmed", "waitlisted", "offered", "declined", "rejected", "cancelled")

VISITS = (
    Visit(NOBODY, "/", dark=True),
    *(Visit(NOBODY, path) for path in ("/sign-up", "/reset", "/verify", "/accessibility", "/contact", "/privacy")),
    Visit(NOBODY, "/sign-in", dark=True),
    Visit(NOBODY, "/sign-in", press="Sign in"),
    Visit(NOBODY, "/sign-up", press="Send me the link"),
    Visit(NOBODY, "/sign-up/{sign_up_token}"),
    Visit(NOBODY, "/sign-up/{sign_up_token}", press="Make my account"),
    Visit(NOBODY, "/reset/{password_token}"),
    Visit(NOBODY, "/confirm/{confirm_token}"),
    Visit(NOBODY, "/confirm/broken", status=410),
    Visit(NOBODY, "/invitations/{new_invitation}", dark=True),
    Visit(NOBODY, "/invitations/{new_invitation}", press="Make my account and accept"),
    Visit(NOBODY, "/invitations/{invitation}"),
    Visit("delegate", "/invitations/{invitation}"),
    Visit("organiser", "/invitations/{invitation}"),
    Visit(NOBODY, "/no-such-page", status=404),
    Visit(NOBODY, "/verify/{serial}", dark=True),
    Visit(NOBODY, "/verify/{revoked_serial}"),
    Visit(NOBODY, "/verify/{replaced_serial}"),
    Visit(NOBODY, "/verify/P13-00000-XXXX", status=404),
    Visit(NOBODY, "/verify/file"),
    Visit(NOBODY, "/verify/file", press="Let our server check the file"),
    Visit(NOBODY, "/verify/keys", dark=True),
    Visit(NOBODY, "/verify/revocations", dark=True),
    Visit(NOBODY, OPEN, dark=True),
    Visit(NOBODY, PAST),
    *(Visit(NOBODY, f"{OPEN}/{page}") for page in ("side-events", "practical", "delegates")),
    Visit(NOBODY, f"{PAST}/delegates"),
    Visit(NOBODY, f"{OPEN}/side-events/{{side_event}}"),
    Visit(NOBODY, f"{PAST}/side-events"),
    Visit(NOBODY, "/demo/mails"),
    Visit(NOBODY, "/demo/mails/{letter}", dark=True),
    Visit(NOBODY, f"{PAST}/programme", dark=True),
    Visit(NOBODY, f"{PAST}/programme/list"),
    Visit(NOBODY, f"{PAST}/programme/now"),
    Visit(NOBODY, f"{PAST}/programme/now?at=2013-06-06T10:40", dark=True),
    Visit(NOBODY, f"{PAST}/programme/mine"),
    Visit("delegate", f"{PAST}/programme/mine", dark=True),
    Visit(NOBODY, f"{PAST}/programme/screen"),
    Visit(NOBODY, f"{PAST}/programme/screen?at=2013-06-06T10:40"),
    Visit(NOBODY, f"{PAST}/programme/search?q=green"),
    Visit(NOBODY, f"{PAST}/programme/search?q=nothing-of-the-kind"),
    Visit(NOBODY, f"{PAST}/programme/files", dark=True),
    Visit(NOBODY, f"{PAST}/programme/speakers"),
    Visit(NOBODY, f"{PAST}/programme/speakers/{{past_speaker}}"),
    Visit(NOBODY, f"{PAST}/programme/sessions/{{past_session}}", dark=True),
    Visit(NOBODY, f"{PAST}/programme/sessions/{{told_session}}?language=id"),
    Visit(NOBODY, f"{PAST}/programme/speakers/{{pictured}}"),
    Visit("certified", f"{PAST}/programme/sessions/{{talk}}", dark=True),
    Visit("speaking", f"{PAST}/my/speaking", dark=True),
    Visit("speaking", f"{PAST}/my/speaking/away"),
    Visit("speaking", f"{PAST}/my/speaking/sessions/{{talk}}", dark=True),
    Visit(NOBODY, f"{OPEN}/programme/sessions/{{workshop}}"),
    Visit("delegate", f"{OPEN}/programme/sessions/{{workshop}}", dark=True),
    Visit("speaker", f"{OPEN}/programme/sessions/{{workshop}}"),
    Visit("speaker", f"{OPEN}/my/speaking"),
    Visit("delegate", "/home", dark=True),
    *(Visit("delegate", f"/account/{page}") for page in ("profile", "password", "address", "sessions", "data")),
    *(Visit("delegate", f"/account/{page}") for page in ("data/erase", "organisation", "organisation/new")),
    Visit("delegate", "/account/address/{address_token}"),
    Visit("delegate", "/certificates"),
    Visit("delegate", f"{PAST}/register", status=403),
    *(Visit("delegate", f"{OPEN}/register/{step}", dark=step == "name") for step in STEPS),
    Visit("delegate", f"{OPEN}/register/category", press="Save and go on"),
    Visit("delegate", f"{OPEN}/register/discard"),
    Visit("withdrawn", f"{OPEN}/my", dark=True),
    *(Visit(state, f"{OPEN}/my", dark=state in ("confirmed", "offered")) for state in STATES),
    *(Visit("confirmed", f"{OPEN}/my/{page}") for page in ("change", "cancel")),
    Visit("confirmed", f"{OPEN}/my/ticket", dark=True),
    Visit("clashing", f"{OPEN}/my"),
    Visit("clashing", f"{OPEN}/my/agenda", dark=True),
    Visit("clashing", f"{OPEN}/my/agenda", press="Make the address"),
    Visit("clashing", f"{OPEN}/my/side-events/{{clashing_event}}/clash"),
    Visit("confirmed", "/home"),
    Visit("offered", "/home"),
    Visit("certified", "/certificates"),
    Visit("certified", "/organisations/{own_organisation}/edit"),
    Visit("organiser", "/home"),
    Visit("organiser", f"{MANAGE}/", dark=True),
    Visit("organiser", f"{PAST}/manage/"),
    Visit("organiser", f"{MANAGE}/registrations", dark=True),
    Visit("organiser", f"{MANAGE}/registrations?q=nothing-of-the-kind"),
    Visit("organiser", f"{MANAGE}/registrations/export"),
    Visit("organiser", f"{MANAGE}/registrations/{{pending}}", dark=True),
    Visit("organiser", f"{MANAGE}/registrations/{{confirmed}}"),
    Visit("organiser", f"{MANAGE}/registrations/{{long}}"),
    Visit("organiser", f"{MANAGE}/registrations/{{long}}/edit"),
    Visit("organiser", f"{MANAGE}/registrations?q=Wolfe"),
    Visit("organiser", f"{MANAGE}/registrations/{{pending}}/edit", dark=True),
    Visit("organiser", f"{MANAGE}/registrations/{{pending}}/edit", press="Save and tell the delegate"),
    Visit("organiser", f"{MANAGE}/registrations/{{pending}}/edit", press="Correct the sensitive answers, too"),
    Visit("organiser", f"{MANAGE}/side-events"),
    Visit("organiser", f"{MANAGE}/side-events/new"),
    Visit("organiser", f"{MANAGE}/side-events/{{side_event}}"),
    Visit("organiser", f"{MANAGE}/side-events/{{side_event}}/edit"),
    *(Visit("organiser", f"{MANAGE}/proposals{page}") for page in ("", "?state=agreed", "/window")),
    *(Visit("organiser", f"{MANAGE}/proposals/{{reviewed_proposal}}{page}") for page in ("", "/agree")),
    Visit("organiser", f"{MANAGE}/proposals/{{reviewed_proposal}}/agree", press="Agree and make the side event"),
    *(
        Visit("organiser", f"{MANAGE}/proposals/{{reviewed_proposal}}/answer/{each}")
        for each in ("decline", "ask-changes")
    ),
    *(Visit(who, f"{OPEN}/propose", dark=who == NOBODY) for who in (NOBODY, "delegate", "coordinator")),
    *(
        Visit("hosting", f"{OPEN}/side-events/{{hosted_event}}/host{page}")
        for page in ("", "/page", "/guests", "/staff")
    ),
    Visit("hosting", f"{OPEN}/side-events/{{hosted_event}}/host/guests", press="Invite"),
    *(
        Visit(who, f"{base}/questionnaire{page}")
        for who, base in (
            ("hosting", f"{OPEN}/side-events/{{hosted_event}}/host"),
            ("organiser", f"{MANAGE}/side-events/{{hosted_event}}"),
        )
        for page in OWN_QUESTIONS
    ),
    Visit(NOBODY, f"{OPEN}/guest/{{guest_token}}/questions"),
    Visit("organiser", f"{MANAGE}/side-events/{{hosted_event}}"),
    Visit("questioned", f"{OPEN}/my"),
    Visit("questioned", f"{OPEN}/my/side-events/{{hosted_event_id}}/questions", dark=True),
    Visit("questioned", f"{OPEN}/my/side-events/{{hosted_event_id}}/questions", press="Save the answers"),
    Visit(NOBODY, f"{OPEN}/side-events/{{hosted_event}}"),
    Visit(NOBODY, f"{OPEN}/guest/{{guest_token}}"),
    Visit(NOBODY, f"{OPEN}/guest/{{guest_token}}", press="Take the place"),
    Visit(NOBODY, f"{OPEN}/guest/broken", status=410),
    Visit("delegate", f"{OPEN}/propose/new"),
    Visit("delegate", f"{OPEN}/propose/{{own_draft}}", dark=True),
    *(Visit("delegate", f"{OPEN}/propose/{{own_draft}}/{page}") for page in ("edit", "withdraw")),
    *(Visit("delegate", f"{OPEN}/propose/{{own_proposal}}{page}") for page in ("", "/withdraw")),
    Visit("coordinator", f"{OPEN}/propose/co-hosting/{{co_hosting}}"),
    Visit(NOBODY, f"{OPEN}/propose/co-host/{{co_host_token}}"),
    Visit(NOBODY, f"{OPEN}/propose/co-host/broken", status=410),
    *CALL_FOR_SESSIONS_VISITS,
    Visit("organiser", f"{MANAGE}/categories"),
    Visit("organiser", f"{MANAGE}/categories/new"),
    Visit("organiser", f"{MANAGE}/categories/{{category}}"),
    Visit("organiser", f"{MANAGE}/allotments", dark=True),
    Visit("organiser", f"{MANAGE}/allotments/{{category}}"),
    Visit("organiser", f"{MANAGE}/allotments/{{category}}", press="Keep these places"),
    Visit("organiser", f"{MANAGE}/allotments/release"),
    Visit("organiser", f"{MANAGE}/registrations?stage=economy"),
    Visit("organiser", f"{MANAGE}/registrations/{{at_economy}}"),
    *(Visit("organiser", f"{MANAGE}/{page}") for page in ("settings", "settings/consent-texts", "staff")),
    Visit("organiser", f"{MANAGE}/badges", dark=True),
    Visit("organiser", f"{MANAGE}/badges/{{confirmed}}", press="Print…"),
    Visit("organiser", f"{MANAGE}/badges/text"),
    Visit("organiser", f"{MANAGE}/badges/{{confirmed}}"),
    Visit("organiser", f"{PAST}/manage/badges?badge=printed"),
    Visit("door", f"{MANAGE}/badges"),
    Visit("organiser", f"{MANAGE}/badges/handover"),
    Visit("door", f"{PAST}/manage/badges/handover", dark=True),
    Visit("organiser", f"{PAST}/manage/badges/handover?party=THA", dark=True),
    Visit("organiser", f"{PAST}/manage/badges/handover?party=VN", press="Hand over and make the receipt"),
    Visit("organiser", f"{PAST}/manage/badges/handovers/{{handover}}"),
    Visit("coordinator", f"{PAST}/delegation/THA/badges", dark=True),
    Visit("coordinator", f"{OPEN}/delegation/THA/badges"),
    Visit("coordinator", f"{DELEGATION}/officers", dark=True),
    Visit("coordinator", f"{DELEGATION}/officers/liaison"),
    Visit("organiser", f"{MANAGE}/officers/", dark=True),
    Visit("organiser", f"{MANAGE}/officers/THA"),
    *DESIGN_VISITS,
    Visit("organiser", f"{PAST}/manage/attendance", dark=True),
    Visit("organiser", f"{PAST}/manage/attendance", press="Try it without saving"),
    Visit("organiser", f"{MANAGE}/attendance"),
    Visit("organiser", f"{PAST}/manage/participants", dark=True),
    Visit("organiser", f"{MANAGE}/state/close"),
    Visit("organiser", f"{MANAGE}/mail"),
    Visit("organiser", f"{MANAGE}/mail/{{mail}}"),
    Visit("organiser", f"{MANAGE}/mail/{{mail}}/edit"),
    Visit("organiser", f"{MANAGE}/mail/words", dark=True),
    Visit("organiser", f"{MANAGE}/mail/words/registration_confirmed"),
    Visit("organiser", f"{PAST}/manage/programme", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/day", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/day?day=2013-06-06&session={{late_session}}", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/day?session={{waiting_session}}"),
    Visit("organiser", f"{PAST}/manage/programme/import"),
    Visit("organiser", f"{PAST}/manage/programme/import/sheet"),
    Visit("organiser", f"{PAST}/manage/programme/import/sheet/{{programme_sheet}}", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/rooms/new"),
    Visit("organiser", f"{PAST}/manage/programme/rooms/{{room}}"),
    Visit("organiser", f"{PAST}/manage/programme/rooms/{{room}}/away"),
    Visit("organiser", f"{PAST}/manage/programme/conflicts", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/rules", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/versions", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/versions/new"),
    Visit("organiser", f"{PAST}/manage/programme/versions/compare?from=1&to=2", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/versions/1/again"),
    Visit("organiser", f"{PAST}/manage/programme/print", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/sponsors", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/sponsors/new"),
    Visit("organiser", f"{PAST}/manage/programme/sponsors/{{sponsor}}"),
    Visit("organiser", f"{PAST}/manage/programme/sessions/{{past_session}}/texts"),
    Visit("organiser", f"{PAST}/manage/programme/tracks/new"),
    Visit("organiser", f"{PAST}/manage/programme/tracks/{{track}}"),
    Visit("organiser", f"{PAST}/manage/programme/sessions/new"),
    Visit("organiser", f"{PAST}/manage/programme/sessions/{{past_session}}"),
    Visit("organiser", f"{MANAGE}/programme/sessions/{{workshop}}/places", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/sessions/{{past_session}}/places"),
    Visit("organiser", f"{PAST}/manage/programme/sessions/{{talk}}/materials", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/sessions/{{past_session}}/materials", press="Add the material"),
    Visit("organiser", f"{PAST}/manage/programme/speakers/{{pictured}}", dark=True),
    Visit("organiser", f"{PAST}/manage/programme/speakers/{{past_speaker}}"),
    Visit("organiser", f"{PAST}/manage/programme/speakers/{{past_speaker}}/away"),
    Visit("organiser", f"{MANAGE}/programme"),
    Visit("organiser", f"{MANAGE}/programme/timetable", dark=True),
    Visit("organiser", f"{MANAGE}/questionnaire", dark=True),
    *(
        Visit("organiser", f"{MANAGE}/questionnaire/{page}")
        for page in ("add?kind=url", "preview", "publish", "versions")
    ),
    *(Visit("organiser", f"{MANAGE}/questionnaire/steps{page}") for page in ("", "/add", "/edit/travel")),
    *(Visit("organiser", f"{MANAGE}/questionnaire/steps/remove/{step}") for step in ("travel", "questions")),
    Visit("organiser", f"{MANAGE}/questionnaire/discard"),
    Visit("organiser", f"{MANAGE}/questionnaire/versions/1"),
    Visit("organiser", f"{MANAGE}/questionnaire/questions/{{question}}"),
    Visit("organiser", f"{MANAGE}/questionnaire/questions/{{question}}/remove"),
    Visit("confirmed", f"{OPEN}/my/letters", dark=True),
    Visit("approved", f"{OPEN}/my/letters"),
    Visit("pending", f"{OPEN}/my/letters"),
    Visit("approved", f"{OPEN}/my/letters/ask", dark=True),
    Visit("approved", f"{OPEN}/my/letters/ask", press="Ask for the letter"),
    Visit("organiser", f"{MANAGE}/letters", dark=True),
    Visit("organiser", f"{MANAGE}/letters?show=asked"),
    Visit("organiser", f"{MANAGE}/letters?q=nothing-of-the-kind"),
    Visit("organiser", f"{MANAGE}/letters/{{confirmed}}", dark=True),
    Visit("organiser", f"{MANAGE}/letters/{{confirmed}}", press="Show"),
    Visit("organiser", f"{MANAGE}/letters/{{long}}"),
    Visit("organiser", f"{MANAGE}/letters/file/{{own_letter}}/revoke"),
    Visit("travel", "/home"),
    Visit("travel", f"{OPEN}/travel", dark=True),
    Visit("travel", f"{OPEN}/travel?q=nothing-of-the-kind"),
    Visit("travel", f"{OPEN}/travel/ledger"),
    Visit("travel", f"{PAST}/travel/ledger"),
    Visit("travel", f"{OPEN}/travel/rules", dark=True),
    Visit("travel", f"{PAST}/travel/rules", press="Save the rules"),
    Visit("travel", f"{OPEN}/travel/fund?q=a"),
    Visit("travel", f"{OPEN}/travel/fund"),
    Visit("travel", f"{OPEN}/travel/fund", press="Fund and write to the person"),
    Visit("travel", f"{OPEN}/travel/people/{{funded}}", dark=True),
    Visit("travel", f"{OPEN}/travel/people/{{first_funded}}", press="Save the days"),
    Visit("funded", f"{OPEN}/my/travel", dark=True),
    Visit("funded", f"{OPEN}/my/travel", press="Send Itinerary"),
    Visit("funded", "/home"),
    Visit("coordinator", f"{OPEN}/delegation/THA/travel", dark=True),
    Visit("organiser", f"{PAST}/manage/certificates", dark=True),
    Visit("organiser", f"{PAST}/manage/certificates/makers", dark=True),
    Visit("organiser", f"{MANAGE}/certificates"),
    Visit("organiser", f"{MANAGE}/participation"),
    Visit("organiser", f"{PAST}/manage/progress-report"),
    Visit("organiser", f"{PAST}/manage/participation?published=1", dark=True),
    Visit("organiser", f"{PAST}/manage/certificates/{{serial}}/revoke"),
    Visit("organiser", "/certificates/{serial}/correct", dark=True),
    Visit("organiser", "/certificates/{serial}/correct", press="Issue the corrected certificate"),
    Visit("organiser", "/jobs/{job}"),
    Visit("door", f"{OPEN}/check-in/", dark=True),
    Visit("door", f"{PAST}/check-in/"),
    Visit("door", f"{PAST}/check-in/at/exhibition-hall/", dark=True),
    *(Visit("organiser", f"{PAST}/manage/checkpoints{page}") for page in ("", "/new", "/dinner")),
    Visit("organiser", f"{PAST}/manage/checkpoints/new", press="Save the checkpoint"),
    Visit("organiser", f"{PAST}/manage/door", dark=True),
    Visit("organiser", f"{PAST}/manage/door/exhibition-hall", dark=True),
    Visit("organiser", f"{PAST}/check-in/"),
    Visit("organiser", f"{OPEN}/check-in/at/main-door/walk-in"),
    Visit("organiser", f"{OPEN}/check-in/at/main-door/walk-in", press="Register and check in"),
    Visit("door", "/home"),
    Visit("door", f"{OPEN}/check-in/?q=Wolfe"),
    Visit("admin", "/admin/people", dark=True),
    Visit("admin", "/admin/people/{person}"),
    Visit("admin", "/admin/invitations", dark=True),
    Visit("admin", "/admin/mail"),
    Visit("admin", "/admin/mail/{mail}"),
    Visit("admin", "/admin/mail/{mail}/edit"),
    Visit("admin", "/admin/journal"),
    Visit("admin", "/economies"),
    Visit("admin", "/economies/THA/edit"),
    Visit("admin", "/forums/new"),
    Visit("admin", f"{MANAGE}/clone"),
    Visit("judge", f"{JUDGED}/judge/", dark=True),
    Visit("judge", f"{JUDGED}/judge/rounds/1/declaration"),
    Visit("judge", f"{JUDGED}/judge/rounds/1/entries/{{judged}}", dark=True),
    Visit("judge", f"{JUDGED}/judge/rounds/1/entries/{{judged}}", press="Skip for now"),
    Visit("judge", f"{JUDGED}/judge/rounds/1/entries/{{judged}}/recuse"),
    *(Visit("judge", f"{JUDGED}/judge/rounds/1/training/{{{each}}}") for each in ("done_sample", "open_sample")),
    Visit("judge", f"{JUDGED}/judge/rounds/1/training/{{open_sample}}", press="Submit and compare"),
    *(Visit("organiser", f"{JUDGED}/manage/rounds/{page}/training") for page in (1, 2)),
    Visit("organiser", f"{JUDGED}/manage/rounds/2/training/new?from={{won}}"),
    Visit("organiser", f"{JUDGED}/manage/rounds/2/training/new", press="Save the sample"),
    *(
        Visit("organiser", f"{JUDGED}/manage/rounds/1/training/{page}")
        for page in ("{done_sample}", "{open_sample}/edit")
    ),
    Visit("judge", "/home"),
    Visit("organiser", f"{EVENING}/manage/rounds/1/live", dark=True),
    Visit("organiser", f"{EVENING}/manage/rounds/1/live", press="Start the pitch"),
    Visit("organiser", f"{EVENING}/manage/rounds/1/live/freeze"),
    *(Visit("organiser", f"{each}/manage/rounds/{n}/live/rule") for each, n in ((EVENING, 1), (JUDGED, 2))),
    *(Visit("judge", f"{EVENING}/judge/{page}") for page in ("", "rounds/1/live")),
    Visit("judge", f"{EVENING}/judge/rounds/1/live?entry={{pitched}}", dark=True),
    *(Visit(NOBODY, f"{EVENING}/live/1/{page}") for page in ("screen", "speaker")),
    Visit(NOBODY, f"{EVENING}/vote/1", dark=True),
    Visit(NOBODY, f"{EVENING}/vote/1", press="Go on"),
    Visit(NOBODY, f"{EVENING}/"),
    Visit(NOBODY, "/competitions/"),
    *(Visit(NOBODY, f"{each}/", dark=each == CALL) for each in (CALL, JUDGED, DECIDED)),
    Visit("organiser", f"{JUDGED}/manage/", dark=True),
    *(Visit("organiser", f"{each}/manage/") for each in (CALL, DRAFT)),
    Visit("organiser", f"{CALL}/manage/entries", dark=True),
    Visit("organiser", f"{CALL}/manage/entries?q=nothing-of-the-kind"),
    Visit("organiser", f"{CALL}/manage/entries/export"),
    *(Visit("organiser", f"{CALL}/manage/entries/{{{state}_entry}}", dark=state == "submitted") for state in ENTRIES),
    Visit("organiser", f"{CALL}/manage/entries/{{submitted_entry}}/extend"),
    Visit("organiser", f"{CALL}/manage/entries/{{own_entry}}/versions", dark=True),
    Visit("organiser", f"{CALL}/manage/entries/{{own_entry}}/versions?show=all"),
    *(Visit("organiser", f"{CALL}/manage/{page}") for page in ("settings", "eligibility", "declarations", "staff")),
    *(Visit("organiser", f"{CALL}/manage/categories{page}") for page in ("", "/new", "/{entry_category}")),
    *(Visit("organiser", f"{CALL}/manage/questionnaire{page}") for page in QUESTIONNAIRE),
    *(
        Visit("organiser", f"{CALL}/manage/mail{page}")
        for page in ("", "/{call_mail}", "/{call_mail}/edit", "/words", "/words/entry_admitted")
    ),
    Visit("organiser", f"{CALL}/manage/close"),
    Visit("organiser", f"{DRAFT}/manage/publish"),
    Visit("organiser", f"{DECIDED}/manage/reopen"),
    Visit("organiser", f"{JUDGED}/clone"),
    Visit("admin", "/competitions/new"),
    *(Visit("organiser", f"{JUDGED}/manage/rounds{page}") for page in ("", "/new", "/2/edit", "/2/criteria")),
    Visit("organiser", f"{CALL}/manage/simulation", dark=True),
    Visit("organiser", f"{DRAFT}/manage/simulation"),
    Visit("organiser", f"{JUDGED}/manage/ranking"),
    Visit("organiser", f"{DECIDED}/manage/ranking?round=3&further=5", dark=True),
    Visit("organiser", f"{DECIDED}/manage/progress/3/reopen"),
    Visit("organiser", f"{DECIDED}/manage/ranking?round=2", dark=True),
    *(Visit("organiser", f"{DECIDED}/manage/ranking/2/{step}") for step in ("compute", "undo", "versions")),
    Visit("organiser", f"{DECIDED}/manage/ranking/2/promote/{{reserve}}"),
    *(Visit("organiser", f"{DECIDED}/manage/ranking/3/{step}") for step in ("decide", "chair/1")),
    Visit("integrity", f"{DECIDED}/manage/ranking?round=3"),
    Visit("integrity", "/home"),
    Visit("organiser", f"{JUDGED}/manage/progress", dark=True),
    *(Visit("organiser", f"{JUDGED}/manage/progress/1/{step}") for step in ("close", "extend", "remind")),
    Visit("organiser", f"{JUDGED}/manage/judges", dark=True),
    *(Visit("organiser", f"{JUDGED}/manage/judges/{number}") for number in ("1", "{invited_judge}")),
    Visit("organiser", f"{JUDGED}/manage/judges/invite"),
    *(Visit("organiser", f"{JUDGED}/manage/judges/invite", press=press) for press in ("Invite", "Check this person")),
    Visit("organiser", f"{JUDGED}/manage/conflicts", dark=True),
    Visit("organiser", f"{JUDGED}/manage/assignment", dark=True),
    Visit("organiser", f"{CALL}/manage/assignment"),
    Visit("organiser", f"{JUDGED}/manage/assignment/1/entries/{{judged}}"),
    Visit("organiser", f"{JUDGED}/manage/assignment/1/entries/{{judged}}?seat=1", dark=True),
    *(Visit("organiser", f"{each}/manage/awards", dark=each == DECIDED) for each in (JUDGED, DECIDED)),
    *(Visit("organiser", f"{DECIDED}/manage/awards/{{award}}/{step}") for step in ("give", "take-back")),
    Visit("organiser", f"{DECIDED}/manage/awards/{{award}}/take-back", press="Take it back"),
    Visit("organiser", f"{JUDGED}/manage/results/publish"),
    Visit("integrity", f"{DECIDED}/manage/integrity?round=2&judge=1", dark=True),
    Visit("integrity", f"{DECIDED}/manage/integrity/2/scorecards/1/exclude"),
    Visit(NOBODY, f"{DECIDED}/results", dark=True),
    Visit(NOBODY, "/competitions/receipt"),
    *(Visit(NOBODY, f"/competitions/receipt?{{receipt}}{more}") for more in ("", "0")),
    Visit("entrant", f"{DECIDED}/my/{{won}}/feedback", dark=True),
    Visit("entrant", f"{DECIDED}/my/{{won}}"),
    Visit("appellant", f"{CALL}/my/{{appealed}}/appeal", dark=True),
    Visit("refused", f"{CALL}/my/{{refused}}/appeal"),
    Visit("refused", f"{CALL}/my/{{refused}}/appeal", press="Send the appeal"),
    *(Visit("organiser", f"{each}/manage/appeals") for each in (CALL, DECIDED, DRAFT)),
    Visit("organiser", f"{CALL}/manage/appeals/{{appeal}}", dark=True),
    *(Visit("organiser", f"{DECIDED}/manage/appeals/{{{each}}}") for each in ("upheld_appeal", "open_appeal")),
    Visit("integrity", f"{DECIDED}/manage/appeals/{{waiting_appeal}}"),
    Visit("delegate", f"{CALL}/"),
    Visit("delegate", f"{CALL}/enter/"),
    Visit("delegate", f"{JUDGED}/enter/", status=403),
    *(Visit("delegate", f"{CALL}/enter/{{entry_draft}}/{step}", dark=step == "entry") for step in ENTRY_STEPS),
    Visit("delegate", f"{CALL}/enter/{{entry_draft}}/entry", press="Save and go on"),
    *(Visit("delegate", f"{CALL}/enter/{{entry_draft}}/{page}") for page in ("", "discard")),
    Visit("delegate", f"{CALL}/my/"),
    Visit("delegate", f"{CALL}/my/{{own_entry}}", dark=True),
    Visit("delegate", f"{CALL}/my/{{own_entry}}/withdraw"),
    Visit(NOBODY, f"{JUDGED}/judge/invitation/{{judging_token}}", dark=True),
    Visit(NOBODY, f"{JUDGED}/judge/invitation/{{judging_token}}", press="Make my account and accept"),
    Visit("delegate", f"{JUDGED}/judge/invitation/{{judging_token}}"),
    Visit(NOBODY, f"{JUDGED}/judge/invitation/broken", status=410),
    Visit("coordinator", "/home"),
    Visit("coordinator", DELEGATION, dark=True),
    Visit("coordinator", f"{DELEGATION}?q=nobody-of-this-name"),
    *(
        Visit("coordinator", f"{DELEGATION}/{page}")
        for page in ("list", "mails", "journal", "nominations", "nominations/new")
    ),
    Visit("coordinator", f"{DELEGATION}/exchanges", dark=True),
    Visit("coordinator", f"{DELEGATION}/exchanges/new", press="Propose it"),
    Visit("organiser", f"{OPEN}/manage/delegations", dark=True),
    Visit("organiser", f"{OPEN}/manage/delegations?show=pending&sort=-due"),
    Visit("organiser", f"{OPEN}/manage/delegations/THA", dark=True),
    Visit("organiser", f"{OPEN}/manage/delegations/NZ"),
    Visit("organiser", f"{OPEN}/manage/exchanges", dark=True),
    Visit("organiser", f"{OPEN}/manage/exchanges", press="Decline Thailand, Delegate"),
    Visit("organiser", f"{OPEN}/manage/exchanges/new/secretariat", press="Propose it"),
    Visit("organiser", f"{OPEN}/manage/exchanges/new/guest"),
    Visit("coordinator", f"{DELEGATION}/places/{{category}}/give-back"),
    Visit("coordinator", f"{DELEGATION}/places/{{category}}/give-back?places=1", dark=True),
    Visit("coordinator", f"{DELEGATION}/people/{{with_host}}"),
    Visit("coordinator", f"{DELEGATION}/people/{{asking}}", dark=True),
    Visit("coordinator", f"{DELEGATION}/people/{{asking}}", press="Reject"),
    Visit("coordinator", f"{DELEGATION}/people/{{asking}}/withdraw", press="Withdraw"),
    Visit("coordinator", f"{DELEGATION}/nominations", press="Invite all nominated…"),
    Visit("coordinator", f"{DELEGATION}/people/{{to_be_replaced}}"),
    Visit("coordinator", f"{DELEGATION}/people/{{to_be_replaced}}/substitute"),
    Visit("coordinator", f"{DELEGATION}/people/{{replaced}}", dark=True),
    Visit("coordinator", f"{DELEGATION}/people/{{head}}/substitute", dark=True),
    Visit("coordinator", f"{DELEGATION}/people/{{head}}/substitute?by=0", status=422),
    Visit("coordinator", f"{DELEGATION}/people/{{head}}/substitute?by={{asking}}", press="Arrange the substitution"),
    Visit("coordinator", f"{DELEGATION}/people/{{head}}/substitute/nominate", press="Nominate and invite"),
    Visit("coordinator", f"{DELEGATION}/nominations/new", press="Nominate and invite"),
    Visit("coordinator", f"{DELEGATION}/nominations/{{nominee}}", dark=True),
    Visit("coordinator", f"{DELEGATION}/nominations/copy", dark=True),
    Visit("coordinator", f"{DELEGATION}/nominations/upload"),
    Visit("coordinator", f"{DELEGATION}/nominations/upload", press="See what it would do"),
    Visit("coordinator", f"{DELEGATION}/nominations/upload/{{sheet}}", dark=True),
    Visit("coordinator", f"{DELEGATION}/nominations/{{nominee_draft}}", press="Nominate only"),
    Visit(NOBODY, f"{OPEN}/nomination/{{nominee_token}}", dark=True),
    Visit(NOBODY, f"{OPEN}/nomination/{{nominee_token}}", press="Make my account and register"),
    Visit(NOBODY, f"{OPEN}/nomination/broken", status=410),
    Visit("coordinator", f"{AWARD}/"),
    Visit("coordinator", f"{AWARD}/economy/", dark=True),
    *(Visit("coordinator", f"{AWARD}/economy/entries/{{{said}_award}}", dark=said == "waiting") for said in SAID),
    Visit("coordinator", f"{AWARD}/economy/entries/{{waiting_award}}", press="Do not endorse"),
    Visit("coordinator", f"{AWARD}/economy/nominate"),
    Visit("neighbour", f"{AWARD}/economy/"),
    Visit("neighbour", f"{AWARD}/economy/nominate"),
    Visit("neighbour", f"{AWARD}/economy/nominate", press="Nominate it"),
    Visit("delegate", f"{AWARD}/enter/"),
    Visit(NOBODY, f"{AWARD}/economy/nomination/{{nomination_token}}", dark=True),
    Visit(NOBODY, f"{AWARD}/economy/nomination/{{nomination_token}}", press="Make my account and begin"),
    Visit("delegate", f"{AWARD}/economy/nomination/{{nomination_token}}"),
    Visit(NOBODY, f"{AWARD}/economy/nomination/broken", status=410),
    Visit("delegate", f"{AWARD}/my/{{own_award}}", dark=True),
    Visit("organiser", f"{AWARD}/manage/economies", dark=True),
    Visit("organiser", f"{CALL}/manage/economies"),
    Visit("organiser", f"{AWARD}/manage/entries?endorsement=reserve", dark=True),
    Visit("organiser", f"{AWARD}/manage/entries/{{reserve_award}}"),
    Visit("organiser", f"{AWARD}/manage/settings"),
    Visit(NOBODY, "/co-incubation/"),
    Visit(NOBODY, "/co-incubation/how-places-are-given"),
    *(Visit(NOBODY, f"{each}/", dark=each == COI) for each in (COI, COI_OVER)),
    Visit(NOBODY, "/co-incubation/hosts/", dark=True),
    Visit(NOBODY, "/co-incubation/hosts/?q=nothing-of-the-kind"),
    Visit(NOBODY, f"{KORAT}/", dark=True),
    Visit(NOBODY, "/co-incubation/hosts/suwon-clean-cooling-lab/"),
    Visit("admin", "/co-incubation/new"),
    Visit("organiser", f"{COI}/clone"),
    Visit("organiser", f"{COI}/manage/", dark=True),
    *(Visit("organiser", f"{each}/manage/") for each in (COI_OVER, COI_DRAFT)),
    *(Visit("organiser", f"{COI}/manage/{page}") for page in ("settings", "criteria", "eligibility", "staff", "close")),
    Visit("organiser", f"{COI}/manage/criteria", press="Preview as a host"),
    *(Visit("organiser", f"{COI}/manage/questionnaire{page}") for page in CALL_QUESTIONNAIRE),
    Visit("organiser", f"{COI_DRAFT}/manage/publish"),
    Visit("organiser", f"{COI_OVER}/manage/reopen"),
    Visit("organiser", f"{COI}/manage/hosts", dark=True),
    Visit("organiser", f"{COI_DRAFT}/manage/hosts"),
    Visit("organiser", f"{COI}/manage/hosts/new"),
    Visit("organiser", f"{COI}/manage/hosts/new", press="Add the host and invite"),
    *(
        Visit("organiser", f"{COI}/manage/hosts/{each}/invite")
        for each in ("suwon-clean-cooling-lab", "korat-green-incubator")
    ),
    *(Visit("organiser", f"{COI}/manage/hosts/cebu-cold-chain-centre/places{page}") for page in ("", "/withdraw")),
    Visit("host", "/home"),
    Visit("host", f"{KORAT}/manage/", dark=True),
    Visit("host", f"{KORAT}/manage/profile"),
    *(Visit("host", f"{KORAT}/manage/profile/{section}") for section in HOST_SECTIONS),
    *(Visit("host", f"{KORAT}/manage/{page}") for page in ("photos", "photos/{photo}", "staff", "list", "retire")),
    Visit("host", f"{KORAT}/manage/photos", press="Add"),
    *(Visit("host", f"{KORAT}/manage/calls/co-incubation-2027/{page}") for page in ("", "withdraw")),
    Visit("host", f"{KORAT}/manage/calls/co-incubation-2027/", press="Check the limits"),
    Visit("coordinator", "/home"),
    Visit("coordinator", "/co-incubation/economy/THA/", dark=True),
    Visit("coordinator", "/co-incubation/economy/THA/hosts/chiang-mai-bamboo-works/verify"),
    Visit("coordinator", "/co-incubation/economy/THA/hosts/korat-green-incubator/verify", press="Send it back"),
    *CALL_VISITS,
    Visit("organiser", f"{MANAGE}/mailings", dark=True),
    Visit("organiser", f"{MANAGE}/mailings/new?state=confirmed&language=en", dark=True),
    Visit("organiser", f"{MANAGE}/mailings/new", press="See three real mails"),
    Visit("organiser", f"{MANAGE}/mailings/{{draft_mailing}}", dark=True),
    Visit("organiser", f"{MANAGE}/mailings/{{draft_mailing}}/edit"),
    Visit("organiser", f"{PAST}/manage/mailings/{{sent_mailing}}"),
    Visit("organiser", f"{PAST}/manage/mailings/{{stopped_mailing}}"),
    Visit("organiser", f"{MANAGE}/circulars/", dark=True),
    Visit("organiser", f"{MANAGE}/circulars/1", dark=True),
    Visit("organiser", f"{MANAGE}/circulars/3"),
    Visit("organiser", f"{MANAGE}/circulars/3/edit", dark=True),
    Visit("organiser", f"{MANAGE}/circulars/3/release"),
    Visit("coordinator", f"{OPEN}/circulars/", dark=True),
    Visit("coordinator", f"{OPEN}/circulars/1", dark=True),
    Visit("coordinator", f"{OPEN}/circulars/1?version=1"),
    Visit(NOBODY, "/network", dark=True),
    Visit("admin", "/network/contacts", dark=True),
    Visit("coordinator", "/network/contacts"),
    Visit("region", "/network/groups/{network_group}", dark=True),
    Visit("region", "/home"),
    Visit("admin", "/network/posts/new"),
    Visit("admin", "/network/posts/new", press="Enter the post"),
    *(Visit("admin", f"/network/posts/{{post}}{page}") for page in ("", "/edit", "/hand-over")),
    Visit("admin", "/network/posts/{planned_post}"),
    Visit("admin", "/network/groups/new"),
    Visit("admin", "/network/groups/{network_group}/edit"),
)


def demo_rows(*, now: datetime) -> dict[str, str]:
    """Add what the demonstration lacks (a certificate, a job, long names, mail that waits); name to address part."""
    past, upcoming = (db.session.scalars(select(Forum).where(Forum.slug == slug)).one() for slug in _slugs())
    rows = {
        "side_event": _first(SideEvent.slug, SideEvent.forum_id == upcoming.id),
        "category": _first(ForumCategory.id, ForumCategory.forum_id == upcoming.id),
        "room": _first(Room.id, Room.forum_id == past.id),
        "sponsor": _first(Sponsor.id, Sponsor.forum_id == past.id),
        "track": _first(Track.id, Track.forum_id == past.id),
        "past_speaker": _first(Speaker.code, Speaker.forum_id == past.id),
        "pictured": _first(Speaker.code, Speaker.forum_id == past.id, Speaker.id.in_(select(SpeakerPhoto.speaker_id))),
        "told_session": _first(
            ForumSession.code, ForumSession.forum_id == past.id, ForumSession.id.in_(select(SessionText.session_id))
        ),
        "talk": _first(
            ForumSession.code, ForumSession.forum_id == past.id, ForumSession.id.in_(select(SessionMaterial.session_id))
        ),
        "workshop": _first(
            ForumSession.code,
            ForumSession.forum_id == upcoming.id,
            ForumSession.id.in_(select(SessionBooking.session_id).where(SessionBooking.state == "waitlisted")),
        ),
        "late_session": _first(ForumSession.code, ForumSession.title == LATE),
        "waiting_session": _first(ForumSession.code, ForumSession.title == WAITING[0][0]),
        "past_session": _first(
            ForumSession.code, ForumSession.forum_id == past.id, ForumSession.id.in_(select(SessionSpeaker.session_id))
        ),
        "question": _first(Question.key, Question.version_id == upcoming.questionnaire.versions[-1].id),
        "draft_mailing": _first(Mailing.id, Mailing.forum_id == upcoming.id),
        "stopped_mailing": _first(Mailing.id, Mailing.state == MailingState.STOPPED),
        "sent_mailing": _first(Mailing.id, Mailing.forum_id == past.id),
        "network_group": _first(EconomyGroup.id, EconomyGroup.name == "Southeast Asia"),
        "post": _first(CoordinatorPost.id, CoordinatorPost.office_name == "Rosa HUAMÁN"),
        "planned_post": _first(CoordinatorPost.id, CoordinatorPost.office_name == "Dewi ANGGRAINI"),
        "pending": str(person_in(upcoming, "pending").id),
        "handover": _first(BadgeHandover.id, BadgeHandover.forum_id == past.id),
        "confirmed": str(person_in(upcoming, "confirmed").id),
        "at_economy": _first(
            Registration.id,
            Registration.forum_id == upcoming.id,
            Registration.state == RegistrationState.PENDING,
            Registration.economy_code == "THA",
        ),
        "long": str(_long_names(upcoming).id),
        "funded": str(_funded(upcoming, 2).id),
        "first_funded": str(_funded(upcoming, 0).id),
        "own_letter": _first(Letter.id, Letter.forum_id == upcoming.id, Letter.ended_at.is_(None)),
        "nominee": _first(Nominee.id, Nominee.family_name == "Khamwong"),
        "nominee_draft": _first(Nominee.id, Nominee.family_name == "Saengchai"),
        "sheet": str(_sheet(now=now).id),
        "programme_sheet": str(_programme_sheet(past, now=now).id),
        "nominee_token": _nominee_token(now=now),
        "with_host": _first(
            Registration.id,
            Registration.forum_id == upcoming.id,
            Registration.economy_code == "THA",
            Registration.economy_answered_at.is_not(None),
        ),
        "asking": _first(Registration.id, Registration.family_name == "Boonsri"),
        "head": _first(Registration.id, Registration.family_name == "Wattanasin"),
        "to_be_replaced": _first(Registration.id, Registration.family_name == "Chaiyasook"),
        "replaced": _first(Registration.id, Registration.family_name == "Thongdee"),
        "photo": _first(HostPhoto.id, HostPhoto.host_id == _first_host("korat-green-incubator").id),
        "call_question": _first(Question.key, Question.version_id == _open_call().questionnaire.versions[-1].id),
    }
    return (
        rows
        | _competitions(now=now)
        | _award(now=now)
        | call_rows()
        | _certificates(past)
        | _proposals(upcoming, now=now)
        | session_rows(now=now)
        | design_rows()
        | _job_and_mail(upcoming, now=now)
        | _tokens(now=now)
        | _invitations(upcoming, now=now)
    )


def _sheet(*, now: datetime) -> Upload:
    """Send a file of nominations: one new, one changed, one with errors at two cells."""
    lines = (
        "E-mail,Category,Family name,Rank",
        "new@delegation.example,Official delegation,Rattanakul,4",
        "arunee@delegation.example,Official delegation,Saengchai,9",
        "nobody,Minister,Nobody,",
    )
    file = FileStorage(io.BytesIO("\r\n".join(lines).encode()), filename="people.csv")
    owner = _role_account("coordinator")
    sent = store_upload(file, allowed=[FileKind.CSV], max_bytes=10_000, owner_id=owner.id, now=now)
    upcoming = db.session.scalars(select(Forum).where(Forum.slug == "gtn-forum-2027")).one()
    keep_sheet(Delegation(upcoming, db.session.get_one(Economy, "THA")), sent)
    db.session.commit()
    return sent


def _programme_sheet(forum: Forum, *, now: datetime) -> Upload:
    """Send a spreadsheet of the programme: one line that is new, one with errors at two cells."""
    lines = (
        "Title,Day,Start,Minutes,Room",
        "Green roofs,2013-06-06,16:00,30,Room Merapi",
        "Green walls,tomorrow,16:00,long,",
    )
    file = FileStorage(io.BytesIO("\r\n".join(lines).encode()), filename="programme.csv")
    owner_id, purpose = _role_account("organiser").id, sheet_purpose(forum)
    sent = store_upload(file, allowed=[FileKind.CSV], max_bytes=10_000, owner_id=owner_id, now=now, purpose=purpose)
    db.session.commit()
    return sent


def _nominee_token(*, now: datetime) -> str:
    """Send somebody a link: of those that were sent, no token is kept."""
    nominated = db.session.scalars(select(Nominee).where(Nominee.family_name == "Phanthong")).one()
    token = invite_nominee(nominated, actor=_role_account("coordinator"), now=now)
    db.session.commit()
    return token


def account_of(who: str) -> Account:
    """Return whom a visit names."""
    if who in ("funded", "withdrawn", *STATES):
        return _registered(who).account
    if who in ("clashing", "hosting", "questioned"):
        return _at_side_event(who)
    if who == "entrant":
        won = select(Entry).join(Award, Award.entry_id == Entry.id).order_by(Award.competition_id, Award.position)
        return db.session.scalars(won.limit(1)).one().account
    if who in ("appellant", "refused"):
        call = Competition.slug == "start-ups-2027"
        refused = select(Entry).join(Competition).where(call, Entry.state == EntryState.INELIGIBLE)
        return db.session.scalars(refused.order_by(Entry.state_changed_at)).all()[who == "refused"].account
    if who in ("certified", "speaking"):
        return _at_past_forum(who)
    return applicant_of(who) or _role_account(who)


def _at_past_forum(who: str) -> Account:
    """Return who holds a certificate of the past forum, or who speaks there and shows a photo."""
    if who == "speaking":
        account = db.session.scalars(select(SpeakerPhoto)).one().speaker.account
        assert account is not None
        return account
    past = db.session.scalars(select(Forum).where(Forum.slug == "gtn-forum-2013")).one()
    return next(iter(attended_registrations(past))).account


def _registered(who: str) -> Registration:
    """Return whose travel is funded, whom an economy withdrew, or the first in a state."""
    if who == "withdrawn":
        return db.session.scalars(select(Registration).where(Registration.withdrawn_by_economy)).one()
    upcoming = db.session.scalars(select(Forum).where(Forum.slug == "gtn-forum-2027")).one()
    return _funded(upcoming, 2) if who == "funded" else person_in(upcoming, who)


def _at_side_event(who: str) -> Account:
    """Return who would collide, who hosts the published one, or who was asked there and has not answered."""
    if who == "clashing":
        return _clashing()[0].account
    if who == "hosting":
        published = select(SideEventProposal).where(SideEventProposal.state == ProposalState.PUBLISHED)
        return db.session.scalars(published).one().account
    unanswered = (
        select(SideEventBooking)
        .join(SideEventBooking.side_event)
        .where(
            SideEvent.questionnaire_id.is_not(None),
            SideEventBooking.answer_set_id.is_(None),
            SideEventBooking.state == BookingState.CONFIRMED,
        )
    )
    return db.session.scalars(unanswered.order_by(SideEventBooking.id).limit(1)).one().registration.account


def person_in(forum: Forum, state: str) -> Registration:
    """Return the first registration of a forum in a state."""
    statement = select(Registration).where(
        Registration.forum_id == forum.id, Registration.state == RegistrationState(state)
    )
    return db.session.scalars(statement.order_by(Registration.id).limit(1)).one()


def _proposals(upcoming: Forum, *, now: datetime) -> dict[str, str]:
    """Name the proposals that people open, and the link of a co-host."""
    own, here = SideEventProposal.account_id == _role_account("delegate").id, SideEventProposal.forum_id == upcoming.id
    state = SideEventProposal.state
    sent = _first(SideEventProposal.id, own, here, state == ProposalState.PROPOSED)
    public = (
        db.session.scalars(select(SideEventProposal).where(here, state == ProposalState.PUBLISHED)).one().side_event
    )
    assert public is not None
    invite_guests(public, ["guest@firm.example"], actor=_role_account("organiser"), now=now)
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.to_address == "guest@firm.example")).one()
    db.session.commit()
    co_host = _first(ProposalCoHost.id, ProposalCoHost.proposal_id == int(sent))
    asked = {"co_host": int(co_host), "email": db.session.get_one(ProposalCoHost, int(co_host)).email_key}
    return {
        "own_draft": _first(SideEventProposal.id, own, here, state == ProposalState.DRAFT),
        "own_proposal": sent,
        "reviewed_proposal": _first(SideEventProposal.id, here, state == ProposalState.UNDER_REVIEW),
        "co_hosting": co_host,
        "hosted_event": public.slug,
        "hosted_event_id": str(public.id),
        "clashing_event": str(_clashing()[1].id),
        "guest_token": mail.body_text.partition("/guest/")[2].split()[0],
        "co_host_token": signer().make(LinkPurpose.CO_HOST, asked, now=now),
    }


def _clashing() -> tuple[Registration, SideEvent]:
    """Return a confirmed delegate of the next forum, and a side event that collides with what they have chosen."""
    upcoming = db.session.scalars(select(Forum).where(Forum.slug == "gtn-forum-2027")).one()
    confirmed = Registration.state == RegistrationState.CONFIRMED
    statement = select(Registration).where(Registration.forum_id == upcoming.id, confirmed).order_by(Registration.id)
    return next(
        (registration, choice.side_event)
        for registration in db.session.scalars(statement)
        for choice in choices_of(upcoming, registration)
        if choice.can_exchange and choice.booking is None
    )


def _funded(forum: Forum, number: int) -> Traveller:
    statement = select(Traveller).where(Traveller.forum_id == forum.id).order_by(Traveller.id)
    return db.session.scalars(statement).all()[number]


def _first_host(slug: str) -> Host:
    return db.session.scalars(select(Host).where(Host.slug == slug)).one()


def _open_call() -> Call:
    return db.session.scalars(select(Call).where(Call.slug == "co-incubation-2027")).one()


def _slugs() -> tuple[str, str]:
    return "gtn-forum-2013", "gtn-forum-2027"


def _role_account(key: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email_key == f"{key}@gtn.example")).one()


def _first(column: InstrumentedAttribute[Any], *where: object) -> str:
    # By number: codes are drawn by lot, and a row of another day may not have what the page is to show.
    return str(db.session.scalar(select(column).where(*where).order_by(column.class_.id).limit(1)))


def _competitions(*, now: datetime) -> dict[str, str]:
    """Take the decision of the last round back, tie its first two, and add what entrants and the invited open."""
    decided, judged, call = (
        db.session.scalars(select(Competition).where(Competition.slug == slug)).one()
        for slug in ("sme-competition-2013", "sme-competition-2027", "start-ups-2027")
    )
    final, published = decided.rounds[-1], decided.results_published_at
    # Both pages are to be seen: the results that everybody sees, and a round that waits for its decision.
    decided.results_published_at = None
    undo_decision(final, reason="A vote is missing.", actor=_role_account("organiser"), now=now)
    decided.results_published_at = published
    evening = db.session.scalars(select(LiveFinal)).one()
    version = db.session.scalars(select(ResultVersion).where(ResultVersion.round_id == final.id)).one()
    tied = [row.entry.reference for row in version.rows[:2]]
    version.facts = version.facts | {"ties": [{"step": "chair", "tied": tied, "figures": {}, "groups": [tied]}]}
    seat_of = select(Judge).where(Judge.account == _role_account("judge"), Judge.competition == judged)
    judge = db.session.scalars(seat_of).one()
    waiting = seats_of(judge, judged.rounds[0]).where(Assignment.state == AssignmentState.RELEASED)
    reserve = select(RoundEntry).where(RoundEntry.round == decided.rounds[1], RoundEntry.standing == Standing.RESERVE)
    db.session.commit()
    return {
        "pitched": evening.slots[-1].entry.reference,
        "judged": db.session.scalars(waiting.limit(1)).one().entry.reference,
        "reserve": db.session.scalars(reserve.limit(1)).one().entry.reference,
        "entry_category": str(call.categories[0].id),
        "entry_question": _first(Question.key, Question.version_id == call.questionnaire.versions[-1].id),
        **_entered(decided, call, now=now),
        **_invited_judge(judged, now=now),
        **_appeals(decided, call, now=now),
        "done_sample": _first(
            TrainingEntry.id, TrainingEntry.round_id == judged.rounds[0].id, TrainingEntry.number == 1
        ),
        "open_sample": _first(
            TrainingEntry.id, TrainingEntry.round_id == judged.rounds[0].id, TrainingEntry.number == 2
        ),
    } | {
        f"{state}_entry": _first(Entry.reference, Entry.competition_id == call.id, Entry.state == state)
        for state in ENTRIES
    }


def _entered(decided: Competition, call: Competition, *, now: datetime) -> dict[str, str]:
    """Begin an entry for the delegate, who has sent one already; name the first prize and whose it is."""
    delegate = _role_account("delegate")
    draft = begin_draft(call, actor=delegate, now=now)
    own = select(Entry).where(Entry.competition_id == call.id, Entry.account_id == delegate.id)
    sent = db.session.scalars(own).one()
    version = sent.versions[-1]
    seal = receipt_seal(sent.reference, version.sha256, secret_key=signer().secret)
    award = db.session.scalars(select(Award).where(Award.competition_id == decided.id).order_by(Award.position)).first()
    assert award is not None
    assert award.entry is not None
    db.session.commit()
    return {
        "entry_draft": str(draft.id),
        "own_entry": sent.reference,
        "award": str(award.id),
        "won": award.entry.reference,
        "receipt": f"reference={sent.reference}&sha256={version.sha256}&seal={seal}",
    }


def _appeals(decided: Competition, call: Competition, *, now: datetime) -> dict[str, str]:
    """Refuse one more entry, whose entrant may appeal; open an upheld appeal again, and let one wait."""
    upheld, other = db.session.scalars(select(Appeal).where(Appeal.competition_id == decided.id).order_by(Appeal.id))
    (waiting,) = db.session.scalars(select(Appeal).where(Appeal.competition_id == call.id))
    refused = db.session.scalars(
        select(Entry).where(Entry.competition_id == call.id, Entry.state == EntryState.ADMITTED).order_by(Entry.id)
    ).first()
    assert refused is not None
    refuse_entry(refused, actor=_role_account("organiser"), now=now, reason="The firm is too old.")
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.template == "competition/entry_ineligible")).first()
    assert mail is not None
    done = upheld.id
    again = {name: getattr(upheld, name) for name in Appeal.__table__.columns.keys() if name != "id"}  # noqa: SIM118
    first = decided.rounds[0]
    opened = Appeal(**again | {"round_id": first.id, "subject": "round-1", "carried_out_at": None, "carried_out": ""})
    db.session.add(opened)
    other.state, other.decided_at, other.decision = AppealState.ASSIGNED, None, ""
    db.session.commit()
    return {
        "appealed": waiting.entry.reference,
        "appeal": str(waiting.id),
        "refused": refused.reference,
        "upheld_appeal": str(done),
        "open_appeal": str(opened.id),
        "waiting_appeal": str(other.id),
        "call_mail": str(mail.id),
    }


def _invited_judge(judged: Competition, *, now: datetime) -> dict[str, str]:
    person = InvitedPerson(name="Nelia Bayani", email="nelia@firm.example", economy_code="PHL")
    judge = invite_judge(judged, person, links=signer(), actor=_role_account("organiser"), now=now)
    db.session.commit()
    token = signer().make(LinkPurpose.JUDGING, {"judge": judge.id}, now=now)
    return {"invited_judge": str(judge.number), "judging_token": token}


def _award(*, now: datetime) -> dict[str, str]:
    """Name an entry for each thing that its economy said, and a nomination; give Viet Nam a coordinator, too."""
    neighbour = make_account("neighbour@gtn.example", given_name="Lan", family_name="Phạm", economy_code="VN")
    rank = db.session.get_one(Economy, "VN").rank
    grant_role(neighbour, Role.ECONOMY_COORDINATOR, Scope("economy", rank))
    award = db.session.scalars(select(Competition).where(Competition.slug == AWARD.rpartition("/")[2])).one()
    nomination = db.session.scalars(select(Nomination).where(Nomination.competition_id == award.id)).one()
    of_thailand = (Entry.competition_id == award.id, Entry.economy_code == "THA", Entry.state == EntryState.SUBMITTED)
    own = (Entry.competition_id == award.id, Entry.account_id == _role_account("delegate").id)
    return {f"{said}_award": _first(Entry.reference, *of_thailand, Entry.endorsement == said) for said in SAID} | {
        "own_award": _first(Entry.reference, *own),
        "nomination_token": signer().make(LinkPurpose.NOMINATION, {"nomination": nomination.id}, now=now),
    }


def _long_names(forum: Forum) -> Registration:
    account = make_account(
        "long@firm.example",
        given_name=LONG_NAME[:80],
        family_name=LONG_NAME[-80:],
        own_script_name=LONG_THAI,
        own_script_language="th",
        economy_code="THA",
    )
    return make_registration(
        forum.categories[0],
        account,
        own_script_name=LONG_THAI,
        own_script_language="th",
        organisation_name=f"{LONG_NAME} Donaudampfschifffahrtselektrizitätenhauptbetriebswerkgesellschaft",
    )


def _certificates(past: Forum) -> dict[str, str]:
    holders = list(attended_registrations(past))[:2]
    made = [
        issue_certificate(
            certificate_request(each, issued_on=ISSUED_AT.date()),
            secret_key=signer().secret,
            actor=None,
            now=ISSUED_AT,
        )[0]
        for each in holders
    ]
    replaced = db.session.scalars(select(Certificate.replaces_serial).where(Certificate.replaces_serial != "")).one()
    revoke_certificate(made[1], reason="Printed with a wrong name.", actor=None, now=ISSUED_AT)
    organisation = db.session.get_one(Organisation, holders[0].account.organisation_id)
    organisation.created_by_id = holders[0].account_id
    db.session.commit()
    return {
        "serial": made[0].serial,
        "revoked_serial": made[1].serial,
        "replaced_serial": replaced,
        "own_organisation": str(organisation.id),
    }


def _job_and_mail(forum: Forum, *, now: datetime) -> dict[str, str]:
    organiser = _role_account("organiser")
    job = enqueue_job(
        "certificates.batch",
        title="Certificates of participation",
        params={"source": "forum.participation", "forum_id": forum.id, "issued_on": "2027-06-07"},
        actor=organiser,
        now=now,
        scope=forum.scope,
    )
    mail = enqueue_mail(
        "walk:1",
        "forum/registration_rejected",
        to=Recipient("rosa@firm.example", "Rosa Huamán", "en", "America/Lima"),
        context={"registration": person_in(forum, "rejected"), "forum": forum},
        now=now,
        scope=forum.scope,
        hold=True,
    )
    db.session.commit()
    run_due_jobs(now)
    assert isinstance(mail, OutboxMail)
    letter = _first(OutboxMail.id, OutboxMail.state == MailState.SENT)
    return {"job": str(job.id), "mail": str(mail.id), "letter": letter, "person": str(organiser.id)}


def _invitations(forum: Forum, *, now: datetime) -> dict[str, str]:
    """Invite a stranger and the delegate, and let an invitation run out."""
    made = [
        Invitation(
            email=email,
            email_key=email,
            role=role,
            scope_kind=forum.scope.kind,
            scope_id=forum.scope.id,
            invited_at=now,
            invited_by_id=_role_account("organiser").id,
            expires_at=now + timedelta(days=days),
        )
        for email, role, days in (
            ("new@firm.example", Role.HELPER, 14),
            ("delegate@gtn.example", Role.CHECK_IN_STAFF, 14),
            ("late@firm.example", Role.HELPER, -1),
        )
    ]
    db.session.add_all(made)
    db.session.commit()
    tokens = [signer().make(LinkPurpose.INVITATION, {"invitation": each.id}, now=now) for each in made]
    return {"new_invitation": tokens[0], "invitation": tokens[1]}


def _tokens(*, now: datetime) -> dict[str, str]:
    delegate = _role_account("delegate")
    state = {"account": delegate.id, "state": state_of(delegate)}
    return {
        "sign_up_token": signer().make(LinkPurpose.SIGN_UP, {"email": "new@firm.example", "next": None}, now=now),
        "password_token": signer().make(LinkPurpose.SET_PASSWORD, state, now=now),
        "confirm_token": signer().make(LinkPurpose.CONFIRM_ADDRESS, state, now=now),
        "address_token": signer().make(LinkPurpose.CHANGE_ADDRESS, state | {"email": "other@firm.example"}, now=now),
    }
