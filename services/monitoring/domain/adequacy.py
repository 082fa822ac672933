"""Whether the help is too little, enough or too much, as two people see it.

Seed 000, step 5: the case manager keeps in touch with the providers "bertujuan untuk memastikan
kebutuhan pendampingan/pengobatan korban cukup atau berlebih", and says whether the person gets
too little "atau bahkan kelebihan".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from shared.contracts.vocabulary import Adequacy, InadequacyCause, Service

#: The stricter of two views counts (domain.md, 2.5). Too little comes first, since somebody
#: goes without help; too much also obliges us to act (R2); a view that is still to come keeps
#: the question open, so it outweighs "enough", which alone lets the plan go on.
STRICTEST_FIRST: Final = (Adequacy.KURANG, Adequacy.BERLEBIH, Adequacy.BELUM, Adequacy.CUKUP)

#: Judgements that send the case back, and must therefore name their cause (CL22).
WITH_CAUSE: Final = frozenset({Adequacy.KURANG, Adequacy.BERLEBIH})


def stricter(one: Adequacy, other: Adequacy) -> Adequacy:
    """Return the view that counts."""
    return min(one, other, key=STRICTEST_FIRST.index)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Whether one service is too little, enough or too much, as two people see it."""

    service: Service
    referral_id: UUID | None
    manager_view: Adequacy
    person_view: Adequacy
    cause: InadequacyCause | None = None
    next_check_on: date | None = None

    @property
    def counts(self) -> Adequacy:
        """The judgement that counts."""
        return stricter(self.manager_view, self.person_view)

    @property
    def views_differ(self) -> bool:
        """Say whether the person sees it otherwise; both views are then shown."""
        return self.manager_view is not self.person_view

    def wrong(self, *, on: date) -> Iterator[tuple[str, str]]:
        """Yield the fields that do not fit the judgement, with the code of the message."""
        if (self.cause is None) == (self.counts in WITH_CAUSE):
            yield "cause", "required" if self.cause is None else "not_wanted"
        if self.counts is Adequacy.BELUM and self.next_check_on is None:
            yield "next_check_on", "required"
        if self.next_check_on is not None and self.next_check_on <= on:
            yield "next_check_on", "not_after"
