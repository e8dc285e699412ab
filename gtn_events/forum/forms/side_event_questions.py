"""The form of a side event's own questions, as one page."""

from typing import Any

from flask import request
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from gtn_events.core.economies import economies_in_order
from gtn_events.questionnaire.forms.build import QuestionForm, form_class_for
from gtn_events.questionnaire.forms.wizard import NO_CSRF
from gtn_events.questionnaire.models import AnswerSet, QuestionnaireVersion
from gtn_events.questionnaire.queries.answers import file_names, read_answers


def sent_now() -> MultiDict[str, Any] | None:  # Any: texts and files
    """Return what the browser sent with the form, files too; None when the page is only opened."""
    return CombinedMultiDict([request.form, request.files]) if request.method == "POST" else None


def questions_form(
    version: QuestionnaireVersion, answer_set: AnswerSet | None, sent: MultiDict[str, Any] | None = None
) -> QuestionForm:
    """Return all questions of a version in one form, with the answers given so far."""
    answers = read_answers(answer_set, with_sensitive=True) if answer_set is not None else {}
    uploads = [value for value in answers.values() if type(value) is int]
    form_class = form_class_for(version, economies=economies_in_order())
    return form_class(formdata=sent, answers=answers, file_names=file_names(uploads), meta=NO_CSRF)
