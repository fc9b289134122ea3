"""A made-up region with buttons instead of passwords and a letterbox instead of mail. Knows all, known by none."""
