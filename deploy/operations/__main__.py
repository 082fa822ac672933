"""``python -m deploy.operations``: the ``rajut`` command."""

from deploy.operations.command import rajut


def main() -> None:
    """Run the command."""
    rajut(prog_name="rajut")


if __name__ == "__main__":
    main()
