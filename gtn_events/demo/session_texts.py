"""What some sessions of the first forum are about, in two more languages."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.session_texts import write_session_text
from gtn_events.forum.models import Forum, ForumSession

TEXTS = (
    (
        "Cold chains off the grid",
        "id",
        "Rantai dingin di luar jaringan listrik",
        "Ikan, mangga dan vaksin rusak di tempat yang tak terjangkau listrik. Tiga perusahaan kecil menunjukkan ruang "
        "dingin bertenaga surya, garam dan jerami, biayanya per peti, dan cara memperbaikinya.",
    ),
    (
        "Buying green: what public buyers may ask for",
        "id",
        "Belanja hijau: apa yang boleh diminta pembeli pemerintah",
        "Pertanyaan apa yang boleh dan tidak boleh diajukan sebuah tender, dan bagaimana perusahaan dengan sembilan "
        "orang menjawabnya dalam seminggu.",
    ),
    (
        "Cold chains off the grid",
        "zh-Hant",
        "離網冷鏈",
        "在電網到不了的地方，魚、芒果和疫苗都會變質。三家小公司展示靠太陽、鹽和稻草運作的冷藏庫。",
    ),
)


def add_texts(forum: Forum, organiser: Account, *, now: datetime) -> None:
    """Say in two more languages what some sessions are about. Flushes."""
    for title, language, own_title, abstract in TEXTS:
        session = db.session.scalars(
            select(ForumSession).where(ForumSession.forum_id == forum.id, ForumSession.title == title)
        ).one()
        write_session_text(forum, session, language, title=own_title, abstract=abstract, actor=organiser, now=now)
