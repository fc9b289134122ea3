"""The page of a meeting that is going on follows it, also what happened before it began to follow."""

import pytest

pytestmark = pytest.mark.browser


def test_what_happens_before_the_stream_has_begun_is_caught_up(stage):
    one = stage('cast.to("meeting")')
    lead, writer = one.hand("lead"), one.hand("writer")
    board, speaks = f"/meetings/{one.meeting}/board/", writer.page.locator("#now section").first.locator(".voice")
    held = []
    writer.page.route("**/live/**", lambda route: held.append(route))  # the stream begins late
    writer.go(board)
    lead.go(board)

    lead.press('.weave tr:has(th:has-text("Aino")) button[name="cell"]')

    assert speaks.filter(has_text="Aino").count() == 0
    held[0].continue_()
    speaks.filter(has_text="Aino").wait_for()
