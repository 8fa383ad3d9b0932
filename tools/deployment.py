"""The deployed dashboard on this computer: processes kept alive, the watchdog, nginx with TLS in front.

Used by the campaigns and by tests/deploy. What is started is what deploy/ holds: nginx runs the site as it
is there, with other ports, names and files written in.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from servers import ROOT, TIMEOUT_S, answers, command, free_ports, memory_mb, until

from dashboard.access import accounts
from dashboard.settings import read

DEPLOY = ROOT / "deploy"
WATCHDOG = DEPLOY / "dashboard-watchdog"
HOST = "localhost"
# Of every account on this stage.
PASSWORD = "mot hai ba bon nam"
# As in dashboard@.service: seconds until a process is started again.
RESTART_S = 1.0
# Not on the path of every user.
NGINX_BINARY = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
NGINX = """
{user}
daemon off;
worker_processes 2;
error_log {folder}/error.log;
pid {folder}/pid;
events {{ worker_connections 8192; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {site};
}}
"""


@dataclass(frozen=True)
class Host:
    """A computer on which a process runs: its address, that of the proxy in front as it sees it, and what has
    to come before a command so that it runs there."""

    address: str = "127.0.0.1"
    proxy: str = "127.0.0.1"
    within: tuple[str, ...] = ()


HERE = Host()


def settings(
    folder: Path, public_url: str, names: Sequence[str], host: Host = HERE, database_url: str | None = None
) -> Path:
    """Settings in mode accounts with an account for each name, the last an editor; the store is empty."""
    (folder / "store").mkdir(parents=True)
    (folder / "state").mkdir(mode=0o700)
    file, database = folder / "dashboard.toml", ""
    if database_url is not None:
        database = 'database_file = "database"\n'
        (folder / "database").write_text(database_url, "utf-8")
        (folder / "database").chmod(0o600)
    file.write_text(
        f'mode = "accounts"\npublic_url = "{public_url}"\nstate = "state"\n{database}'
        f'address = "{host.address}"\ntrusted_proxies = ["{host.proxy}"]\n'
        '[data]\nstore = "store"\npublish = true\n',
        "utf-8",
    )
    for name in names:
        accounts.add(read(file), name, PASSWORD, "editor" if name == names[-1] else "viewer", None)
    return file


@dataclass
class Process:
    """One process of the dashboard, started again whenever it ends, as systemd does."""

    port: int
    settings: Path
    host: Host = HERE
    _child: subprocess.Popen[bytes] | None = None
    _kept: bool = True
    starts: int = 0

    def start(self) -> None:
        """Begin; comes back when it answers."""
        threading.Thread(target=self._keep, daemon=True).start()
        self.answered()

    @property
    def pid(self) -> int:
        """Of the process that runs now."""
        assert self._child is not None
        return self._child.pid

    def answered(self) -> None:
        """Wait until it answers."""
        address = f"http://{self.host.address}:{self.port}/healthz"
        until(lambda: answers(address), f"port {self.port} does not answer")

    def restart(self) -> None:
        """`systemctl restart`: comes back when the new one answers."""
        old_pid = self.pid
        os.kill(old_pid, signal.SIGTERM)
        until(lambda: self.pid != old_pid, f"process {old_pid} does not end")
        self.answered()

    def stop(self) -> None:
        """End it for good."""
        self._kept = False
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child.pid, signal.SIGCONT)
            self._child.terminate()
            try:
                self._child.wait(TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._child.kill()

    def memory_mb(self) -> float:
        """MB that it holds now, without its helpers."""
        return memory_mb(self.pid)

    def _keep(self) -> None:
        environment = {**os.environ, "DASHBOARD_SETTINGS": str(self.settings), "MALLOC_ARENA_MAX": "2"}
        with (self.settings.parent / f"{self.port}.log").open("ab") as log:
            while self._kept:
                self.starts += 1
                # A group of its own: helpers that outlive it end with it, as systemd ends them.
                self._child = subprocess.Popen(
                    [*self.host.within, *command(self.port)],
                    cwd=ROOT,
                    env=environment,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
                self._child.wait()
                with suppress(ProcessLookupError):
                    os.killpg(self._child.pid, signal.SIGKILL)
                if self._kept:
                    time.sleep(RESTART_S)


@contextmanager
def process(file: Path, port: int, host: Host = HERE) -> Iterator[Process]:
    """One process of the dashboard, kept alive."""
    running = Process(port, file, host)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@contextmanager
def watchdog(ports: Sequence[int]) -> Iterator[None]:
    """The watchdog of deploy/ over some ports."""
    running = subprocess.Popen([sys.executable, str(WATCHDOG), *map(str, ports)], stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.kill()
        running.wait()


def certificate(folder: Path, name: str = f"DNS:{HOST}") -> Path:
    """A certificate of a name or an address that signs itself, with its key beside it."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName={name}"),
            *("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")),
        ],
        check=True,
        capture_output=True,
    )
    return folder / "fullchain.pem"


def believes(authority: Path) -> ssl.SSLContext:
    """What a client needs to believe the certificate."""
    return ssl.create_default_context(cafile=str(authority))


@dataclass(frozen=True)
class Front:
    """Where nginx listens, and the two processes behind it."""

    tls: int
    plain: int
    processes: tuple[int, int]
    hosts: tuple[Host, Host] = (HERE, HERE)

    @property
    def address(self) -> str:
        """What readers open."""
        return f"https://{HOST}:{self.tls}"


def site(folder: Path, front: Front) -> Path:
    """deploy/nginx/dashboard.conf for this computer, and what nginx needs around it; gives the latter."""
    first_port, second_port = front.processes
    changes = {
        "127.0.0.1:8501": f"{front.hosts[0].address}:{first_port}",
        "127.0.0.1:8502": f"{front.hosts[1].address}:{second_port}",
        ":8501$": f":{first_port}$",
        ":8502$": f":{second_port}$",
        "listen 80": f"listen 127.0.0.1:{front.plain}",
        "listen 443": f"listen 127.0.0.1:{front.tls}",
        "https://dashboard.example.vn$request_uri": f"{front.address}$request_uri",
        "server_name dashboard.example.vn": f"server_name {HOST}",
        "/etc/dashboard/tls": str(folder),
        "/etc/nginx/dashboard-sign-in": str(folder / "dashboard-sign-in"),
        "/var/log/nginx/dashboard.log": str(folder / "access.log"),
        "/opt/dashboard/current/deploy": str(DEPLOY),
    }
    content = (DEPLOY / "nginx" / "dashboard.conf").read_text("utf-8")
    for old, new in changes.items():
        if old not in content:
            raise ValueError(f"dashboard.conf has no {old!r}")
        content = content.replace(old, new)
    (folder / "site.conf").write_text(content, "utf-8")
    return around(folder / "site.conf")


def around(site: Path) -> Path:
    """What nginx needs around a site, written beside it."""
    folder, main = site.parent, site.parent / "nginx.conf"
    # What is handed in is kept in the folder meanwhile: root's nginx must not give its rights away here.
    user = "user root;" if os.geteuid() == 0 else ""
    main.write_text(NGINX.format(user=user, folder=folder, site=site), "utf-8")
    return main


@contextmanager
def nginx(configuration: Path, port: int) -> Iterator[None]:
    """nginx with a configuration, from when it listens on a port."""
    running = subprocess.Popen([NGINX_BINARY, "-c", str(configuration)], stderr=subprocess.DEVNULL)
    try:
        until(lambda: listens(port), "nginx does not listen")
        yield
    finally:
        running.terminate()
        running.wait(TIMEOUT_S)


@contextmanager
def deployed(folder: Path, names: Sequence[str]) -> Iterator[tuple[Front, list[Process]]]:
    """Two processes, the watchdog, nginx with TLS; `names` have accounts."""
    plain, tls, first_port, second_port = free_ports(4)
    front = Front(tls, plain, (first_port, second_port))
    certificate(folder)
    file = settings(folder, front.address, names)
    configuration = site(folder, front)
    with (
        process(file, first_port) as first,
        process(file, second_port) as second,
        watchdog([first_port, second_port]),
        nginx(configuration, front.tls),
    ):
        yield front, [first, second]


@contextmanager
def deployed_on_two(
    folder: Path, names: Sequence[str], database_url: str, hosts: tuple[Host, Host] = (HERE, HERE)
) -> Iterator[tuple[Front, list[Process]]]:
    """A process on each of two hosts, with settings and state of its own; they share a database, and nginx
    with TLS is in front; `names` have accounts."""
    plain, tls, first_port, second_port = free_ports(4)
    front = Front(tls, plain, (first_port, second_port), hosts)
    certificate(folder)
    # The accounts are in the database: made once.
    first = settings(folder / "one", front.address, names, hosts[0], database_url)
    second = settings(folder / "two", front.address, [], hosts[1], database_url)
    with (
        process(first, first_port, hosts[0]) as left,
        process(second, second_port, hosts[1]) as right,
        nginx(site(folder, front), front.tls),
    ):
        yield front, [left, right]


def listens(port: int) -> bool:
    """Whether a program listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
