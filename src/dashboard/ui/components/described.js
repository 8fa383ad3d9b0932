// Names each chart of the page by what it shows, for who cannot see it.
// data: charts (the class of a chart's place, and what it is named).
const DRAWN = "[data-testid=stVegaLiteChart][role]";
let named = [];
let watching = null;

function name() {
  for (const [place, words] of named) {
    const chart = document.querySelector(`.${CSS.escape(place)} ${DRAWN}`);
    if (chart && chart.getAttribute("aria-label") !== words) chart.setAttribute("aria-label", words);
  }
}

export default function ({ data }) {
  named = Object.entries(data.charts);
  name();
  if (watching) return;
  // A chart may be drawn after it is named, and anew: before the browser shows it, it has its name.
  watching = new MutationObserver((changes) => {
    if (changes.some(({ addedNodes }) => addedNodes.length)) name();
  });
  watching.observe(document.body, { subtree: true, childList: true });
}
