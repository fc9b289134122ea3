"""Kudelma: the shared workspace of a region's dialogic network work.

The folders, in import order, are the rooms of the house: see docs/decisions/0001-the-house.md.
"""

__version__ = "0.1.0"
