"""What a test runs is heard wherever the test took the table of rules from."""

from kudelma.core.rules import RULES, may, rule

from . import forks
from .judges import listen_to_rules


@rule("Nobody is refused.")
def is_anybody(actor, thing):
    return True


def asked_under_a_name_of_the_tests_own():
    """In a child: every room of this process would hear it otherwise."""
    heard: set[str] = set()
    listen_to_rules(heard.add)
    heard.clear()  # giving the table to every room asked it for each rule
    RULES["test.do"] = is_anybody
    return {"may": may("a", "test.do"), "heard": sorted(heard)}


def test_a_rule_that_a_test_puts_into_the_table_it_took_by_name_is_there_and_is_heard():
    answers = [answer for _job, answer in forks.run(iter([forks.Job(asked_under_a_name_of_the_tests_own, 60)]), 1)]

    assert answers == [{"may": True, "heard": ["rule test.do"]}]
