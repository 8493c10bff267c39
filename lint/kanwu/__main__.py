"""`python -m kanwu`."""

import sys

if __name__ == "__main__":
    # `-m` puts the working folder, which may be the folder being linted, first among the places
    # that Python imports from. Nothing that lies there is to be run.
    if not sys.flags.safe_path:
        del sys.path[0]

    from kanwu.cli.main import main

    main()
