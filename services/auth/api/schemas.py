"""What goes over the wire: institutions, people, machines, sessions."""

from typing import Any

import marshmallow as ma
from marshmallow import fields
from marshmallow.validate import Length

from services.auth.domain import institution, machine, person
from shared.contracts.event import Publisher
from shared.contracts.roles import Role
from shared.contracts.vocabulary import InstitutionKind
from shared.http.schemas import Strict

_NAME = Length(min=1, max=120)


class NewInstitutionSchema(Strict):
    """An institution to be registered."""

    kind = fields.Enum(InstitutionKind, by_value=True, required=True)
    name = fields.String(required=True, validate=_NAME)


class InstitutionSchema(Strict):
    """An institution of the network."""

    id = fields.UUID()
    kind = fields.Enum(InstitutionKind, by_value=True)
    name = fields.String()
    standing = fields.Enum(institution.Standing, by_value=True)
    registered_at = fields.AwareDateTime()


class RolesSchema(Strict):
    """The roles of somebody, all of them."""

    roles = fields.List(fields.Enum(Role, by_value=True), required=True, validate=Length(1, 10))


class NewPersonSchema(RolesSchema):
    """Somebody to be invited."""

    institution_id = fields.UUID(required=True)
    name = fields.String(required=True, validate=_NAME)
    sign_in = fields.String(required=True, validate=Length(3, 64))


class NameSchema(Strict):
    """Somebody's name, as colleagues may read it."""

    id = fields.UUID()
    name = fields.String()
    roles = fields.Method("sorted_roles")
    standing = fields.Enum(person.Standing, by_value=True)

    def sorted_roles(self, thing: Any) -> list[str]:
        """Return the codes of the roles in a stable order."""
        return sorted(thing.roles)


class PersonSchema(NameSchema):
    """Somebody who signs in, as an administrator sees her."""

    institution_id = fields.UUID()
    sign_in = fields.String()
    since = fields.AwareDateTime()


class InvitedSchema(Strict):
    """Somebody invited; the code is shown this once and told in person."""

    person = fields.Nested(PersonSchema)
    code = fields.String(
        allow_none=True,
        metadata={"description": "Good once, for 72 hours. Null: a second administrator agrees."},
    )


class KeySchema(ma.Schema):
    """A public EC P-256 key (RFC 7517). Members we do not use are left out."""

    class Meta:
        """A JWK may carry members that we do not know (RFC 7517, section 4)."""

        unknown = ma.INCLUDE

    kty = fields.String(required=True)
    crv = fields.String()
    x = fields.String()
    y = fields.String()
    kid = fields.String()


class KeySetSchema(ma.Schema):
    """Public keys by value; none is ever fetched from an address."""

    class Meta:
        """A key set may carry members that we do not know (RFC 7517, section 5)."""

        unknown = ma.EXCLUDE

    keys = fields.List(fields.Nested(KeySchema), required=True, validate=Length(1, 2))


class NewMachineSchema(Strict):
    """A partner's system to be registered. Without keys it gets a secret, shown once."""

    institution_id = fields.UUID(required=True)
    name = fields.String(required=True, validate=_NAME)
    jwks = fields.Nested(KeySetSchema)


class HeldKeySchema(Strict):
    """A public key that is held."""

    kid = fields.String()
    kty = fields.String()
    crv = fields.String()
    x = fields.String()
    y = fields.String()


class MachineSchema(Strict):
    """A partner's system, an OAuth client."""

    id = fields.UUID()
    client_id = fields.String()
    institution_id = fields.UUID(allow_none=True)
    name = fields.String()
    standing = fields.Enum(machine.Standing, by_value=True)
    audiences = fields.List(fields.Enum(Publisher, by_value=True))
    keys = fields.List(fields.Nested(HeldKeySchema))
    registered_at = fields.AwareDateTime()


class RegisteredMachineSchema(Strict):
    """A machine just registered, with its secret when it has no key."""

    machine = fields.Nested(MachineSchema)
    secret = fields.String(allow_none=True, metadata={"description": "Shown this once."})


class SessionSchema(Strict):
    """One sign-in through one front."""

    id = fields.UUID()
    started_at = fields.AwareDateTime()
    last_used_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
