// The house's rules for a page, run by Wagtail in the preview and in the bar on the page; nothing here stops anybody.
// The same rules are in editing/checks/ for reports of all pages; tests/editing/cases.json holds both to one answer.

const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM " +
    "H1 H2 H3 H4 H5 H6 HEADER HR HTML LEGEND LI MAIN OL P SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL BR").split(" "),
);
const SILENT = new Set("SCRIPT STYLE TEMPLATE SVG NOSCRIPT NAV BUTTON SELECT TEXTAREA".split(" "));
const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;
const SENTENCE_END = /(?<=[.!?…])["'”’)\]]*\s+(?=["'“‘([]?[A-Z0-9])/;
const SHORT_FORMS = ["Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "St.", "No.", "e.g.", "i.e.", "vs.", "Rev.", "approx."];
const ENOUGH_WORDS = 100;

const isSilent = (node) =>
  SILENT.has(node.tagName.toUpperCase()) || node.hasAttribute("hidden") || node.getAttribute("aria-hidden") === "true";

function* pieces(root, intoBlocks) {
  for (const node of root.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) yield node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    const isBlock = BLOCKS.has(node.tagName);
    if (isBlock) yield " ";
    if (!isSilent(node) && (intoBlocks || !isBlock)) yield* pieces(node, intoBlocks);
    if (isBlock && intoBlocks && !isSilent(node)) yield " ";
  }
}

const joined = (root, intoBlocks) => [...pieces(root, intoBlocks)].join("").split(/\s+/u).filter(Boolean).join(" ");
const text = (root) => joined(root, true);
const ownText = (root) => joined(root, false);
const label = (node) => (node.getAttribute("aria-label") || text(node)).trim();
const main = () => document.querySelector("main") || document.body;
const isSpoken = (node) => {
  for (let above = node; above && above !== document.body; above = above.parentElement) if (isSilent(above)) return false;
  return true;
};

const words = (string) => string.match(WORD) || [];

function sentences(paragraph) {
  const found = [];
  for (const part of paragraph.split(SENTENCE_END)) {
    const last = found.at(-1);
    if (last && SHORT_FORMS.some((form) => last.endsWith(form))) found[found.length - 1] = `${last} ${part}`;
    else if (part.trim()) found.push(part.trim());
  }
  return found;
}

function syllables(word) {
  const letters = word.toLowerCase().replace(/[^a-z]/g, "");
  if (letters.length <= 3) return 1;
  return Math.max(1, (letters.replace(/(?<=[^laeiouy])(?:e|es|ed)$/, "").match(/[aeiouy]+/g) || []).length);
}

// Flesch-Kincaid; the formula and its source are in editing/checks/words.py.
function readingAge() {
  const spoken = [...main().querySelectorAll("p, li, dd")].filter(isSpoken).flatMap((node) => sentences(ownText(node)));
  const all = spoken.flatMap(words);
  if (all.length < ENOUGH_WORDS || !spoken.length) return null;
  const beats = all.reduce((sum, word) => sum + syllables(word), 0);
  const age = 0.39 * (all.length / spoken.length) + 11.8 * (beats / all.length) - 15.59 + 5;
  return Math.max(5, Math.round(age));
}

function pageWords() {
  const titles = [...main().querySelectorAll("abbr[title]")].map((node) => node.title);
  return [text(main()), ...titles].join(" ");
}

function isExplained(short, page, glossary) {
  if (new RegExp(`\\(${short}s?\\)|\\b${short}s?\\s*\\([^)]*[a-z]`).test(page)) return true;
  return short in glossary && page.toLowerCase().includes(glossary[short].toLowerCase());
}

function unexplained(string, { known, glossary }) {
  const page = pageWords();
  const found = new Set([...string.matchAll(/\b[A-Z]{2,6}s?\b/g)].map((match) => match[0].replace(/s$/, "")));
  return [...found].filter(
    (short) =>
      !known.includes(short) &&
      !/^[IVXLC]+$/.test(short) &&
      (short in glossary || short.length >= 3) &&
      !isExplained(short, page, glossary),
  );
}

const matches = (pattern, string) => new RegExp(pattern, "i").test(string);
const plain = (node) => label(node).toLowerCase().replace(/^[ .…:>»→!]+|[ .…:>»→!]+$/g, "");

// Each answers whether the element is as it should be.
const CHECKS = {
  "house-summary": (node, options) => !options.isMissing,
  "house-dead-link": () => false,
  "house-link-words": (node, options) => !options.vague.includes(plain(node)),
  "house-bare-address": (node, options) => !matches(options.pattern, label(node)),
  "house-alt-words": (node, options) =>
    !options.patterns.some((pattern) => matches(pattern, (node.getAttribute("alt") || "").trim())),
  "house-long-sentence": (node, options) =>
    !isSpoken(node) || sentences(ownText(node)).every((sentence) => words(sentence).length <= options.most),
  "house-reading-age": (node, options) => (readingAge() ?? 0) <= options.highest,
  "house-abbreviation": (node, options) => !isSpoken(node) || !unexplained(ownText(node), options).length,
  "house-file-size": (node, options) =>
    !matches(options.files, node.getAttribute("href")) || matches(options.size, label(node)),
  "house-table-header": (node) => Boolean(node.querySelector("th")),
  "house-transcript": (node) => Boolean(node.querySelector("[data-transcript]")),
};

for (const [name, check] of Object.entries(CHECKS)) window.wagtail?.userbar?.registerCheck(name, check);
