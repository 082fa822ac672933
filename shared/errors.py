"""Errors a person can act on: HTTP status, stable code, a sentence in both languages.

RajutError                      400  bad_request
  Invalid                       422  invalid
  NotSignedIn                   401  not_signed_in
    TokenRevoked                401  token_revoked
  NotAllowed                    403  not_allowed
    SecondPersonNeeded          403  second_person_needed
  NotFound                      404  not_found
  Conflict                      409  conflict
    MoveNotAllowed              409  move_not_allowed
    AlreadyThere                409  already_there
    KeyReused                   409  idempotency_key_reused
    NotYetKnown                 409  not_yet_known
  Stale                         412  stale
  TooLarge                      413  too_large
  ConditionMissing              428  condition_missing
  KeyMissing                    400  idempotency_key_missing
  TooMany                       429  too_many
  Unavailable                   503  unavailable
    AuditUnavailable            503  audit_unavailable
"""

from collections.abc import Mapping
from typing import ClassVar, Self


class Said(str):
    """A sentence in Indonesian that brings its English along."""

    en: str

    def __new__(cls, indonesian: str, english: str) -> Self:
        """Keep both; as a text it is the Indonesian one."""
        made = super().__new__(cls, indonesian)
        made.en = english
        return made


class RajutError(Exception):
    """Base of every error that is a message to the caller, not a fault of ours.

    ``fields`` names the fields that are wrong: path (``persons.0.sex``) to a list of messages.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    id: ClassVar[str] = "Permintaan tidak dapat dibaca."
    en: ClassVar[str] = "The request cannot be read."

    def __init__(
        self, note: str = "", *, fields: Mapping[str, list[str]] | None = None, **named: object
    ) -> None:
        super().__init__(note or self.code)
        self.note = note
        self.fields = dict(fields or {})
        self.named = named
        #: What another service already said, when the error came from there.
        self.told: Mapping[str, str] = {}

    def says(self, language: str) -> str:
        """Return the sentence for the caller in ``id`` or ``en``."""
        if language in self.told:
            return self.told[language]
        sentence = self.en if language == "en" else self.id
        return sentence.format(**self.named) if self.named else sentence


class Invalid(RajutError):
    """Some fields are not right; nothing was changed."""

    status = 422
    code = "invalid"
    id = "Ada isian yang belum benar. Tidak ada yang berubah."
    en = "Some fields are not right. Nothing was changed."


class NotSignedIn(RajutError):
    """No token, or one that does not hold."""

    status = 401
    code = "not_signed_in"
    id = "Anda belum masuk, atau masa masuk Anda telah habis."
    en = "You are not signed in, or your session has ended."


class TokenRevoked(NotSignedIn):
    """The token was good and has been taken back."""

    code = "token_revoked"
    id = "Akses ini telah dicabut."
    en = "This access has been revoked."


class NotAllowed(RajutError):
    """The caller may not do this."""

    status = 403
    code = "not_allowed"
    id = "Anda tidak berwenang melakukan ini."
    en = "You may not do this."


class SecondPersonNeeded(NotAllowed):
    """A step that needs four eyes was tried by the same person twice."""

    code = "second_person_needed"
    id = "Langkah ini memerlukan orang kedua."
    en = "This step needs a second person."


class NotFound(RajutError):
    """Nothing by that identifier is visible to the caller."""

    status = 404
    code = "not_found"
    id = "Tidak ditemukan."
    en = "Not found."


class Conflict(RajutError):
    """The request does not fit the present state."""

    status = 409
    code = "conflict"
    id = "Permintaan tidak sesuai dengan keadaan sekarang."
    en = "The request does not fit the present state."


class MoveNotAllowed(Conflict):
    """The step does not follow from where the case or referral stands."""

    code = "move_not_allowed"
    id = "Langkah “{move}” tidak dapat dilakukan saat {what} berada pada “{standing}”."
    en = "{what} cannot {move} while {standing}."

    def __init__(self, what: str, move: str, standing: str) -> None:
        super().__init__(
            f"{what} cannot {move} while {standing}", what=what, move=move, standing=standing
        )


class AlreadyThere(Conflict):
    """Such a thing exists already."""

    code = "already_there"
    id = "Sudah ada."
    en = "It exists already."


class KeyReused(Conflict):
    """The idempotency key was used before with another request."""

    code = "idempotency_key_reused"
    id = "Idempotency-Key ini sudah dipakai untuk permintaan lain."
    en = "This Idempotency-Key was used for another request."


class NotYetKnown(Conflict):
    """Another service has not told us of this yet; the caller tries again shortly."""

    code = "not_yet_known"
    id = "Belum sampai di layanan ini. Coba lagi sebentar."
    en = "Not known here yet. Try again shortly."


class Stale(RajutError):
    """The thing was changed by somebody else since it was read."""

    status = 412
    code = "stale"
    id = "Sudah diubah orang lain. Muat ulang, lalu coba lagi."
    en = "Changed by somebody else. Load it again and try once more."


class TooLarge(RajutError):
    """The body is larger than this address takes."""

    status = 413
    code = "too_large"
    id = "Isi permintaan terlalu besar."
    en = "The body is too large."


class ConditionMissing(RajutError):
    """A change was asked for without If-Match."""

    status = 428
    code = "condition_missing"
    id = "Header If-Match wajib ada."
    en = "The If-Match header is required."


class KeyMissing(RajutError):
    """A machine posted without an Idempotency-Key."""

    code = "idempotency_key_missing"
    id = "Header Idempotency-Key wajib ada."
    en = "The Idempotency-Key header is required."


class TooMany(RajutError):
    """Too many tries in too short a time."""

    status = 429
    code = "too_many"
    id = "Terlalu banyak percobaan. Tunggu sebentar."
    en = "Too many tries. Wait a little."


class Unavailable(RajutError):
    """Something we need does not answer."""

    status = 503
    code = "unavailable"
    id = "Layanan sedang tidak tersedia. Tidak ada yang hilang; coba lagi sebentar."
    en = "The service is not available now. Nothing was lost; try again shortly."


class AuditUnavailable(Unavailable):
    """What happened could not be written down, so it did not happen."""

    code = "audit_unavailable"
