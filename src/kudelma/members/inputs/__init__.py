"""What the actions of a matter are given, by noun: the same as the forms."""
