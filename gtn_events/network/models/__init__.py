"""What is stored of the network, one aggregate a file."""

from .group import EconomyGroup
from .post import SHOWABLE, CoordinatorPost

__all__ = ["SHOWABLE", "CoordinatorPost", "EconomyGroup"]
