"""The list of placements as rows for a file."""

from collections.abc import Iterator

from gtn_events.core.exports import Cell

from ..enums import PartyRole
from ..placement_words import task_waits_for, task_words
from ..queries.placements import satisfaction_of
from .placement_rows import PlacementRow

HEADERS = (
    "Number",
    "Project",
    "Firm",
    "Economy",
    "Host",
    "Host economy",
    "State",
    "Since",
    "How it goes",
    "Agreement",
    "From",
    "To",
    "Milestones signed off",
    "Milestones",
    "Firm content (1 to 5)",
    "Host content (1 to 5)",
    "Waits for",
    "Late",
    "Reason",
)


def export_rows(rows: list[PlacementRow]) -> Iterator[list[Cell]]:
    """Yield one line for each placement."""
    content = satisfaction_of(row.placement.id for row in rows)
    for row in rows:
        placement, application, host = row.placement, row.placement.application, row.placement.intake.host
        signed, milestones = row.milestones
        first, last = row.days
        yield [
            application.reference,
            application.title,
            application.organisation_name,
            application.economy.short_name,
            host.name,
            host.economy.short_name,
            placement.state.label,
            placement.state_changed_at.astimezone(application.call.zone).replace(tzinfo=None),
            row.light.label if row.light else None,
            f"{row.agreement.state.label} ({row.agreement.number})" if row.agreement else None,
            first,
            last,
            signed,
            milestones,
            content.get((placement.id, PartyRole.FIRM)),
            content.get((placement.id, PartyRole.HOST)),
            "; ".join(f"{task_waits_for(task)}: {task_words(task)}" for task in row.tasks),
            "; ".join(task_words(task) for task in row.late),
            placement.reason or None,
        ]
