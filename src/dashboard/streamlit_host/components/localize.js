// What a screen reader and the keyboard need: the language of the page, and the words of Streamlit's own controls
// in it.
// data: lang, words (each as Streamlit writes it, in the other language, in this one; a star stands for what is
// named).
const NAMED = ["aria-label", "placeholder", "title"];
const EVERYWHERE = NAMED.map((name) => `[${name}]`).join(",");
// Where Streamlit writes words of its own; all else on the screen is the page's, and may be data.
const STREAMLITS = "[data-testid=stSkipToContent], [data-testid=stFileUploader], [data-testid=stTooltipErrorContent],"
  + "section[role=dialog]:has(> h2[slot=title])";
// Within them: the name of the reader's file.
const FILE_NAME = "[data-testid=stFileChipName]";
// Once what is seen is drawn; browsers without a word for that wait a little.
const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 100));
let watching = null;
let localized = new Map();
let patterns = [];

// What stands around something named: a file, a page.
function around(word) {
  for (const [start, end, ours] of patterns) {
    const fits = word.length >= start.length + end.length && word.startsWith(start) && word.endsWith(end);
    if (fits) return ours.replace("*", () => word.slice(start.length, word.length - end.length));
  }
  return undefined;
}

function localize() {
  for (const element of document.querySelectorAll(EVERYWHERE)) {
    for (const name of NAMED) {
      const word = element.getAttribute(name);
      const word_here = word && (localized.get(word) ?? (element.tagName === "BUTTON" ? around(word) : undefined));
      if (word_here) element.setAttribute(name, word_here);
    }
  }
  for (const place of document.querySelectorAll(STREAMLITS)) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.parentElement.closest(FILE_NAME)) continue;
      const word_here = localized.get(texts.currentNode.data) ?? around(texts.currentNode.data);
      if (word_here) texts.currentNode.data = word_here;
    }
  }
}

export default function ({ data }) {
  document.documentElement.lang = data.lang;
  // After a switch of the language the words stand there in the other one.
  const pairs = data.words.flatMap(([theirs, other, ours]) => [[theirs, ours], [other, ours]])
    .filter(([word, ours]) => word !== ours);
  localized = new Map(pairs);
  patterns = pairs.filter(([word]) => word.includes("*")).map(([word, ours]) => [...word.split("*"), ours]);
  localize();
  if (watching) return;
  let queued = false;
  const soon = () => {
    if (queued) return;
    queued = true;
    idle(() => { queued = false; localize(); }, { timeout: 500 });
  };
  watching = new MutationObserver(soon);
  watching.observe(document.body, { subtree: true, childList: true, attributeFilter: NAMED });
}
