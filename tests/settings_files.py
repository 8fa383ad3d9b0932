"""Settings of a server for a test, written to a folder."""

from __future__ import annotations

from pathlib import Path

SECRET = "a-secret-of-the-proxy-in-tests"
PUBLIC = "http://127.0.0.1:{port}"


def write_secret(folder: Path, secret: str = SECRET) -> None:
    """The file of a secret, which other accounts may not read."""
    (folder / "secret").write_text(secret, "utf-8")
    (folder / "secret").chmod(0o640)


def proxied(folder: Path, port: int, *, publish: bool = False) -> Path:
    """Mode proxy on this computer: lan is a viewer, chi an editor, bà sees one commune; a reader of a group
    reads that commune, or publishes; the proxy signs readers out."""
    write_secret(folder)
    return write(
        folder,
        f"""
        mode = "proxy"
        port = {port}
        public_url = "{PUBLIC.format(port=port)}"
        state = "state"
        [data]
        {"publish = true" if publish else ""}
        {'store = "store"' if publish else ""}
        [proxy]
        header = "X-Remote-User"
        groups_header = "X-Remote-Groups"
        secret_file = "secret"
        sign_out_url = "/oauth2/sign_out?rd=%2F"
        [[proxy.readers]]
        name = "lan"
        [[proxy.readers]]
        name = "chi"
        role = "editor"
        [[proxy.readers]]
        name = "bà"
        communes = ["huong-son"]
        [[proxy.readers]]
        name = "giang@xa.example"
        communes = ["huong-son"]
        [[proxy.readers]]
        group = "xã hương sơn"
        communes = ["huong-son"]
        [[proxy.readers]]
        group = "editors"
        role = "editor"
        """,
    )


def with_accounts(
    folder: Path, port: int = 8501, *, scheme: str = "http", database_url: str | None = None
) -> Path:
    """Mode accounts on this computer, with a folder of state and no account yet."""
    (folder / "state").mkdir(exist_ok=True)
    if database_url is not None:
        write_secret(folder, database_url)
    return write(
        folder,
        f"""
        mode = "accounts"
        port = {port}
        public_url = "{PUBLIC.format(port=port).replace("http", scheme)}"
        state = "state"
        {'database_file = "secret"' if database_url is not None else ""}
        """,
    )


def write(folder: Path, lines: str) -> Path:
    """A settings file with these lines."""
    file = folder / "dashboard.toml"
    file.write_text("\n".join(line.strip() for line in lines.splitlines()), "utf-8")
    return file
