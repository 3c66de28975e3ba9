"""Makes the environment from the lock files with hashes; needs nothing but a Python of 3.11 or newer.

Usage: python3 scripts/env.py [run|dev]. `run` installs what the product needs, `dev` also what tests and checks need.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
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
    if not PYTHON.exists():
        create()
    pip("install", "--quiet", "--require-hashes", "-r", str(ROOT / LOCKS[kind]))
    link()
    stamp.write_text(fingerprint(kind))


def create() -> None:
    """A virtual environment with pip; a Python without ensurepip (Debian's bare one) is told what to install."""
    try:
        venv.EnvBuilder(with_pip=True, clear=HOME.exists()).create(HOME)
    except (subprocess.CalledProcessError, ImportError):
        sys.exit("This Python cannot make a virtual environment with pip (on Debian and Ubuntu: apt-get install "
                 "python3-venv). Install that and run the same command again.")


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
