"""Whose hand makes a move: who asks, through which door, and what was said with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement

from services.referral.domain.consent import Consent
from services.referral.domain.disclosure import Sight, reveal, sight
from services.referral.domain.history import UNITS_OWN
from services.referral.domain.moves import TRANSCRIBED, Made, Move, Party, Verified
from services.referral.domain.nameless import check_nameless
from services.referral.domain.referral import Referral
from services.referral.storage.visible import sent_by, sent_to
from services.referral.storage.work import Work
from shared.clock import now
from shared.contracts.referral import ReferralEvent
from shared.contracts.referral_words import ContentField, Door
from shared.errors import Invalid, Stale
from shared.security.actor import Actor, ActorKind


class AnsweredWhen(Invalid):
    """An answer is dated before the referral was sent, or in the future."""

    code = "answered_when"
    id = "Waktu jawaban harus sesudah rujukan dikirim dan tidak di masa depan."
    en = "The answer must be dated after the referral was sent, and not in the future."


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One request to make a move. ``if_match`` is the version that the caller saw."""

    actor: Actor
    door: Door
    if_match: int | None = None
    note: str | None = None
    evidence: str | None = None
    answered_at: datetime | None = None


def partner_takes(
    work: Work, hand: Hand, referral_id: UUID, move: Move = Move.SEE
) -> tuple[Referral, Made]:
    """Return a referral for a partner's move, locked; by letter or phone an officer makes it.

    Raises NotFound, Stale, AnsweredWhen, the refusals of the table, and only then
    NoteNamesPerson: who may not make the move learns nothing from the note.
    """
    referral = work.referral_to_move(referral_id, _answered_by(hand))
    _check_seen(hand, referral)
    made = _made(work, hand, referral, Party.PARTNER)
    if hand.note is not None:
        referral.check_may(move, made)
        check_nameless(_names_known(work, hand, referral), note=hand.note)
    return referral, made


def ground_of(work: Work, hand: Hand, referral_id: UUID) -> Consent | None:
    """Return the consent that a partner's referral rests on, locked, or None for an override.

    Take it before the referral itself, in the order in which a withdrawal takes them.
    """
    consent_id = work.referrals.get(referral_id, _answered_by(hand)).consent_id
    return work.consent_to_use(consent_id) if consent_id is not None else None


def unit_takes(
    work: Work, hand: Hand, referral_id: UUID, move: Move, party: Party = Party.UNIT
) -> tuple[Referral, Made]:
    """Return a referral for a move of the unit that sent it, locked.

    Raises NotFound, Stale, and NoteNamesPerson for what the partner would read.
    """
    referral = work.referral_to_move(referral_id, sent_by(hand.actor))
    _check_seen(hand, referral)
    made = _made(work, hand, referral, party)
    if hand.note is not None and move not in UNITS_OWN:
        referral.check_may(move, made)
        check_nameless(work.contents.get(referral.id).fields, note=hand.note)
    return referral, made


def kept(work: Work, hand: Hand, referral: Referral, told: ReferralEvent) -> Referral:
    """Keep a move and write into the audit trail whose it was; ``told`` is its event."""
    move = referral.entries[-1].move
    work.keep(referral, told)
    work.audit.wrote(hand.actor, f"referral.{move}", "referral", [referral.id])
    return referral


def _answered_by(hand: Hand) -> ColumnElement[bool]:
    recorded = hand.door in TRANSCRIBED
    return sent_by(hand.actor) if recorded else sent_to(hand.actor)


def _names_known(work: Work, hand: Hand, referral: Referral) -> Mapping[ContentField, str]:
    # Comparing a note with names that its writer does not see would let her guess them.
    content = work.contents.get(referral.id)
    if hand.door in TRANSCRIBED:
        return content.fields
    ended = referral.access_ended_at is not None
    if sight(referral.standing, ended=ended) is not Sight.FULL:
        return {}
    return reveal(content, work.disclosures.get(referral.id))


def _check_seen(hand: Hand, referral: Referral) -> None:
    if hand.if_match is not None and hand.if_match != referral.version:
        raise Stale


def _made(work: Work, hand: Hand, referral: Referral, party: Party) -> Made:
    present = work.clock.now(referral.unit_id)
    at = hand.answered_at or present
    if at > present or (referral.requested_at and at < referral.requested_at):
        raise AnsweredWhen(fields={"answered_at": ["out_of_range"]})
    return Made(
        party=party,
        door=hand.door,
        at=at,
        by=hand.actor.id,
        verified=_verified(hand),
        note=hand.note,
        evidence=hand.evidence,
        recorded_at=now(),
    )


def _verified(hand: Hand) -> Verified:
    if hand.door in TRANSCRIBED:
        return Verified.EVIDENCE
    return Verified.MACHINE_KEY if hand.actor.kind is ActorKind.MACHINE else Verified.SIGNED_IN
