// What a screen reader and the keyboard need: the language of the page, and the names of Streamlit's own controls
// in it.
// data: lang, words (each as Streamlit writes it, in the other language, in this one; what ends in a blank begins
// the name of a button); table (the name of a table that is moved sideways).
const NAMED = ["aria-label", "placeholder", "title"];
const EVERYWHERE = NAMED.map((name) => `[${name}]`).join(",");
// Once what is seen is drawn; browsers without a word for that wait a little.
const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 100));
let watching = null;
let spoken = new Map();
let table = "";

function inThisLanguage(element, name) {
  const word = element.getAttribute(name);
  if (spoken.has(word)) return spoken.get(word);
  if (element.tagName !== "BUTTON" || !word) return undefined;
  const start = [...spoken.keys()].find((key) => key.endsWith(" ") && word.startsWith(key));
  return start && spoken.get(start) + word.slice(start.length);
}

function speak() {
  for (const element of document.querySelectorAll(EVERYWHERE)) {
    for (const name of NAMED) {
      const said = inThisLanguage(element, name);
      if (said) element.setAttribute(name, said);
    }
  }
  // A table wider than its place is moved by the arrow keys, too.
  for (const place of document.querySelectorAll("[data-testid=stMarkdownContainer]:has(> table)")) {
    if (place.scrollWidth <= place.clientWidth || place.tabIndex === 0) continue;
    place.tabIndex = 0;
    place.role = "group";
    place.ariaLabel = table;
  }
  const skip = document.querySelector("[data-testid=stSkipToContent]")?.firstChild;
  const said = spoken.get(skip?.data);
  if (said) skip.data = said;
}

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  // After a switch of the language the words stand there in the other one.
  spoken = new Map(data.words.flatMap(([theirs, other, ours]) => [[theirs, ours], [other, ours]]));
  for (const [word, same] of spoken) if (word === same) spoken.delete(word);
  table = data.table;
  speak();
  if (watching) return;
  let queued = false;
  const soon = () => {
    if (queued) return;
    queued = true;
    idle(() => { queued = false; speak(); }, { timeout: 500 });
  };
  // A window that becomes narrower makes tables wider than their places.
  window.addEventListener("resize", soon);
  watching = new MutationObserver(soon);
  watching.observe(document.body, { subtree: true, childList: true, attributeFilter: NAMED });
}
