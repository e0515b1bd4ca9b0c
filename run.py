"""Sets up everything and runs the demo shop or the tests; needs nothing but Python.

python run.py demo       the shop, its worker and the sandbox Hub on 127.0.0.1:8000 (PORT= moves it)
python run.py check      the linters and the fast tests, in a minute and a half
python run.py lint       the linters alone
python run.py test       every test; further arguments go to pytest
python run.py endurance  the long proofs of docs/reference/reliability.md, or the one that is named
python run.py docs       the documentation as a site, in var/docs

With --own-database the demo runs on the database that DATABASE_URL names, and puts neither products nor a
user into it.
"""

import sys

from launch import OLDEST, SUPPORTED, TOO_NEW


def main(arguments):
    if not OLDEST <= sys.version_info[:3] < TOO_NEW:
        print("Python " + SUPPORTED + " is needed; this is " + sys.version.split()[0] + ".", file=sys.stderr)
        return 1
    from launch.checking import check, lint
    from launch.demo import demo
    from launch.documentation import docs
    from launch.testing import endurance, test

    commands = {
        "demo": demo,
        "check": check,
        "lint": lint,
        "test": test,
        "endurance": endurance,
        "docs": docs,
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 2
    return commands[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
