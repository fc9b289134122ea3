"""Everyday life and the people in it, drawn: what stands where, the ties that people draw, and every way back."""
