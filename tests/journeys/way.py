"""One new matter walked as every person in it, from empty databases to the closed matter.

Everything typed carries a mark of its own, so that afterwards one can tell where it has gone.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from journeys.hands import Hand
from journeys.server import code_in, link_in
from journeys.walker import Person, Walker

MONDAY = datetime(2027, 3, 1, 9, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
SPEAKERS = ("mother", "child", "invited", "worker")

ORDER_PAGES: list[tuple[tuple[str, ...], dict[str, str]]] = [
    (("told_to", "why_together"), {"problem": "scattered"}),
    (("worry", "wish"), {}),
    (("languages", "access", "windows"), {"call_first": "yes", "place": "together"}),
]
"""The three pages of an order: what is written, what is chosen."""

MOTHERS_PAGES = {
    "contact": {"contact_note": "", "address": "aiti@example.org", "second_address": "aidin.toinen@example.org"},
    "needs": {"needs": "", "interpreter": "", "support": "", "ride": "", "childcare": "", "access": ""},
}
"""How the mother is reached and what helps her to take part. Empty: a mark."""


@dataclass
class Way(Walker):
    """Every step of the way, in the order in which people take them."""

    def install(self) -> None:
        """The first account by command; the administrator sets up the region."""
        self.server.clock.set(MONDAY)
        admin = Person("administrator", "paakayttaja@example.org", self.mark("administrator name"))
        link = self.server.command(
            "account", "create", "--region", "04", "--name", admin.name, "--address", admin.address
        ).strip()
        self.people["administrator"] = admin
        self.server.start()
        self.first_sign_in(admin, link)

    def set_up(self) -> None:
        hand = self.people["administrator"].hand
        hand.go("/region/")
        hand.fill("help_phone", "040 000 1234")
        hand.tick("face_to_face")
        hand.submit()
        for kind, name in (("sector", "Toimiala A"), ("sector", "Toimiala B"), ("controller", "Hyvinvointialue")):
            hand.go(f"/region/places/new/{kind}/")
            hand.fill("name_fi", name)
            hand.submit()
        for name, sector in (
            ("Koulu", "Toimiala A"),
            ("Perhekeskus", "Toimiala B"),
            ("Päiväkoti", "Toimiala B"),
            ("Työpaja", "Toimiala B"),
        ):
            hand.go("/region/places/new/unit/")
            hand.fill("name_fi", name)
            hand.select("sector", sector)
            hand.submit()
        self.finds_nothing_wrong(hand)
        for role, key, unit in (
            ("coordinator", "coordinator", ""),
            ("worker", "worker", "Koulu"),
            ("worker", "invited", "Perhekeskus"),
            ("consultant", "lead", "Päiväkoti"),
            ("consultant", "writer", "Työpaja"),
        ):
            self.give_seat(role, key, unit)

    def give_seat(self, role: str, key: str, unit: str) -> None:
        admin = self.people["administrator"].hand
        person = Person(role, f"{key}@example.org", self.mark(f"{key} name"))
        admin.go("/region/seats/new/")
        admin.fill("name", person.name)
        admin.fill("address", person.address)
        admin.choose("role", role)
        if unit:
            admin.select("unit", unit)
        admin.fill("title", self.mark(f"{key} title"))
        admin.choose("language", self.language)
        mail = self.mailed(person.address, admin.submit)
        self.people[key] = person
        self.first_sign_in(person, link_in(mail))

    # ------------------------------------------------------------ the way

    def order(self) -> None:
        hand = self.people["worker"].hand
        hand.go("/orders/new/")
        self.finds_nothing_wrong(hand)
        hand.press('a[href="/orders/new/meeting/"]')
        hand.press('button[name="told"]')
        for names, choices in ORDER_PAGES:
            for name in names:
                hand.fill(name, self.mark(f"order {name}"))
            for name, value in choices.items():
                hand.choose(name, value)
            self.finds_nothing_wrong(hand)
            hand.submit()
        self.matter = re.search(r"/matters/([0-9a-f-]+)/", hand.page.url).group(1)  # type: ignore[union-attr]
        assert self.marks["order worry"] in hand.text
        self.finds_nothing_wrong(hand)

    def accept(self) -> None:
        hand = self.people["coordinator"].hand
        hand.go("/today/")
        self.finds_nothing_wrong(hand)
        hand.press(f'a[href="/matters/{self.matter}/acceptance/"]')
        assert self.marks["order worry"] in hand.text
        hand.select("method", "")
        hand.select("method", "dialog")
        hand.select("controller", "Hyvinvointialue")
        hand.choose("ground", "shl41")
        hand.submit()

    def find_pair(self) -> None:
        hand = self.people["coordinator"].hand
        for part in ("lead", "writer"):
            hand.go(f"/matters/{self.matter}/pair/")
            self.finds_nothing_wrong(hand)
            title = self.marks[f"{part} title"]
            hand.press(f'li.card:has-text("{title}") button[value="{part}"]')
        for part in ("lead", "writer"):
            consultant = self.people[part].hand
            consultant.go("/today/")
            self.finds_nothing_wrong(consultant)
            consultant.press('a[href^="/offers/"]')
            assert self.marks["order worry"] not in consultant.text
            self.finds_nothing_wrong(consultant)
            consultant.press('button[value="accept"]')

    def gather(self) -> None:
        lead, coordinator = self.people["lead"].hand, self.people["coordinator"].hand
        lead.go(f"/matters/{self.matter}/topic/")
        lead.fill("topic", self.mark("topic"))
        lead.fill("called", self.mark("called"))
        lead.submit()
        coordinator.go(f"/matters/{self.matter}/people/new/own/")
        self.finds_nothing_wrong(coordinator)
        coordinator.fill("name", self.mark("mother name"))
        coordinator.fill("surname", self.mark("mother surname"))
        coordinator.fill("relation", self.mark("mother relation"))
        coordinator.fill("why", self.mark("mother why"))
        coordinator.choose("language", self.mothers_language)
        coordinator.submit()
        for page, typed in MOTHERS_PAGES.items():
            coordinator.go(f"/matters/{self.matter}/people/")
            coordinator.press(f'li.card:has-text("{self.marks["mother name"]}") a[href$="/{page}/"]')
            self.finds_nothing_wrong(coordinator)
            for name, text in typed.items():
                coordinator.fill(name, text or self.mark(f"mother {name}"))
            coordinator.submit()
        lead.go(f"/matters/{self.matter}/people/new/own/")
        lead.fill("name", self.mark("child name"))
        lead.choose("language", self.language)
        lead.tick("answers_times", on=False)
        lead.submit()
        for worker in ("invited", "worker"):
            lead.go(f"/matters/{self.matter}/people/new/professional/")
            lead.select("seat", self.people[worker].name)
            lead.fill("why", self.mark(f"{worker} why"))
            lead.submit()
        for _ in SPEAKERS:
            lead.go(f"/matters/{self.matter}/people/")
            lead.press('button[name="how"][value="face"]')
        self.finds_nothing_wrong(lead)

    def ask_times(self) -> None:
        hand = self.people["coordinator"].hand
        hand.go(f"/matters/{self.matter}/times/")
        for number in (1, 2):
            hand.fill(f"day{number}", (MONDAY + timedelta(days=7 + number)).strftime("%Y-%m-%d"))
            hand.fill(f"clock{number}", "14:00")
        hand.fill("minutes", "150")
        hand.fill("place", self.mark("place"))
        self.finds_nothing_wrong(hand)
        mail = self.mailed("aiti@example.org", hand.submit)
        self.meeting = re.search(r"/meetings/([0-9a-f-]+)/", hand.page.url).group(1)  # type: ignore[union-attr]
        self.link = link_in(mail)
        self.mother_comes_in(self.link)

    def mother_comes_in(self, link: str) -> None:
        mother = self.mother = self.new_hand()
        mother.go(link)
        self.finds_nothing_wrong(mother)
        mother.press('form[action="/i/"] button')
        mother.press('a[href="/own/code/sending/"]')
        mother.choose("channel", "address")
        mail = self.mailed("aidin.toinen@example.org", mother.submit)
        self.finds_nothing_wrong(mother)
        mother.fill("code", code_in(mail))
        mother.submit()
        assert mother.page.url.endswith("/own/"), mother.page.url
        self.finds_nothing_wrong(mother)
        assert self.marks["mother name"] in mother.text
        assert self.marks["topic"] not in mother.text

    def answer(self) -> None:
        """The family first, then the others about what suits the family."""
        mother, invited, worker = self.mother, self.people["invited"].hand, self.people["worker"].hand
        mother.press('button[name="answer"][value$=":well"]')
        mother.press('a[href="/own/time/"]')
        self.finds_nothing_wrong(mother)
        mother.press('button[name="answer"][value$=":cannot"]:not([aria-pressed]) >> nth=1')
        coordinator = self.people["coordinator"].hand
        coordinator.go("/today/")
        coordinator.press(f'a[href="/meetings/{self.meeting}/answers/"]')
        self.finds_nothing_wrong(coordinator)
        coordinator.press('form[action$="/asking/"] button')
        for hand in (invited, worker):
            hand.go("/today/")
            hand.press(f'a[href="/meetings/{self.meeting}/answer/"]')
            self.finds_nothing_wrong(hand)
            time = hand.page.locator('main input[type="radio"]').first.get_attribute("name")
            hand.choose(time, "if_needed")
            hand.submit()
        assert self.marks["order worry"] not in invited.text

    def choose_and_invite(self) -> None:
        hand = self.people["coordinator"].hand
        hand.go("/today/")
        hand.press(f'a[href="/meetings/{self.meeting}/answers/"]')
        self.finds_nothing_wrong(hand)
        hand.press('a[href$="/choice/"]')
        self.finds_nothing_wrong(hand)
        hand.submit()
        assert hand.page.url.endswith("/invitations/"), hand.text
        self.finds_nothing_wrong(hand)
        send = 'main form:has(input[name="seen"]) button'
        self.invitation = self.mailed("invited@example.org", lambda: hand.press(send))
        self.family_invitation = self.server.post.wait("aiti@example.org")

    def meet(self) -> None:
        """The meeting: who is here, four turns, a line from each, nods."""
        lead, writer = self.people["lead"].hand, self.people["writer"].hand
        lead.go("/today/")
        lead.press(f'a[href="/meetings/{self.meeting}/beginning/"]')
        self.finds_nothing_wrong(lead)
        for box in lead.page.locator('[name="here"]').all():
            lead.check(box)
        lead.submit()
        self.finds_nothing_wrong(lead)
        for voice in SPEAKERS:
            lead.go(f"/meetings/{self.meeting}/board/")
            name = self.marks[f"{voice} name"]
            writer.go(f"/meetings/{self.meeting}/board/")
            self.ask(lead, name)
            if self.options.get("java_script_enabled", True):
                writer.page.locator("#now section").first.locator(
                    ".voice", has_text=name
                ).wait_for()  # the page follows by itself
                writer.page.locator("#write h2", has_text=name).wait_for()
            else:
                writer.go(f"/meetings/{self.meeting}/board/")
            writer.fill("text", self.mark(f"{voice} line"))
            writer.press('form[action$="/lines/"] button')
            assert self.marks[f"{voice} line"] in writer.text
            writer.press('button[formaction$="/nod/"]')
        self.finds_nothing_wrong(writer)

    def ask(self, lead: Hand, name: str) -> None:
        """Give the turn to that voice at the first question that is asked of it."""
        lead.press(f'.weave tr:has(th:has-text("{name}")) button[name="turn"]')

    def let_in(self, name: str) -> Hand:
        """The lead lets somebody in face to face; they type the digits on their own phone."""
        lead = self.people["lead"].hand
        lead.go(f"/matters/{self.matter}/people/")
        lead.press(f'li.card:has-text("{self.marks[name]}") a[href$="/admission/"]')
        self.finds_nothing_wrong(lead)
        lead.choose("reason", "known")
        lead.submit()
        digits = lead.page.locator(".big-code").inner_text()
        hand = self.new_hand()
        hand.go("/room/")
        self.finds_nothing_wrong(hand)
        hand.fill("code", digits)
        hand.submit()
        self.finds_nothing_wrong(hand)
        assert self.marks["topic"] in hand.text
        return hand

    def family_comes_in(self) -> None:
        """Each of the family reads what they said, and not what another said before the room has heard it."""
        self.child = self.let_in("child name")
        assert self.marks["child line"] in self.child.text
        self.mother = self.let_in("mother name")
        assert self.marks["mother line"] in self.mother.text

    def plan(self) -> None:
        writer = self.people["writer"].hand
        writer.go(f"/meetings/{self.meeting}/board/")
        writer.press('button[formaction$="/onwards/"]')
        plan = writer.page.url
        for voice in SPEAKERS:
            writer.go(plan)
            name = self.marks[f"{voice} name"]
            writer.press(f'li.card:has-text("{name}") a[href*="/rows/"]')
            for part in ("what", "with_whom", "by_when"):
                writer.fill(part, self.mark(f"{voice} {part}"))
            writer.tick("read")
            self.finds_nothing_wrong(writer)
            writer.submit()
        writer.press('a[href$="/onwards/"]')
        writer.fill("responsible", self.mark("responsible"))
        writer.fill("follow_up", self.mark("follow up"))
        writer.submit()
        self.finds_nothing_wrong(writer)
        sheet = writer.page.locator('a[href$="/sheet/"]').get_attribute("href")
        answer = writer.page.request.get(self.server.url + sheet)
        assert answer.headers["content-type"] == "application/pdf"
        self.pdf = answer.body()
        self.mother.go("/own/plan/")
        assert self.marks["mother what"] in self.mother.text
        self.finds_nothing_wrong(self.mother)
        writer.press('a[href$="/ending/"]')
        self.finds_nothing_wrong(writer)
        writer.submit()

    def look_back(self) -> None:
        """The next day: feedback by the invited worker, and by the mother with the link that she has."""
        self.server.clock.move(timedelta(days=1))
        invited = self.people["invited"]
        self.sign_in(invited)
        self.mother_comes_in(self.link)
        for hand in (invited.hand, self.mother):
            hand.go(f"/meetings/{self.meeting}/feedback/")
            self.finds_nothing_wrong(hand)
            for name, value in (("kuunneltiin", "yes"), ("turvallista", "partly"), ("suunnitelma", "yes")):
                hand.choose(name, value)
            hand.submit()
            self.finds_nothing_wrong(hand)

    def close(self) -> None:
        coordinator = self.people["coordinator"]
        self.sign_in(coordinator)
        coordinator.hand.go(f"/matters/{self.matter}/closing/")
        self.finds_nothing_wrong(coordinator.hand)
        coordinator.hand.submit()
        assert "2028" in coordinator.hand.text
        self.finds_nothing_wrong(coordinator.hand)
        ended = self.mother.page.request.get(f"{self.server.url}/own/")
        assert ended.status == 403
        assert self.marks["mother name"] not in ended.text()

    def whole(self) -> None:
        self.install()
        self.set_up()
        self.order()
        self.accept()
        self.find_pair()
        self.gather()
        self.ask_times()
        self.answer()
        self.choose_and_invite()
        self.meet()
        self.family_comes_in()
        self.plan()
        self.look_back()
        self.close()
