"""A delegate of a travel-eligible economy whose travel can be paid, and papers."""

import io

from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration
from tests.factories import make_account, make_category, make_registration

SECRET = "BANK-ACCOUNT-7654321"
PDF = f"%PDF-1.7\n% {SECRET}\ntrailer\n%%EOF\n".encode()


def delegate(
    forum: Forum, email: str, *, economy: str = "THA", state: RegistrationState = RegistrationState.CONFIRMED
) -> Registration:
    """A registration of somebody of an economy."""
    category = forum.categories[0] if forum.categories else make_category(forum)
    account: Account = make_account(email, economy_code=economy, family_name=email.partition("@")[0].title())
    return make_registration(category, account, state)


def pdf(data: bytes = PDF, name: str = "bank form of Ana.pdf") -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(io.BytesIO(data), filename=name)
