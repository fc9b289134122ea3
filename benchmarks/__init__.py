"""Figures that the product is held to, each printed in one line."""
