"""Makes the environment from the lock files with hashes; needs nothing but a Python of 3.11 or newer.

Usage: python3 scripts/env.py [run|dev]. `run` installs what the product needs, `dev` also what tests and checks need.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# Fetched only where Python comes without its own pip.
PIP = "pip-26.3-py3-none-any.whl"
PIP_HASH = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}


def fingerprint(kind: str) -> str:
    """What an environment was made from; the same fingerprint needs no work."""
    parts = [(ROOT / LOCKS[kind]).read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(),
             str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make(kind: str) -> None:
    stamp = HOME / f"made-{kind}"
    if stamp.exists() and stamp.read_text() == fingerprint(kind) and PYTHON.exists():
        return
    print(f"Building the environment from {LOCKS[kind]} (once, a minute or two) …", flush=True)
    if not (PYTHON.exists() and any(HOME.glob("**/site-packages/pip"))):  # a cut-off attempt is begun again
        create()
    pip("install", "--quiet", "--require-hashes", "-r", str(ROOT / LOCKS[kind]))
    link()
    stamp.write_text(fingerprint(kind))


def create() -> None:
    """A virtual environment with pip; where Python comes without ensurepip (Debian's bare one), pip is fetched."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        venv.EnvBuilder(with_pip=False, clear=HOME.exists()).create(HOME)
        with tempfile.TemporaryDirectory() as room:
            wheel = fetch_pip(Path(room))
            subprocess.run([str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)], check=True)
    else:
        venv.EnvBuilder(with_pip=True, clear=HOME.exists()).create(HOME)


def fetch_pip(room: Path) -> Path:
    """Download the pinned pip from the package index and check its hash; returns where it lies."""
    page = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    try:
        with urllib.request.urlopen(page, timeout=60) as answer:  # noqa: S310  the index the user chose
            link = re.search(rf'href="([^"]*{re.escape(PIP)}[^"]*)"', answer.read().decode())
        if not link:
            sys.exit(f"The package index {page} does not offer {PIP}. Set PIP_INDEX_URL to one that does, or install "
                     "python3-venv, then run the same command again.")
        with urllib.request.urlopen(urllib.parse.urljoin(page, link[1]), timeout=120) as answer:  # noqa: S310
            wheel = answer.read()
    except OSError as error:
        sys.exit(f"This Python has no pip and {page} could not be reached ({error}). Check the network, or install "
                 "python3-venv, then run the same command again.")
    if hashlib.sha256(wheel).hexdigest() != PIP_HASH:
        sys.exit(f"{PIP} from {page} is not the file it should be; nothing was installed. Check the package index.")
    (room / PIP).write_bytes(wheel)
    return room / PIP


def link() -> None:
    """Make `import luoshi` and the command `luoshi` work from the source tree; no build step, nothing to download."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    library = Path(subprocess.run([str(PYTHON), "-c", where], check=True, capture_output=True, text=True).stdout.strip())
    (library / "luoshi.pth").write_text(f"{ROOT / 'src'}\n")
    command = PYTHON.parent / "luoshi"
    command.write_text(f"#!{PYTHON}\nimport sys\nfrom luoshi.__main__ import main\nsys.exit(main())\n")
    command.chmod(0o755)


def pip(*words: str) -> None:
    done = subprocess.run([str(PYTHON), "-m", "pip", "--disable-pip-version-check", *words], check=False)
    if done.returncode:
        sys.exit("The packages of the lock file could not be installed. Check the network or the package mirror "
                 "(pip's own settings and PIP_INDEX_URL are respected), then run the same command again.")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  this file runs before anything has checked the version
        sys.exit("Luoshi needs Python 3.11 or newer; this is " + sys.version.split()[0])
    make(sys.argv[1] if len(sys.argv) > 1 else "run")
