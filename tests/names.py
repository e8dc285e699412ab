"""Names in the scripts of the 21 economies, and some that are hard to print."""

import re
from typing import NamedTuple

AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")


class Name(NamedTuple):
    """A person's name as documents print it, with the name in their own script and its language."""

    given: str
    family: str
    own_script: str = ""
    language: str = ""

    @property
    def in_other_words(self) -> str:
        """The name in own script, where it is more than the same words in another order."""
        return "" if set(self.own_script.split()) == set(f"{self.given} {self.family}".split()) else self.own_script


NAMES = (
    Name("Rosa", "Huamán Ñaupari"),
    Name("Thị Hà", "Nguyễn", "Nguyễn Thị Hà", "vi"),
    Name("Anna", "Shcherbakova", "Анна Щербакова", "ru"),
    Name("Naoki", "Yamada", "山田 直樹", "ja"),
    Name("Min-jun", "Kim", "김민준", "ko"),
    Name("Mingxuan", "Li", "李明轩", "zh-Hans"),
    Name("Yi-chun", "Chen", "陳怡君", "zh-Hant"),
    Name("Siriporn", "Wattanakul", "สิริพร วัฒนากุล", "th"),
    # Marks above marks, a vowel of two halves, a vowel that moves aside for a tall letter.
    Name("Pinkaeo", "Namthip", "ปิ่นแก้ว น้ำทิพย์", "th"),
    Name("Yaowapha", "Poonsap", "ญาดา ผู้ใหญ่ ฝั้นกฤษฎิ์", "th"),
    Name("", "Soekarno"),
    Name(
        "María Guadalupe Esperanza de los Ángeles",
        "Fernández de Córdoba Villavicencio y Santisteban del Campo",
        "พัทธรนิษฐนันท์ ธรรมรงค์รัตนโชติกุล-สิริวัฒนภักดี ณ อยุธยา",
        "th",
    ),
)


def letters(text: str) -> str:
    """Return the text as every reader of our PDFs gives it back: each letter in its place, but no spaces.

    Readers guess spaces from the distance of letters, and take the mark above a Thai letter for a
    word's end. The Thai vowel am is printed as its two halves, with a tone mark between them.
    """
    return "".join(AM.sub("\u0e4d\\1\u0e32", text).split())
