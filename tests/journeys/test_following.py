"""The page of a meeting that is going on follows it, also what happened before it began to follow or was cut off."""

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

    lead.press('.weave tr:has(th:has-text("Aino")) button[name="turn"]')

    assert speaks.filter(has_text="Aino").count() == 0
    held[0].continue_()
    speaks.filter(has_text="Aino").wait_for()


def test_a_stream_that_was_refused_or_cut_off_comes_back_and_one_that_is_over_or_left_does_not(stage):
    one = stage('cast.to("meeting")')
    lead, writer = one.hand("lead"), one.hand("writer")
    board, speaks = f"/meetings/{one.meeting}/board/", writer.page.locator("#now section").first.locator(".voice")
    answers = [
        {"status": 503, "headers": {"Retry-After": "1"}},
        {"status": 200, "content_type": "text/event-stream", "body": "retry: 1000\nevent: moved\ndata: 0\n\n"},
    ]
    writer.page.route("**/live/**", lambda route: route.fulfill(**answers.pop(0)) if answers else route.continue_())
    writer.go(board)
    lead.go(board)
    lead.press('.weave tr:has(th:has-text("Aino")) button[name="turn"]')

    speaks.filter(has_text="Aino").wait_for()
    assert answers == []
    assert writer.page.locator("#now > .notice[role=status]").count() == 0

    asked = []
    writer.page.unroute("**/live/**")
    writer.page.route("**/live/**", lambda route: (asked.append(route), route.fulfill(status=404)))
    writer.go(board)
    writer.page.locator("#now > .notice[role=status]").wait_for()
    writer.page.wait_for_timeout(2_000)

    assert len(asked) == 1

    followed = []
    lead.page.on("request", lambda request: followed.append(request) if "/live/" in request.url else None)
    with lead.page.expect_request("**/live/**"):
        lead.go(board)
    lead.page.evaluate("document.querySelectorAll('live-part').forEach((part) => part.remove())")
    lead.page.wait_for_timeout(2_500)

    assert len(followed) == 1


def test_while_somebody_writes_the_board_moves_on_around_them_and_nothing_lands_elsewhere_or_is_said_to(stage):
    one = stage('cast.to("meeting")')
    lead, writer = one.hand("lead"), one.hand("writer")
    board, heading = f"/meetings/{one.meeting}/board/", writer.page.locator("#write h2")
    ask, rows = '.weave tr:has(th:has-text("{}")) button[name="turn"]', '.weave tr:has(th:has-text("{}")) .lines'
    banner = writer.page.locator("#write > .notice[role=status]")
    lead.go(board)
    lead.press(ask.format("Aino"))
    writer.go(board)
    writer.page.locator("#now button").focus()

    lead.press(ask.format("Elias"))
    notice = writer.page.locator("#now > .notice[role=status]")
    notice.wait_for()  # nothing is replaced under a finger, and it is said
    writer.page.locator("#write textarea").focus()
    notice.wait_for(state="detached")
    heading.filter(has_text="Elias").wait_for()  # an empty box follows, and whoever stands in it stays there
    assert writer.page.evaluate("document.activeElement.name") == "text"

    writer.page.keyboard.type("Aamulla syön rauhassa.")
    lead.page.locator("#write textarea").fill("Elias nyökkäsi.")
    lead.press('form[action$="/lines/"] button')
    writer.page.locator(rows.format("Elias")).filter(has_text="Elias nyökkäsi.").wait_for()
    assert banner.count() == 0  # the board moved, the turn did not
    lead.press(ask.format("Aino"))
    banner.filter(has_text="Elias").wait_for()
    assert heading.inner_text().count("Elias") == 1

    writer.press("#now button[form]")  # on to the next one: what stood half written goes along, to where it was begun
    lead.page.locator(rows.format("Elias")).filter(has_text="Aamulla syön rauhassa.").wait_for()
    assert lead.page.locator(rows.format("Aino")).filter(has_text="Aamulla").count() == 0

    writer.page.locator("#write textarea").fill("Kesken jäi")
    writer.go("/today/")
    lead.press(ask.format("Elias"))
    writer.page.go_back()
    heading.filter(has_text="Elias").wait_for()
    assert writer.page.locator("#write textarea").input_value() == ""  # never under the heading of another

    writer.press('form[action$="/lines/"] button')  # refused: nothing was written
    writer.page.locator("#write textarea").fill("Kesken jäi")
    lead.go(f"/meetings/{one.meeting}/ending/")
    lead.submit()
    banner.filter(has_text="ei ole tallentunut").wait_for()
    assert writer.page.locator("#write textarea").input_value() == "Kesken jäi"
    assert writer.page.locator("#weave button").count() == 0
