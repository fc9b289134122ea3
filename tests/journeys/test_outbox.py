"""The outbox of a page, played with a network, a clock and a store that are made up: nothing is lost, nothing twice."""

import pytest

from journeys.hands import context

pytestmark = pytest.mark.browser

PLAY = """async ([answers, entries, state]) => {
  const { Outbox } = await import("kudelma/outbox.js")
  const sent = [], told = [], kept = [state]
  let names = 0
  const outbox = new Outbox({
    // What is not among the answers is taken.
    send: async (entry, stamp) => {
      sent.push([entry.id, stamp.device, stamp.device_number])
      const answer = answers.shift() ?? 200
      if (answer === "lost") throw new TypeError("Failed to fetch")
      return answer === "unsent" ? { status: 200, isUnsent: true } : { status: answer }
    },
    wait: async () => { told.push("waits") },
    name: () => `device ${++names}`,
    store: { load: () => kept.at(-1) ?? undefined, save: (now) => kept.push(JSON.parse(JSON.stringify(now))) },
    tell: Object.fromEntries(
      ["kept", "taken", "refused"].map((what) => [what, ({ id }) => told.push(`${what} ${id}`)])),
  })
  await Promise.all(entries.map((entry) => outbox.add(entry)))
  await outbox.run()
  return { sent, told, kept: kept.at(-1), refused: outbox.refused.map(({ text }) => text) }
}"""
LETTERS = [{"id": letter, "text": f"words of {letter}"} for letter in "abc"]


@pytest.fixture
def play(demo, browser):
    space = context(browser)
    page = space.new_page()
    page.goto(demo.url)
    yield lambda answers, entries=LETTERS, state=None: page.evaluate(PLAY, [answers, entries, state])
    space.close()


def test_all_are_sent_in_the_order_of_the_hand_and_counted(play):
    played = play([])

    assert played["sent"] == [["a", "device 1", 1], ["b", "device 1", 2], ["c", "device 1", 3]]
    assert played["told"] == ["taken a", "taken b", "taken c"]


@pytest.mark.parametrize("answer", ["lost", 500, 503, 401, 429])
def test_what_is_not_acknowledged_is_sent_again_under_its_number_and_before_the_next(play, answer):
    played = play([200, answer, answer])

    assert [(letter, number) for letter, _, number in played["sent"]] == [
        ("a", 1), ("b", 2), ("b", 2), ("b", 2), ("c", 3),
    ]  # fmt: skip
    assert played["told"] == ["taken a", "kept b", "waits", "kept b", "waits", "taken b", "taken c"]
    assert played["refused"] == []


@pytest.mark.parametrize("answer", [400, 403, 404, 409, 422])
def test_what_is_refused_leaves_the_queue_with_its_text_and_its_number_is_the_next_ones(play, answer):
    played = play([200, answer])

    assert [(letter, number) for letter, _, number in played["sent"]] == [("a", 1), ("b", 2), ("c", 2)]
    assert played["told"] == ["taken a", "refused b", "taken c"]
    assert played["refused"] == ["words of b"]
    assert [entry["id"] for entry in played["kept"]["refused"]] == ["b"]


def test_what_had_nothing_to_send_uses_no_number(play):
    played = play([200, "unsent"])

    assert [number for _, _, number in played["sent"]] == [1, 2, 2]


def test_a_server_that_counts_otherwise_is_met_under_a_new_name_once(play):
    played = play([200, 412, 200, 412, 412])

    assert played["sent"] == [
        ["a", "device 1", 1], ["b", "device 1", 2], ["b", "device 2", 1], ["c", "device 2", 2], ["c", "device 3", 1],
    ]  # fmt: skip
    assert played["told"] == ["taken a", "taken b", "refused c"]


def test_what_a_store_has_kept_is_sent_first_under_its_number_and_name(play):
    left = {"device": "before", "last": 4, "waiting": [{"id": "z", "number": 5, "isOnItsWay": True}], "refused": []}

    played = play([], LETTERS[:1], left)

    assert played["sent"] == [["z", "before", 5], ["a", "before", 6]]
    assert played["kept"] == {"device": "before", "last": 6, "waiting": [], "refused": []}
