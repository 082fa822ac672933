"""``python -m deploy.standalone`` serves the whole network on one port."""

import sys

from deploy.standalone.command import serve


def main() -> None:
    """Serve until stopped."""
    sys.exit(serve(sys.argv[1:]))


if __name__ == "__main__":
    main()
