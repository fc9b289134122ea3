"""Does a test notice when the source says something else? `python -m tests.mutants [--minutes N] [FILE …]`.

Access, rules, querysets, vault, recorder, times and calendar replies are changed at one point after another, in memory
only, and the tests are asked. `make prove PART=mutants` runs it. Why it is ours:
docs/decisions/0015-changes-that-a-test-must-notice.md.
"""
