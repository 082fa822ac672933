"""``rajut code``: the six digits of a device, for the sign-ins that ``make demo`` prints."""

import click
import pyotp


@click.command()
@click.argument("secret")
def code(secret: str) -> None:
    """Print the digits that a device with this SECRET shows now."""
    try:
        click.echo(pyotp.TOTP(secret.replace(" ", "")).now())
    except ValueError:
        raise click.ClickException("not a device secret") from None
