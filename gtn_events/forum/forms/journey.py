"""The days of travel in a registration's questions, checked against the forum."""

from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.forms.build import QuestionForm
from gtn_events.questionnaire.forms.fields import data_from

from ..domain.journey import ARRIVAL, DEPARTURE, problems_with_journey
from ..models import Forum


def check_journey(form: QuestionForm, forum: Forum) -> bool:
    """Say whether the days of travel fit the forum; what does not is told at its question.

    Looks at the questions that have the keys of the default form and still ask for a day,
    as far as they are asked, answered and right in themselves.
    """
    given = {**form.earlier, **form.values()}
    specs = [spec for spec in form.all_specs if spec.key in (ARRIVAL, DEPARTURE) and spec.kind is QuestionKind.DATE]
    days = {spec.key: day for spec in specs if (day := data_from(spec, given.get(spec.key)))}
    problems = problems_with_journey(forum, days)
    here = [spec for spec in form.own_specs if spec in specs and spec.key in problems]
    for spec in here:
        field = form[spec.field_name]
        field.errors = [*field.errors, problems[spec.key]]
    return not here
