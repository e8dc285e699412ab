"""Questionnaires, their versions and questions, and the answers given under a version."""

from .answers import Answer, AnswerSet, SensitiveAnswer
from .questionnaire import Question, Questionnaire, QuestionnaireVersion

__all__ = ["Answer", "AnswerSet", "Question", "Questionnaire", "QuestionnaireVersion", "SensitiveAnswer"]
