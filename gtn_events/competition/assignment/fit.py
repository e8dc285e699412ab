"""How well a judge fits an entry: shared topics and a shared language, as one number from 0 to 1."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import FloatArray
from .problem import Entries, Judges


@dataclass(frozen=True)
class FitWeights:
    """How much topics and language count, against one another."""

    topics: float = 0.7
    language: float = 0.3


def fit_of(entries: Entries, judges: Judges, weights: FitWeights | None = None) -> FloatArray:
    """Return the fit of every entry and judge.

    Topics count by the share of the entry's topics that the judge knows, the language by
    whether the judge reads one of the entry's. An entry that states none asks for none: it
    gets the full share.
    """
    given = weights or FitWeights()
    known, asked = _shared(entries.topics, judges.topics)
    readable, stated = _shared(entries.languages, judges.languages)
    topics = np.where(asked > 0, known / np.maximum(asked, 1), 1.0)
    language = np.where(stated > 0, readable > 0, True)
    total = given.topics + given.language
    fit: FloatArray = (given.topics * topics + given.language * language) / total
    return np.clip(fit, 0.0, 1.0)


def _shared(ours: Sequence[Collection[str]], theirs: Sequence[Collection[str]]) -> tuple[FloatArray, FloatArray]:
    """Return how many words each of ours shares with each of theirs, and how many each of ours has (a column)."""
    words = {word: place for place, word in enumerate(sorted({word for each in ours for word in each}))}
    left, right = _members(ours, words), _members(theirs, words)
    # float32 counts exactly up to 16 million, and is multiplied twice as fast.
    return (left @ right.T).astype(np.float64), left.sum(axis=1, keepdims=True, dtype=np.float64)


def _members(sets: Sequence[Collection[str]], words: dict[str, int]) -> NDArray[np.float32]:
    rows = [row for row, each in enumerate(sets) for word in each if word in words]
    columns = [words[word] for each in sets for word in each if word in words]
    table = np.zeros((len(sets), len(words)), dtype=np.float32)
    table[rows, columns] = 1
    return table
