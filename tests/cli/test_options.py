"""What the options spell out, so that parsing them imports nothing, is what the code accepts."""

import subprocess
import sys
from typing import get_args

import click

from kanwu.cli import main, options, outputs
from kanwu.documents.document import Markup
from kanwu.engine.finding import Severity
from kanwu.reporters.base import FORMATS


def test_formats_and_severities_are_those_that_there_are():
    assert outputs.OUTPUT_FORMATS == FORMATS
    assert set(options.SEVERITIES) == set(Severity)
    assert set(options.MARKUPS) == set(get_args(Markup))


def test_every_offered_command_is_there_and_says_the_same_of_itself():
    context = click.Context(main.kanwu)
    for name in main.Commands.offered:
        command = main.kanwu.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.help


def test_help_loads_nothing_heavy():
    program = (
        "import sys; from kanwu.cli.main import main; sys.argv = ['kanwu', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'rich', 'numpy', 'regex', 'opencc', 'pathspec', 'sqlite3', 'kanwu.engine', 'kanwu_rules'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "loaded: []" in done.stdout


def test_small_check_loads_nothing_heavy(seeds):
    program = (
        "import sys; from kanwu.cli.main import main; sys.argv = ['kanwu', 'check', '-q', sys.argv[1]]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'rich.console', 'numpy', 'regex', 'opencc', 'pathspec', 'sqlite3',"
        " 'importlib.metadata', 'hashlib'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(min(seeds.glob("003*")))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "loaded: []" in done.stdout, done.stdout
