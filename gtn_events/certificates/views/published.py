"""What anybody needs to check a certificate without us: keys, the list of revocations, a certificate's proof."""

from typing import Any

from flask import Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.canonical import canonical
from gtn_events.core.db import db
from gtn_events.core.permissions import public

from ..badge.credential import WELL_KNOWN, issuer_profile, status_list
from ..models import Certificate
from ..proof.keys import keys_file, public_keys
from ..proof.revocations import revocations_file, revoked_rows
from ..proof.statement import issuer_of, proof_of, signer_of
from .blueprint import blueprint
from .public import count_miss, seconds_to_wait

MOST_SHOWN = 100


@blueprint.get(f"{WELL_KNOWN}/keys.json")
@public
def keys_json() -> ResponseReturnValue:
    """Give the public keys, the newest first."""
    return published(keys_file(public_keys(_settings().instance_dir, now=clock.now()), issuer_of(_settings())))


@blueprint.get(f"{WELL_KNOWN}/<kid>.pem")
@public
def key_pem(kid: str) -> ResponseReturnValue:
    """Give one public key as PEM."""
    keys = {key.kid: key for key in public_keys(_settings().instance_dir, now=clock.now())}
    if kid not in keys:
        abort(404)
    return _for_everybody(Response(keys[kid].pem, mimetype="application/x-pem-file"))


@blueprint.get(f"{WELL_KNOWN}/revocations.json")
@public
def revocations_json() -> ResponseReturnValue:
    """Give the signed list of certificates that do not stand any more."""
    now = clock.now()
    return published(revocations_file(signer_of(_settings(), now=now), now=now))


@blueprint.get(f"{WELL_KNOWN}/issuer.json")
@public
def issuer_json() -> ResponseReturnValue:
    """Give the issuer of Open Badges with its keys, as those who check a badge look for them."""
    return published(issuer_profile(public_keys(_settings().instance_dir, now=clock.now()), issuer_of(_settings())))


@blueprint.get(f"{WELL_KNOWN}/status.json")
@public
def status_json() -> ResponseReturnValue:
    """Give the list of revocations as the string of bits that Open Badges name."""
    now = clock.now()
    revoked = {number for number, _at, _state in revoked_rows()}
    return published(status_list(revoked, signer_of(_settings(), now=now), now=now))


@blueprint.get("/verify/keys")
@public
def keys_page() -> ResponseReturnValue:
    """Show the keys, and how to check a certificate by hand."""
    return render_template(
        "certificates/keys.html",
        keys=public_keys(_settings().instance_dir, now=clock.now()),
        issuer=issuer_of(_settings()),
    )


@blueprint.get("/verify/revocations")
@public
def revocations_page() -> ResponseReturnValue:
    """Show the list of certificates that do not stand any more, the newest first: numbers, no names."""
    rows = sorted(revoked_rows(), key=lambda row: row[1], reverse=True)
    return render_template("certificates/revocations.html", rows=rows[:MOST_SHOWN], count=len(rows))


@blueprint.get("/verify/<serial>/proof.json")
@public
def proof_json(serial: str) -> ResponseReturnValue:
    """Give what a certificate says, signed; of an erased name nothing is left to sign."""
    if seconds := seconds_to_wait():
        return Response(status=429, headers={"Retry-After": str(seconds)})
    certificate = db.session.scalar(select(Certificate).where(Certificate.serial == serial))
    if certificate is None:
        count_miss()
        abort(404)
    if not certificate.shown_facts.holder_name:
        abort(404)
    return published(proof_of(certificate, signer_of(_settings(), now=clock.now())))


def published(content: dict[str, Any]) -> Response:  # Any: JSON
    """Return JSON that a page of any other site may read as well."""
    return _for_everybody(Response(canonical(content), mimetype="application/json"))


def _for_everybody(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
