// The list answers in place: the same address, fetched and put into the page. Without this it is forms and links.
const research = document.querySelector("[data-research]");
const form = document.getElementById("ask");

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

// What the form asks, without what is empty.
function asked() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (String(value).trim()) query.append(name, String(value).trim());
  }
  const address = new URL(form.action);
  address.search = query;
  return address.href;
}

// The control that had the cursor keeps it, though it was drawn anew; without it the sentence of the results has it.
function replace(name, page) {
  const ours = part(research, name);
  const theirs = part(page, name);
  if (!ours || !theirs) return;
  const hadFocus = ours.contains(document.activeElement);
  const had = document.activeElement.id;
  const open = new Set([...ours.querySelectorAll("details[id][open]")].map((one) => one.id));
  ours.replaceChildren(...theirs.childNodes);
  for (const details of ours.querySelectorAll("details[id]")) if (open.has(details.id)) details.open = true;
  if (hadFocus) (document.getElementById(had) ?? document.getElementById("found"))?.focus({ preventScroll: Boolean(had) });
}

const here = () => window.location.pathname + window.location.search;
let latest;
let showing = here();

// `keep` is "push" or "replace" in the browser's history, or nothing on the way back.
async function show(address, { keep }) {
  latest?.abort();
  latest = new AbortController();
  research.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: latest.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (keep) window.history[`${keep}State`](null, "", answer.url);
    showing = here();
    document.title = page.title;
    const box = document.getElementById("q");
    if (document.activeElement !== box) box.value = page.getElementById("q").value;
    for (const name of ["facets", "results"]) replace(name, page);
    findable();
    research.removeAttribute("aria-busy");
  } catch (wrong) {
    if (wrong.name !== "AbortError") window.location.assign(address);
  }
}

// A box in long facets hides the terms that do not have what is typed in it.
function findable() {
  for (const box of research.querySelectorAll("[data-find]")) {
    box.hidden = false;
    const facet = box.closest("fieldset");
    box.querySelector("input").addEventListener("input", (event) => {
      const typed = event.target.value.trim().toLocaleLowerCase();
      const more = facet.querySelector(".facets__more");
      if (more && typed) more.open = true;
      for (const row of facet.querySelectorAll(".facets__row")) {
        row.hidden = typed !== "" && !row.children[1].textContent.toLocaleLowerCase().includes(typed);
      }
    });
  }
}

if (research && form) {
  findable();
  // Beside the results they are seen anyway; here for browsers whose style cannot say so.
  if (window.matchMedia("(min-width: 70rem)").matches) document.getElementById("narrow")?.setAttribute("open", "");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(asked(), { keep: "push" });
  });
  research.addEventListener("change", (event) => {
    if (event.target.form === form && event.target.type !== "search") form.requestSubmit();
  });
  research.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.closest("[data-find]")) event.preventDefault();
  });
  research.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-in-place], .pages a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const isPage = Boolean(link.closest(".pages"));
    await show(link.href, { keep: "push" });
    if (isPage) document.getElementById("found").focus();
  });
  window.addEventListener("popstate", () => {
    if (here() !== showing) show(here(), { keep: "" });
  });
}
