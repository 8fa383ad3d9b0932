// What a screen reader and the keyboard need: the language of the page, and the words of Streamlit's own controls
// in it.
// data: lang, words (each as Streamlit writes it, in the other language, in this one; a star stands for what is
// named).
const NAMED = ["aria-label", "placeholder", "title"];
const EVERYWHERE = NAMED.map((name) => `[${name}]`).join(",");
// Where Streamlit writes words of its own; all else on the screen is the page's, and may be data.
const THEIRS = "[data-testid=stSkipToContent], [data-testid=stFileUploader], [data-testid=stTooltipErrorContent]";
// Within them: the name of the reader's file.
const THE_READERS = "[data-testid=stFileChipName]";
// Once what is seen is drawn; browsers without a word for that wait a little.
const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 100));
let watching = null;
let spoken = new Map();
let patterns = [];

// What stands around something named: a file, a page.
function around(word) {
  for (const [start, end, ours] of patterns) {
    const fits = word.length >= start.length + end.length && word.startsWith(start) && word.endsWith(end);
    if (fits) return ours.replace("*", () => word.slice(start.length, word.length - end.length));
  }
  return undefined;
}

function speak() {
  for (const element of document.querySelectorAll(EVERYWHERE)) {
    for (const name of NAMED) {
      const word = element.getAttribute(name);
      const said = word && (spoken.get(word) ?? (element.tagName === "BUTTON" ? around(word) : undefined));
      if (said) element.setAttribute(name, said);
    }
  }
  for (const place of document.querySelectorAll(THEIRS)) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.parentElement.closest(THE_READERS)) continue;
      const said = spoken.get(texts.currentNode.data) ?? around(texts.currentNode.data);
      if (said) texts.currentNode.data = said;
    }
  }
}

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  // After a switch of the language the words stand there in the other one.
  const pairs = data.words.flatMap(([theirs, other, ours]) => [[theirs, ours], [other, ours]])
    .filter(([word, ours]) => word !== ours);
  spoken = new Map(pairs);
  patterns = pairs.filter(([word]) => word.includes("*")).map(([word, ours]) => [...word.split("*"), ours]);
  speak();
  if (watching) return;
  let queued = false;
  const soon = () => {
    if (queued) return;
    queued = true;
    idle(() => { queued = false; speak(); }, { timeout: 500 });
  };
  watching = new MutationObserver(soon);
  watching.observe(document.body, { subtree: true, childList: true, attributeFilter: NAMED });
}
