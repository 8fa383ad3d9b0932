"""A Streamlit page as its documentation writes one, to compare with: three figures, three Altair charts."""

import altair as alt
import pandas as pd
import streamlit as st

COMMUNES = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "K"]
YEARS = {"2021": 21, "2022": 22, "2023": 23, "2024": 24}

st.title("Villages")
year = YEARS[st.sidebar.selectbox("Year", list(YEARS), index=3)]
rows = pd.DataFrame(
    {
        "commune": COMMUNES * 2,
        "kind": ["held"] * len(COMMUNES) + ["vacant"] * len(COMMUNES),
        "villages": [year + n for n in range(2 * len(COMMUNES))],
    }
)
for place, name in zip(st.columns(3), ("Members", "Villages", "Goals"), strict=True):
    place.metric(name, year * 90, year - 20)
st.altair_chart(alt.Chart(rows).mark_bar().encode(x="villages", y="commune", color="kind"))
st.altair_chart(alt.Chart(rows).mark_line().encode(x="commune", y="villages", color="kind"))
st.altair_chart(alt.Chart(rows).mark_circle().encode(x="kind", y="commune", size="villages"))
