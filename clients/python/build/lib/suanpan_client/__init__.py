"""Calls a shop's Suanpan: `Suanpan(url, key).demand.forecast(item="22086")`."""

from .connection import Connection, Problem
from .operations import Suanpan

__all__ = ["Connection", "Problem", "Suanpan"]
