"""Accounts, organisations, role grants, sessions and sign-in attempts."""

from .account import Account
from .organisation import Organisation
from .role_grant import RoleGrant
from .session import AccountSession
from .sign_in_attempt import SignInAttempt

__all__ = ["Account", "AccountSession", "Organisation", "RoleGrant", "SignInAttempt"]
