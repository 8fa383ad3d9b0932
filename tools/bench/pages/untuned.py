"""A Streamlit page as it is usually written, to compare with: a list and `?charts=N` charts of one bar."""

import altair as alt
import pandas as pd
import streamlit as st

YEARS = {"2021": 21, "2022": 22, "2023": 23, "2024": 24}

st.title("Villages")
chosen = st.sidebar.selectbox("Year", list(YEARS), index=3)
for number in range(int(st.query_params.get("charts", "3"))):
    rows = pd.DataFrame({"part": ["all"], "villages": [YEARS[chosen] + number]})
    st.subheader(f"Villages, part {number + 1}")
    st.altair_chart(alt.Chart(rows).mark_bar().encode(x="villages", y="part"))
