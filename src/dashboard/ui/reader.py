"""Who reads: the reader that the gate let in, behind a session or a request."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from dashboard import schema, settings
from dashboard.access import ACCOUNT, ADDRESS_HEADER, HEADER, LOCAL, SIGN_OUT, User
from dashboard.dataset import Dataset
from dashboard.text import Text
from dashboard.ui.markdown import escape_markdown


def reader() -> User:
    """The reader of this session. KeyError where the gate named none: then nothing is shown."""
    return named(st.context.headers)


def named(headers: Mapping[str, str]) -> User:
    """The reader that the gate wrote into these headers; in mode local the person at this computer."""
    return LOCAL if settings.current().mode == "local" else User.from_header(headers[HEADER])


def identity() -> dict[str, str]:
    """Who reads, and from which address ("" where no gate is in front), as a line of the audit log has it."""
    return {"who": reader().name, "address": st.context.headers.get(ADDRESS_HEADER) or ""}


def signed_in(dataset: Dataset | None, text: Text) -> None:
    """Draw who is signed in, the communes of a reader of some only, the ways to the account and out, here or
    at the proxy in front; nothing in mode local. The way out works while the page's scripts do not."""
    user = reader()
    if user == LOCAL:
        return
    lines = [text("access.who", name=user.name)]
    if user.communes is not None and dataset is not None:
        names = _names(dataset, user.communes, text)
        lines.append(text("access.who_of_some", communes=text.series(names)))
    st.caption("\n\n".join(map(escape_markdown, lines)))
    proxy, out = settings.current().proxy, escape(text("access.sign_out"))
    if user.session:
        account = escape(text("access.account.link"))
        link = f'<a href="{ACCOUNT}?tiep=%2F%3Flang%3D{text.lang}">{account}</a>'
        form = f'<form method="post" action="{SIGN_OUT}?lang={text.lang}" class="sign-out">{link}'
        st.html(f'{form}<button type="submit">{out}</button></form>')
    elif proxy is not None and proxy.sign_out_url is not None:
        st.html(f'<p class="sign-out"><a href="{escape(proxy.sign_out_url)}">{out}</a></p>')


def _names(dataset: Dataset, communes: tuple[str, ...], text: Text) -> list[str]:
    """The names of communes, those that the data have; ids for the others."""
    rows = dataset.communes.set_index("commune_id")
    names = {
        commune: text(f"code.commune_kind.{rows.at[commune, 'kind']}", name=rows.at[commune, "name"])
        for commune in communes
        if commune in rows.index
    }
    return [
        names.get(commune, text("code.outside") if commune == schema.OUTSIDE else commune)
        for commune in communes
    ]
