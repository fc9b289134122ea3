"""May I, about a plan? The two who lead write down what people say; those who were there read it."""

from kudelma.matters.rules import is_open, leads

RULES = {"plans.write": leads & is_open}
