// The filters answer in place: the same address, fetched and put into the page. Without this they are an ordinary form.
const history_ = document.querySelector("[data-history]");
const form = history_?.querySelector("form");

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

// What the form asks, without what is empty: the address a visitor can share.
function asked() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (String(value).trim()) query.append(name, String(value).trim());
  }
  const address = new URL(form.action);
  address.search = query;
  return address.href;
}

// The controls say what the address says, without being replaced under the visitor's fingers.
function follow(other) {
  for (const control of form.querySelectorAll("input, select")) {
    if (control.type === "hidden") control.remove();
  }
  for (const control of other.querySelectorAll("input, select")) {
    if (control.type === "hidden") form.append(document.importNode(control, true));
    const ours = [...form.elements].find(
      (one) => one.name === control.name && (one.type !== "checkbox" || one.value === control.value),
    );
    if (!ours || ours === document.activeElement && ours.type === "search") continue;
    if (ours.type === "checkbox") ours.checked = control.checked;
    else ours.value = control.value;
  }
  for (const count of other.querySelectorAll("[data-count]")) {
    const ours = form.querySelector(`[data-count="${CSS.escape(count.dataset.count)}"]`);
    ours?.replaceChildren(...count.childNodes);
  }
}

// The link that had the cursor keeps it, though it was drawn anew; one that is gone leaves it to its neighbour.
function replace(name, page) {
  const ours = part(history_, name);
  const had = ours.contains(document.activeElement) ? document.activeElement.dataset.tool : undefined;
  ours.replaceChildren(...part(page, name).childNodes);
  if (had === undefined) return;
  (ours.querySelector(`[data-tool="${had}"]`) ?? ours.querySelector("a"))?.focus();
}

const here = () => window.location.pathname + window.location.search;
let latest;
let showing = here();

// `keep` is "push" or "replace" in the browser's history: letters typed one after the other are one step there.
async function show(address, { keep }) {
  latest?.abort();
  latest = new AbortController();
  history_.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: latest.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-history]");
    if (keep) window.history[`${keep}State`](null, "", address);
    showing = here();
    follow(page.querySelector("form"));
    for (const name of ["opening", "jump", "tools", "results", "ending", "data"]) replace(name, page);
    part(history_, "status").textContent = part(page, "status").textContent.trim();
    history_.removeAttribute("aria-busy");
  } catch (wrong) {
    if (wrong.name !== "AbortError") window.location.assign(address);
  }
}

if (form) {
  let soon;
  let wasTyped = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(soon);
    const isTyped = !event.submitter && document.activeElement?.type === "search";
    show(asked(), { keep: isTyped && wasTyped ? "replace" : "push" });
    wasTyped = isTyped;
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "search") form.requestSubmit();
  });
  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(soon);
    soon = setTimeout(() => form.requestSubmit(), 400);
  });
  history_.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-tool]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href, { keep: "push" });
    wasTyped = false;
  });
  // Going from one anchor to another is no new question.
  window.addEventListener("popstate", () => {
    if (here() !== showing) show(here(), { keep: "" });
    wasTyped = false;
  });
}

// A link to a moment that the filters hide leads to the whole history instead.
if (history_ && window.location.search && window.location.hash.length > 1) {
  let name = window.location.hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // an address somebody cut in two: no moment is called so
  }
  if (!document.getElementById(name)) {
    const table = new URLSearchParams(window.location.search).get("view") === "table" ? "?view=table" : "";
    window.location.replace(`${window.location.pathname}${table}${window.location.hash}`);
  }
}

// Copying a link says so; where copying is not allowed the link is an ordinary one.
history_?.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-permalink]");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const said = history_.querySelector("[data-copied]");
  try {
    await navigator.clipboard.writeText(link.href);
    said.textContent = "";
    requestAnimationFrame(() => (said.textContent = said.dataset.copied));
    link.classList.add("is-copied");
    link.addEventListener("blur", () => link.classList.remove("is-copied"), { once: true });
  } catch {
    window.location.assign(link.href);
  }
});
