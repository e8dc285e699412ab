"""Whether judges can be compared: two are joined when they share an entry."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, diags_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import eigsh

from .arrays import IntArray, Pairs

# Up to here all eigenvalues are found sooner than two of them by Lanczos.
DENSE_JUDGES = 600
# Just below 0, where the matrix to be factorised is still regular.
SHIFT = -1e-3


@dataclass(frozen=True, eq=False)
class JudgeGraph:
    """How the judges hang together.

    Args:
        part: for each judge, the number of the connected part, from 0; -1 without a seat.
        connectivity: the second-smallest eigenvalue of the Laplacian, in which each shared
            entry joins two judges once more; 0 with several parts or fewer than two judges.
            The larger it is, the surer judges are compared.
    """

    part: IntArray
    connectivity: float

    @property
    def parts(self) -> int:
        """How many parts there are whose judges cannot be compared."""
        return int(self.part.max(initial=-1)) + 1

    @property
    def connected(self) -> bool:
        """Whether all judges who have a seat can be compared."""
        return self.parts <= 1


def judge_graph(seats: Pairs, shape: tuple[int, int]) -> JudgeGraph:
    """Return the graph of the judges who sit on panels together."""
    table = coo_array((np.ones(len(seats)), (seats[:, 0], seats[:, 1])), shape=shape).tocsr()
    shared = (table.T @ table).tocsr()
    seated = np.unique(seats[:, 1])
    part = np.full(shape[1], -1, dtype=np.int64)
    among = shared[seated][:, seated]
    parts, part[seated] = connected_components(among, directed=False) if len(seated) else (0, seated)
    return JudgeGraph(part, _second_eigenvalue(among) if parts == 1 and len(seated) > 1 else 0.0)


def _second_eigenvalue(shared: coo_array) -> float:
    """Return it for a matrix of shared entries of a connected graph; its diagonal does not matter."""
    degree = shared.sum(axis=1) - shared.diagonal()
    laplacian = diags_array(degree + shared.diagonal()) - shared
    if len(degree) <= DENSE_JUDGES:
        return float(np.linalg.eigvalsh(laplacian.toarray())[1])
    # The same start at every run, so the same digits.
    start = np.random.default_rng(0).random(len(degree))
    values = eigsh(laplacian.tocsc(), k=2, sigma=SHIFT, v0=start, return_eigenvectors=False)
    return float(np.sort(values)[1])
