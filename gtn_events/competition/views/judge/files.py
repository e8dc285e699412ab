"""The files of an entry, for the judges who may see it."""

from flask import abort
from flask.typing import ResponseReturnValue

from gtn_events.core.exports import disposition
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import send_upload

from ...models import Competition
from ...queries.judged_entry import file_of
from .blueprint import blueprint
from .seats import own_judge, own_seat, to_sign_first


@blueprint.get("/rounds/<int:number>/entries/<reference>/files/<key>")
@requires(Permission.COMPETITION_JUDGE)
def entry_file(competition: Competition, number: int, reference: str, key: str) -> ResponseReturnValue:
    """Hand out one file under a name that tells no more than the round's blindness allows."""
    judge = own_judge(competition)
    seat = own_seat(judge, number, reference)
    unsigned = to_sign_first(judge, seat.round)
    if unsigned is not None:
        return unsigned
    found = file_of(seat.entry, seat.round, key)
    if found is None:
        abort(404)
    upload, name = found
    response = send_upload(upload)
    response.headers["Content-Disposition"] = disposition(name)
    return response
