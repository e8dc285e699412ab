"""A person's own profile."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ..domain.profile import Profile, edit_profile
from ..enums import Gender
from ..forms.choices import read_origin
from ..forms.profile import ProfileForm, values_of
from ..roles import current_account
from .blueprint import blueprint
from .tokens import page_after, wanted_page


@blueprint.get("/account/profile")
@requires(Permission.SIGNED_IN)
def profile() -> ResponseReturnValue:
    """Show the profile as a form."""
    account = current_account()
    form = ProfileForm(data=values_of(account))
    form.fill_choices(account)
    return render_template("accounts/profile.html", form=form, account=account)


@blueprint.post("/account/profile")
@requires(Permission.SIGNED_IN)
def profile_submit() -> ResponseReturnValue:
    """Save the profile, then go back to where the person came from."""
    account = current_account()
    form = ProfileForm(data=values_of(account))
    form.fill_choices(account)
    if not form.validate():
        return render_template("accounts/profile.html", form=form, account=account), 422
    edit_profile(account, _profile_of(form), now=clock.now())
    db.session.commit()
    flash(_("Your profile is saved."), "success")
    return redirect(page_after(wanted_page()) if wanted_page() else url_for(".profile"))


def _profile_of(form: ProfileForm) -> Profile:
    delegation_class, economy_code = read_origin(form.origin.data)
    return Profile(
        honorific=form.honorific.data,
        given_name=form.given_name.data or "",
        family_name=form.family_name.data,
        own_script_name=form.own_script_name.data or "",
        own_script_language=form.own_script_language.data,
        gender=Gender(form.gender.data),
        delegation_class=delegation_class,
        economy_code=economy_code,
        position=form.position.data or "",
        phone=form.phone.data or "",
        time_zone=form.time_zone.data,
        language=form.language.data,
    )
