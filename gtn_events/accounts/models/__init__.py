"""Accounts, organisations, role grants, invitations, sessions and sign-in attempts."""

from .account import Account
from .invitation import Invitation
from .organisation import Organisation
from .role_grant import RoleGrant
from .session import AccountSession
from .sign_in_attempt import SignInAttempt

__all__ = ["Account", "AccountSession", "Invitation", "Organisation", "RoleGrant", "SignInAttempt"]
