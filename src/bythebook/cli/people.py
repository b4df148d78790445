"""`bythebook people`: who may come in, for whoever runs the installation and for whoever is locked out."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from typing import Final

from bythebook.bootstrap import open_store
from bythebook.cli.common import add_database, explained, settings_of
from bythebook.engine.decide import Refused
from bythebook.letting_in import access_of, link
from bythebook.service.household import CannotDo, Household, UnknownPerson
from bythebook.service.people import Account, NameTaken, Person, Role
from bythebook.settings import Settings

TERMINAL: Final = Person("terminal", frozenset({Role.ADMINISTRATOR}))
"""Who does it, as the log of access names them: whoever can read the database could write to it anyway."""

HOW: Final = """\
  bythebook people                                  who there is
  bythebook people add "Ada Lovelace" --role lead --role human
                                                    a link for somebody new, good once
  bythebook people reset "Ada Lovelace"             a link to choose another password
  bythebook people disable "Ada Lovelace"           shut somebody out, at once; `enable` lets them in again

Links begin with BYTHEBOOK_PUBLIC_URL, or with --url.
"""

COMMANDS: Final = ("list", "add", "reset", "disable", "enable")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = HOW
    parser.add_argument("what", nargs="?", choices=COMMANDS, default="list", help="what to do (default: list)")
    parser.add_argument("name", nargs="?", default="", help="whom to do it to")
    parser.add_argument(
        "--role", action="append", choices=[role.value for role in Role], help="what somebody new is here for"
    )
    parser.add_argument("--url", help="where the installation is reached, for links")
    add_database(parser)
    parser.add_argument("--json", action="store_true", help="tell it as JSON")


def run(arguments: argparse.Namespace) -> int:
    """List people, or change one."""

    def work() -> int:
        settings = settings_of(arguments)
        if arguments.what != "list" and not arguments.name:
            raise Refused(f'say whom: bythebook people {arguments.what} "NAME"')
        if arguments.what == "add" and not arguments.role:
            raise Refused(f"say what for: --role {' or --role '.join(role.value for role in Role)}")
        with closing(open_store(settings)) as store:
            return _do(Household(access_of(settings, store)), settings, arguments)

    return explained(work)


def _do(household: Household, settings: Settings, arguments: argparse.Namespace) -> int:
    name: str = arguments.name
    try:
        match arguments.what:
            case "add":
                roles = frozenset(map(Role, arguments.role))
                _link(household.invite(name, roles, TERMINAL), name, settings, arguments)
            case "reset":
                _link(household.reset(name, TERMINAL.name), household.known(name).name, settings, arguments)
            case "disable":
                household.disable(name, TERMINAL.name)
                _told(household.known(name), arguments)
            case "enable":
                household.enable(name, TERMINAL.name)
                _told(household.known(name), arguments)
            case _:
                _list(household, arguments)
    except UnknownPerson as unknown:
        known = ", ".join(account.name for account in household.access.people.everyone()) or "nobody yet"
        raise Refused(f"there is no {str(unknown)!r}; known are: {known}") from None
    except NameTaken:
        raise Refused(
            f'there is a {name!r} already; `bythebook people reset "{name}"` makes a link for them'
        ) from None
    except CannotDo as why:
        raise Refused(str(why)) from None
    return 0


def _link(secret: str, name: str, settings: Settings, arguments: argparse.Namespace) -> None:
    base = arguments.url or settings.public_url or f"http://{settings.host}:{settings.port}"
    shown = link(base, secret)
    if arguments.json:
        print(json.dumps({"name": name, "link": shown}))
    else:
        print(f"a link for {name}, good once and for a week:\n  {shown}")


def _list(household: Household, arguments: argparse.Namespace) -> None:
    everyone = household.access.people.everyone()
    if arguments.json:
        print(json.dumps([_as_data(account) for account in everyone]))
        return
    for account in everyone:
        print(_line(account))
    if not everyone:
        print("nobody yet: `bythebook serve` prints a link for the first administrator", file=sys.stderr)


def _told(account: Account, arguments: argparse.Namespace) -> None:
    print(json.dumps(_as_data(account)) if arguments.json else _line(account))


def _line(account: Account) -> str:
    return "  ".join((account.name, ", ".join(_roles(account)), _state(account)))


def _as_data(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "roles": _roles(account),
        "state": _state(account),
        "created_at": account.created_at.isoformat(timespec="seconds"),
    }


def _roles(account: Account) -> list[str]:
    return [role.value for role in Role if role in account.roles]


def _state(account: Account) -> str:
    if account.disabled_at is not None:
        return "shut out"
    return "may come in" if account.password is not None else "no password yet"
