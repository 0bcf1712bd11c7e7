"""``python -m kg``: the same as the command ``kg``."""

from typing import NoReturn

from kg.thrift import run_lean


def main() -> NoReturn:
    """Run the command line in a process that is made lean before anything is loaded."""
    run_lean()
    from kg import cli

    cli.main()


if __name__ == "__main__":
    main()
