"""A PostgreSQL server of this computer on a free port, for tests and campaigns; gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pg8000.dbapi import DatabaseError, InterfaceError, connect
from servers import free_port, until

_DATABASE = "postgres"


def programs() -> Path | None:
    """The folder of the server's programs, which Debian keeps off the path; None where it is not
    installed."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@contextmanager
def cluster(address: str = "127.0.0.1", certificate: Path | None = None) -> Iterator[str]:
    """A server that lets all in who can reach its address, over TLS with a certificate (and its key,
    `privkey.pem`, beside it); gives the URL of its database."""
    place = programs()
    assert place is not None
    # It does not run as root: then as the account that its package has made.
    account = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        if account:
            shutil.chown(folder, account)
        port, common = free_port(), {"user": account, "cwd": folder, "stdout": subprocess.DEVNULL}
        initialize = [place / "initdb", "--no-sync", "--auth=trust", "--username=dashboard", "--pgdata=data"]
        subprocess.run(initialize, check=True, stderr=subprocess.DEVNULL, **common)
        with (Path(folder) / "data" / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {address}/24 trust\n")
        settings = {
            "listen_addresses": address,
            "unix_socket_directories": "",
            "fsync": "off",
            "max_connections": "500",
        }
        if certificate is not None:
            settings |= {"ssl": "on", **_handed_over(certificate, Path(folder) / "data", account)}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        running = subprocess.Popen(
            [place / "postgres", "-D", "data", "-p", str(port), *options], stderr=subprocess.DEVNULL, **common
        )
        try:
            until(lambda: _answers(address, port), "PostgreSQL does not answer")
            yield f"postgresql://dashboard@{address}:{port}/{_DATABASE}"
        finally:
            # At once, even with connections open.
            running.send_signal(signal.SIGQUIT)
            running.wait()


def _handed_over(certificate: Path, folder: Path, account: str | None) -> dict[str, str]:
    """The settings that name certificate and key, once they are the server's own."""
    files = {"ssl_cert_file": certificate, "ssl_key_file": certificate.with_name("privkey.pem")}
    for file in files.values():
        copied = shutil.copy(file, folder)
        os.chmod(copied, 0o600)
        if account:
            shutil.chown(copied, account)
    return {name: file.name for name, file in files.items()}


def empty(url: str) -> None:
    """Take everything out of the database."""
    address, port = url.rpartition("@")[2].partition("/")[0].split(":")
    with closing(connect("dashboard", address, _DATABASE, int(port))) as connection:
        connection.cursor().execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connection.commit()


def _answers(address: str, port: int) -> bool:
    try:
        connect("dashboard", address, _DATABASE, port).close()
    except (DatabaseError, InterfaceError):
        return False
    return True
