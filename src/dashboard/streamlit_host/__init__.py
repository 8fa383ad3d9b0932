"""All that is done to Streamlit's inside: `index.html`, addresses, messages, sessions, controls, style.

Each name of Streamlit's that is here is asked of the installed Streamlit by `tests/contract`.
"""
