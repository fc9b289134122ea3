"""One person walks through the pages of the demo in one look, and each page they come to is looked at.

A visit knows where to go and what to send. Whether a browser draws each page, or only what is new, its hand and its
eyes know.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from doors import table
from journeys import crawl
from journeys.browsing import Browsing
from journeys.looks import Look
from journeys.reader import Reader

PASSWORD = "neljä sanaa yhdessä rivissä"


def answered(method: str, kind: str, *answers: int) -> set[str]:
    """The addresses that give one of `answers` to that kind of seat."""
    place = list(table.KINDS).index(kind)
    return {line.name for line in table.read() if line.method == method and line.answers[place] in answers}


@dataclass
class Visit:
    """eyes: what is wrong with the page in that hand. faults: {what is wrong: where it was first}."""

    hand: Reader | Browsing
    eyes: Callable[..., list[str]]
    kind: str
    look_of_it: Look
    seen: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    faults: dict[str, str] = field(default_factory=dict)

    def speak(self) -> None:
        """Choose the language. Signing out forgets it."""
        self.hand.remember("kudelma-language", self.look_of_it.language)

    def sit(self, seat: str) -> None:
        """Press the button of `seat`; «nobody» presses none."""
        self.hand.go("/demo/")
        if seat != "nobody":
            self.hand.press(f'button[value="{seat}"]')

    def look(self) -> None:
        path = self.hand.path
        self.seen.add(crawl.name_of(path))
        for fault in self.eyes(self.hand, self.look_of_it):
            self.faults.setdefault(fault, path)

    def look_everywhere(self, *starts: str, most: int = crawl.MOST_OF_A_KIND) -> None:
        for _ in crawl.walk(self.hand, starts, most):
            self.look()
            self.send_empty()

    def send_empty(self) -> None:
        """Each form of this page that is refused when nothing is filled in, once."""
        place, refused = self.hand.place, answered("POST", self.kind, 422)
        for number, action in enumerate(self.hand.actions()):
            name = crawl.name_of(action)
            if name in refused - self.sent:
                self.sent.add(name)
                self.hand.return_to(place)
                status = self.hand.send_empty(number)
                assert status == 422, f"{name} answers {status}"
                self.look()

    def look_and_send_empty(self) -> None:
        place = self.hand.place
        self.look()
        self.send_empty()
        self.hand.return_to(place)

    def submit(self) -> None:
        """Send the form of the page and look at what comes."""
        self.hand.submit()
        self.look()

    def sign_in(self, address: str) -> None:
        self.speak()
        self.hand.go("/sign-in/")
        self.hand.fill("login", address)
        self.hand.fill("password", PASSWORD)
        self.submit()

    def leave(self) -> None:
        self.hand.go("/closed/")
        self.look()
