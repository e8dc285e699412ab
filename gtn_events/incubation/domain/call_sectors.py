"""The sectors of a call: typed as lines, kept with keys, not taken away while somebody uses them."""

from collections.abc import Collection, Sequence
from typing import TypedDict

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.questionnaire.domain.keys import key_from

from ..errors import CallRefused
from ..models import Application, Call, Intake

MOST_SECTORS = 30
LONGEST = 80


class Sector(TypedDict):
    """One sector as it is stored."""

    key: str
    label: str


def sectors_from(lines: Sequence[str], present: Sequence[Sector]) -> list[Sector]:
    """Return the sectors that lines name; one with a label that is there already keeps its key.

    Raises:
        CallRefused: too many, one twice, or one too long.
    """
    labels = [" ".join(line.split()) for line in lines if line.strip()]
    if len(labels) > MOST_SECTORS:
        raise CallRefused(f"Name at most {MOST_SECTORS} sectors.", field="sectors")
    if long := next((label for label in labels if len(label) > LONGEST), None):
        raise CallRefused(f"“{long[:40]}…” is longer than {LONGEST} signs.", field="sectors")
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise CallRefused(f"“{twice}” is named twice.", field="sectors")
    keys = {sector["label"]: sector["key"] for sector in present}
    taken = {keys[label] for label in labels if label in keys} | {sector["key"] for sector in present}
    found: list[Sector] = []
    for label in labels:
        key = keys.get(label) or key_from(label, taken=taken, fallback="sector", longest=40)
        taken.add(key)
        found.append({"key": key, "label": label})
    return found


def labels_of(call: Call, keys: Collection[str]) -> list[str]:
    """Return the labels of sectors by their keys, in the order of the call."""
    return [sector["label"] for sector in call.sectors if sector["key"] in keys]


def refuse_used_sectors(call: Call, sectors: Sequence[Sector]) -> None:
    """Refuse sectors that leave out one which an application or the places of a host stand on.

    Raises:
        CallRefused: with the name of the sector.
    """
    left = {sector["key"] for sector in sectors}
    gone = {sector["key"]: sector["label"] for sector in call.sectors if sector["key"] not in left}
    if not gone:
        return
    used = set(db.session.scalars(select(Application.sector).where(Application.call_id == call.id).distinct()))
    for only in db.session.scalars(select(Intake.only_sectors).where(Intake.call_id == call.id)):
        used |= set(only)
    for key, label in gone.items():
        if key in used:
            raise CallRefused(f"“{label}” stays: an application or a host has chosen it.", field="sectors")
