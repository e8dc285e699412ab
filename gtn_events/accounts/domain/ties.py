"""What shows that two people come from one organisation: its name, and the domain of their addresses."""

import re

from gtn_events.core.text import fold

# An address there says nothing about where somebody works.
COMMON_PROVIDERS = frozenset(
    {
        "126.com",
        "163.com",
        "aol.com",
        "bigpond.com",
        "daum.net",
        "fastmail.com",
        "gmail.com",
        "gmx.com",
        "gmx.net",
        "googlemail.com",
        "hanmail.net",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "naver.com",
        "outlook.com",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "rocketmail.com",
        "sina.com",
        "yahoo.co.id",
        "yahoo.co.jp",
        "yahoo.com",
        "yahoo.com.ph",
        "yahoo.com.tw",
        "yahoo.com.vn",
        "yandex.com",
        "yandex.ru",
        "ymail.com",
        "zoho.com",
    }
)


def folded(text: str) -> str:
    """Return a name as it is compared: folded, its words only."""
    return " ".join(re.findall(r"\w+", fold(text)))


def domain_of(email: str) -> str:
    """Return the domain of an address; empty for a common provider of mail."""
    domain = email.rpartition("@")[2].lower()
    return "" if domain in COMMON_PROVIDERS else domain
