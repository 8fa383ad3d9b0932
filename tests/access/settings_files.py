"""Settings of a server for a test, written to a folder."""

from __future__ import annotations

from pathlib import Path

SECRET = "a-secret-of-the-proxy-in-tests"
PUBLIC = "http://127.0.0.1:{port}"


def proxied(folder: Path, port: int, *, publish: bool = False) -> Path:
    """Mode proxy on this computer: lan is a viewer, chi an editor, ba sees one commune."""
    (folder / "secret").write_text(SECRET, "utf-8")
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
        secret_file = "secret"
        [[proxy.readers]]
        name = "lan"
        [[proxy.readers]]
        name = "chi"
        role = "editor"
        [[proxy.readers]]
        name = "bà"
        communes = ["huong-son"]
        """,
    )


def with_accounts(folder: Path, port: int = 8501, *, scheme: str = "http") -> Path:
    """Mode accounts on this computer, with a folder of state and no account yet."""
    (folder / "state").mkdir(exist_ok=True)
    return write(
        folder,
        f"""
        mode = "accounts"
        port = {port}
        public_url = "{PUBLIC.format(port=port).replace("http", scheme)}"
        state = "state"
        """,
    )


def write(folder: Path, lines: str) -> Path:
    """A settings file with these lines."""
    file = folder / "dashboard.toml"
    file.write_text("\n".join(line.strip() for line in lines.splitlines()), "utf-8")
    return file


def with_provider(folder: Path, issuer: str, port: int = 8501, *, secret: str = SECRET) -> Path:
    """Mode oidc on this computer: two addresses and two groups are on the list."""
    (folder / "state").mkdir(exist_ok=True)
    (folder / "secret").write_text(secret, "utf-8")
    return write(
        folder,
        f"""
        mode = "oidc"
        port = {port}
        public_url = "{PUBLIC.format(port=port)}"
        state = "state"
        [oidc]
        issuer = "{issuer}"
        client_id = "dashboard"
        client_secret_file = "secret"
        [[oidc.readers]]
        group = "xa-huong-son"
        communes = ["huong-son"]
        [[oidc.readers]]
        group = "thuong-truc"
        [[oidc.readers]]
        name = "Lan@huyen.example"
        [[oidc.readers]]
        name = "chi@huyen.example"
        role = "editor"
        """,
    )
