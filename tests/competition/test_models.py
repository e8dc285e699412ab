"""What the database itself refuses."""

from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from gtn_events.competition.enums import AssignmentState
from gtn_events.competition.models import Criterion
from gtn_events.core.db import db
from tests.competition.factories import make_assignment, make_competition, make_entry, make_judge, make_round
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")


def test_judge_has_one_seat_on_a_panel_and_may_come_back_after_giving_it_up() -> None:
    competition = make_competition()
    entry = make_entry(competition, make_account())
    judge = make_judge(competition, make_account("judge@jury.example", economy_code="JPN"))
    round_ = make_round(competition, [entry])
    make_assignment(round_, entry, judge, AssignmentState.RECUSED)
    make_assignment(round_, entry, judge)
    with pytest.raises(IntegrityError):
        make_assignment(round_, entry, judge)
    db.session.rollback()


def test_weights_come_back_to_the_last_digit() -> None:
    round_ = make_round(make_competition())
    criterion = round_.rubrics[0].criteria[0]
    criterion.weight = Decimal("33.30")
    db.session.commit()
    db.session.expire_all()
    assert str(db.session.get_one(Criterion, criterion.id).weight) == "33.30"
