"""Start the dashboard with uvicorn and open it in the browser: what `make run` does.

uvicorn sends small answers at once; `streamlit run app.py` works too and is a little slower.
"""

import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

import uvicorn

HOST = "127.0.0.1"
# A server that is not up by then has said why on the terminal.
PATIENCE_S = 120


def open_when_ready(address: str) -> None:
    """Open the dashboard in the browser as soon as it answers."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                print(f"{address} — Ctrl+C: stop", flush=True)
                webbrowser.open(address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8501
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            sys.exit(f"Port {port} is taken by another program; choose one: make run PORT={port + 1}")
    threading.Thread(target=open_when_ready, args=[f"http://{HOST}:{port}"], daemon=True).start()
    uvicorn.run("app:app", app_dir=str(Path(__file__).parents[1]), host=HOST, port=port, log_level="warning")
