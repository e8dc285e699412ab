"""The kinds of questions and the comparisons of conditions."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """What a question asks for; stored answers are JSON: str, number, ISO date, bool, list of str, upload id."""

    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes-no"
    ONE_OF = "one-of"
    SEVERAL_OF = "several-of"
    FILE = "file"
    ECONOMY = "economy"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"

    @property
    def label(self) -> str:
        return {
            "short-text": "Short text",
            "long-text": "Long text",
            "number": "Number",
            "date": "Date",
            "yes-no": "Yes or no",
            "one-of": "One of a list",
            "several-of": "Several of a list",
            "file": "File",
            "economy": "Economy",
            "email": "E-mail address",
            "phone": "Telephone",
            "url": "Web address",
        }[self.value]


class Comparison(StrEnum):
    """How a condition compares an earlier answer with its value."""

    IS = "is"
    IS_NOT = "is-not"
    INCLUDES = "includes"
    ANSWERED = "answered"


class VersionState(StrEnum):
    """A draft can be changed; a published version never is; a retired one has a successor."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"
