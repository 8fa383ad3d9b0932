"""A bare Streamlit page to compare with: a list and one trivial chart."""

import altair as alt
import pandas as pd
import streamlit as st

YEARS = {"2021": 21, "2022": 22, "2023": 23, "2024": 24}

chosen = st.selectbox("Year", list(YEARS), index=3)
st.altair_chart(alt.Chart(pd.DataFrame({"villages": [YEARS[chosen]]})).mark_bar().encode(x="villages"))
