"""The dashboard, its files and its report: of one call, of all calls, and of one economy."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.journal import record

from ..dashboard import MOST_BARS, dashboard_of, flows_plot, funnel_plot, hosts_plot, outcome_plot
from ..dashboard_tables import TABLES, table_of
from ..outcomes import LEAST
from ..queries.dashboard import Reach, Stage
from ..report import working_group_report


@dataclass(frozen=True)
class DashboardPages:
    """Where the pages stand, and of what they are.

    Args:
        reach: what is counted.
        title: of what, as the page says it.
        name: how the files begin.
        endpoints: of the page, the files and the report.
        section: whose tabs are shown.
        of: what the addresses and the tabs need: the call, or the economy.
        subject: in whose journal an export stands; nowhere if None.
    """

    reach: Reach
    title: str
    name: str
    endpoints: tuple[str, str, str]
    section: str
    of: dict[str, Any]  # Any: a Call or an EconomyPage
    subject: Any = None  # Any: a row that has a scope

    def show(self) -> ResponseReturnValue:
        """Show everything that is counted; every plot has a table beside it."""
        now = clock.now()
        board = dashboard_of(self.reach, today=now.date())
        return render_template(
            "incubation/dashboard.html",
            board=board,
            pages=self,
            stages=list(Stage),
            funnel=funnel_plot(board),
            hosts=hosts_plot(board) if board.hosts else "",
            ring=flows_plot(board) if board.flows else "",
            plots=[(each, outcome_plot(each)) for each in board.outcomes if each.is_told],
            most_bars=MOST_BARS,
            least=LEAST,
            export_url=self._url(1),
            report_url=self._url(2),
            now=now,
            **self.of,
        )

    def export(self) -> ResponseReturnValue:
        """Send one of the tables as a file, and write that down."""
        what, now = request.form.get("what", ""), clock.now()
        if what not in TABLES:
            abort(404)
        heads, rows = table_of(dashboard_of(self.reach, today=now.date()), what)
        self._note("dashboard exported", what, now)
        name = f"{self.name}-{what}"
        if request.form.get("format") == "xlsx":
            return xlsx_response(f"{name}.xlsx", heads, rows)
        return csv_response(f"{name}.csv", heads, list(rows))

    def report(self) -> ResponseReturnValue:
        """Give the report for the working group as a PDF."""
        now = clock.now()
        data = working_group_report(self.reach, title=self.title, today=now.date())
        return send_file(BytesIO(data), "application/pdf", download_name=f"{self.name}-report.pdf")

    def _note(self, action: str, what: str, now: Any) -> None:  # Any: an aware datetime
        if self.subject is not None:
            changes = {"table": (None, what)}
            record(action, self.subject, actor=current_account(), now=now, scope=self.subject.scope, changes=changes)
            db.session.commit()

    def _url(self, index: int) -> str:
        return url_for(self.endpoints[index], **self.of)
