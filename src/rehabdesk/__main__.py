"""The command line: `rehabdesk demo | verify | open | check` (product.md, "The command line").

Only parsing and dispatch live here. What a command needs is imported when it runs, so that help and wrong use answer at
once and load neither Qt nor any cryptography.
"""

import argparse
import os
import sys

from rehabdesk import __version__
from rehabdesk.core.errors import RehabDeskError, UserError

TYPE_CHECKING = False  # as of `typing`, which takes longer to load than all that is needed for an answer
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Any, NoReturn, TypeAlias

    from rehabdesk.core.process import ChildLimits, ReadyChild

    Words: TypeAlias = Callable[[str], str]

DONE, NO, CANNOT_SAY, WRONG_USE = 0, 1, 2, 64
"""Exit statuses of every command (product.md)."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal. argparse would load what copies and packs folders, only to ask for that."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """Of the terminal, or as the environment says; 80 where there is none."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told):
        return int(told)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


class _Parser(argparse.ArgumentParser):
    """argparse with the exit status that RehabDesk promises for wrong use, and one sentence for it.

    `tr` gives the words of the headings and of the help.
    """

    def __init__(self, tr: "Words", **words: "Any") -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **words)
        self._positionals.title, self._optionals.title = tr("positional arguments"), tr("options")
        self.add_argument("-h", "--help", action="help", help=tr("show this help and exit"))

    def error(self, message: str) -> "NoReturn":
        self.exit(WRONG_USE, f"{self.prog}: {message}. Try `{self.prog} --help`.\n")


def main(arguments: "Sequence[str]") -> int:
    """Runs one command and gives its exit status; a known failure is one sentence on stderr."""
    if arguments and arguments[0] in _CHILDREN:
        return _CHILDREN[arguments[0]]()
    parser = _parser(_words_for(arguments))
    chosen = parser.parse_args(arguments)
    from rehabdesk.core.process import harden_this_process

    run_command: Callable[[argparse.Namespace], int] = chosen.run
    harden_this_process()
    try:
        return run_command(chosen)
    except UserError as problem:
        print(problem.sentence, file=sys.stderr)
        return WRONG_USE
    except RehabDeskError as problem:
        print(problem.sentence, file=sys.stderr)
        return CANNOT_SAY
    except KeyboardInterrupt:
        print("Stopped. What was reported as done stays done.", file=sys.stderr)
        return CANNOT_SAY


def _words_for(arguments: "Sequence[str]") -> "Words":
    """For help in French or Arabic the words of its catalogue; else those that stand here, and nothing is loaded."""
    said = " ".join(arguments).replace("--lang=", "--lang ") + " "
    language = said.rpartition("--lang ")[2][:3].rstrip()
    if language not in ("fr", "ar") or not {"-h", "--help"} & set(arguments):
        return str
    from rehabdesk.core import resources
    from rehabdesk.core.i18n import tr, use_language

    use_language(language, resources.path("i18n"))
    return tr


def _parser(tr: "Words") -> argparse.ArgumentParser:
    parser = _Parser(
        tr,
        prog="rehabdesk",
        description=tr("An offline desk for rehabilitation and reintegration work, and signed handover packets."),
        epilog=_epilog(tr),
    )
    parser.add_argument(
        "--version", action="version", version=f"RehabDesk {__version__}", help=tr("show the version and exit")
    )
    _add_window(parser, tr)
    commands = parser.add_subparsers(dest="command", metavar="command", parser_class=_Parser)
    _add_demo(commands, tr)
    _add_verify(commands, tr)
    _add_open(commands, tr)
    _add_check(commands, tr)
    return parser


def _epilog(tr: "Words") -> str:
    return tr(
        "exit status: 0 done or genuine or healthy; 1 the answer is no; 2 cannot say, or it could not be done;\n"
        "64 wrong use, or a file or folder that cannot be read."
    )


def _path(word: str) -> "Path":
    from pathlib import Path

    return Path(word)


def _add_window(parser: _Parser, tr: "Words") -> None:
    parser.add_argument("--vault", type=_path, metavar="DIR", help=tr("the folder of the desk (first start: set-up)"))
    parser.add_argument(
        "--lang",
        default="en",
        choices=("en", "fr", "ar", "xx"),
        help=tr("language of the windows; xx is a trial language"),
    )
    parser.add_argument("--after-lock", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=_window)


def _add_demo(commands: "argparse._SubParsersAction[_Parser]", tr: "Words") -> None:
    demo = commands.add_parser("demo", tr=tr, help=tr("do the whole main job with invented people in a new folder"))
    demo.add_argument("folder", type=_path, metavar="DIR", help=tr("an empty or new folder"))
    demo.add_argument("--lang", default="en", choices=("en", "fr", "ar"), help=tr("language of the packet"))
    demo.add_argument("--people", type=int, default=40, metavar="N", help=tr("invented people, 1 to 2000 (default 40)"))
    demo.add_argument("--json", action="store_true", help=tr("one JSON object on stdout, the steps on stderr"))
    demo.set_defaults(run=_demo)


def _add_verify(commands: "argparse._SubParsersAction[_Parser]", tr: "Words") -> None:
    verify = commands.add_parser(
        "verify",
        tr=tr,
        help=tr("the verdict on packets, cards, status lists, receipts and feedback; needs no vault"),
        epilog=_epilog(tr)
        + "\n"
        + tr("Without --team it is not judged whether the packet is for the team that holds it."),
    )
    verify.add_argument(
        "files", nargs="+", type=_path, metavar="FILE", help=tr("a packet, card, list, receipt or feedback")
    )
    _add_trust(verify, tr)
    verify.add_argument(
        "--status",
        action="append",
        default=[],
        type=_path,
        metavar="LIST",
        help=tr("a status list (.rdstatus) of a site"),
    )
    verify.add_argument("--team", metavar="ID", help=tr("the team that holds the packet"))
    verify.add_argument("--at", metavar="TIME", help=tr("judge as of this time, for example 2026-11-24T09:00:00Z"))
    verify.add_argument("--lang", default="en", choices=("en", "fr", "ar"), help=tr("language of the verdict"))
    verify.add_argument("--json", action="store_true", help=tr("one JSON object a line and file on stdout"))
    verify.set_defaults(run=_verify)


def _add_open(commands: "argparse._SubParsersAction[_Parser]", tr: "Words") -> None:
    opening = commands.add_parser(
        "open", tr=tr, help=tr("unseal and check a packet; write its PDF and JSON if it may be opened")
    )
    opening.add_argument("file", type=_path, metavar="FILE")
    opening.add_argument("index", type=_path, nargs="?", metavar="INDEX", help=tr("the file index of the packet"))
    opening.add_argument("--out", type=_path, required=True, metavar="DIR", help=tr("where the PDF and the JSON go"))
    _add_trust(opening, tr)
    opening.add_argument("--lang", default="en", choices=("en", "fr", "ar"), help=tr("language of the verdict"))
    opening.set_defaults(run=_open)


def _add_trust(command: _Parser, tr: "Words") -> None:
    command.add_argument(
        "--site",
        action="append",
        default=[],
        type=_path,
        metavar="CARD",
        help=tr(
            "a site card (.rdsite) that you vouch for, its 24 digits are printed; for receipts a team card (.rdteam)"
        ),
    )
    command.add_argument(
        "--identity", type=_path, metavar="KEYFILE", help=tr("the team's age identity, for sealed packets")
    )


def _add_check(commands: "argparse._SubParsersAction[_Parser]", tr: "Words") -> None:
    check = commands.add_parser("check", tr=tr, help=tr("the health of a vault: pages, chain, signatures, records"))
    check.add_argument("--vault", type=_path, required=True, metavar="DIR")
    check.add_argument("--full", action="store_true", help=tr("all signatures, authors and salts too"))
    check.add_argument(
        "--sign-in", metavar="NAME", help=tr("open the vault as this login; without it only files are judged")
    )
    check.add_argument(
        "--passphrase-file",
        metavar="F",
        help=tr("read the passphrase from this file (- = standard input), else it is asked"),
    )
    check.add_argument("--json", action="store_true", help=tr("one JSON object on stdout"))
    check.set_defaults(run=_check)


def _window(chosen: argparse.Namespace) -> int:
    from rehabdesk.app_start import run_window

    return run_window(chosen.vault, chosen.lang, after_lock=chosen.after_lock)


def _demo(chosen: argparse.Namespace) -> int:
    from rehabdesk.demo import run_demo

    return run_demo(chosen.folder, people=chosen.people, language=chosen.lang, as_json=chosen.json)


def _verify(chosen: argparse.Namespace) -> int:
    from rehabdesk.core.process import ReadyChild, own_command

    ready = ReadyChild(own_command("_examine"))
    if any(map(_is_there, chosen.files)):
        ready.prepare()  # it loads while this process does
    try:
        return _verdicts(chosen, ready)
    finally:
        ready.end()


def _is_there(path: "Path") -> bool:
    """False also for a name that no file can have; what is wrong with it is said when it is read."""
    try:
        return path.is_file()
    except OSError:
        return False


def _verdicts(chosen: argparse.Namespace, ready: "ReadyChild") -> int:
    from rehabdesk.handover.checking.check_service import verify

    return verify(
        chosen.files,
        site_cards=chosen.site,
        status_lists=chosen.status,
        identity=chosen.identity,
        team=chosen.team,
        at=chosen.at,
        language=chosen.lang,
        as_json=chosen.json,
        ready=ready,
    )


def _open(chosen: argparse.Namespace) -> int:
    from rehabdesk.handover.checking.check_service import open_packet

    return open_packet(
        chosen.file,
        index=chosen.index,
        out=chosen.out,
        site_cards=chosen.site,
        identity=chosen.identity,
        language=chosen.lang,
    )


def _check(chosen: argparse.Namespace) -> int:
    from rehabdesk.app import PROJECTIONS
    from rehabdesk.audit.command_service import check_vault

    return check_vault(
        chosen.vault,
        full=chosen.full,
        sign_in=chosen.sign_in,
        passphrase_file=chosen.passphrase_file,
        as_json=chosen.json,
        projections=PROJECTIONS,
    )


def _child_open() -> int:
    from rehabdesk.app_packet_children import opener

    return _child(opener())


def _child_examine() -> int:
    from rehabdesk.app_packet_children import examiner

    return _child(examiner())


def _child_spell() -> int:
    from rehabdesk.app_spelling_child import LIMITS, serve
    from rehabdesk.core.process import harden_this_process, limit_this_process

    harden_this_process()
    limit_this_process(LIMITS)
    serve(sys.stdin.buffer, sys.stdout.buffer)
    return DONE


def _child_attach() -> int:
    from rehabdesk.notes.attachments.attachment_child_service import LIMITS, attach_child

    return _child(attach_child, LIMITS)


def _child(work: "Callable[[bytes], bytes]", limits: "ChildLimits | None" = None) -> int:
    """A limited child: foreign bytes on stdin, one answer on stdout, nothing else in or out (packet.md 8.1)."""
    from rehabdesk.core.process import ChildLimits, harden_this_process, limit_this_process

    harden_this_process()
    limit_this_process(limits or ChildLimits())
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))
    return DONE


_CHILDREN: "dict[str, Callable[[], int]]" = {
    "_open": _child_open,
    "_examine": _child_examine,
    "_spell": _child_spell,
    "_attach": _child_attach,
}


def _say_bug(kind: type[BaseException], _: BaseException, trace: "TracebackType | None") -> None:
    """A bug, told without any data: type, file and line only (vault.md 9)."""
    import traceback
    from pathlib import Path

    frames = traceback.extract_tb(trace)
    place = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "an unknown place"
    sys.stderr.write(
        f"RehabDesk met an error of its own ({kind.__name__} in {place}). "
        "What was reported as saved is saved. Please report this line.\n"
    )


def run() -> "NoReturn":
    """Entry point of the `rehabdesk` command."""
    sys.excepthook = _say_bug
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a TextIO since 3.7
    sys.stderr.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # as above
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; nothing is left to say to it
        status = CANNOT_SAY
    sys.exit(status)


if __name__ == "__main__":
    run()
