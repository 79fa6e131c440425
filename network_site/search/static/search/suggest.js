// Suggestions while one types (ARIA 1.2: a combobox with a list). Without this the form is an ordinary form.
const WAIT = 120;

const combobox = (form) => {
  const field = form.querySelector("input[type=search]");
  const says = form.querySelector("[data-says]");
  const list = Object.assign(document.createElement("ul"), { id: `${field.id}-list`, className: "suggestions" });
  const say = (words) => { says.textContent = words; };
  let asked, timer, chosen = -1;

  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.name);
  field.after(list);
  const about = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(about)) field.setAttribute(name, value);

  const choose = (place) => {
    const options = [...list.children];
    chosen = place;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  };

  const open = (isOpen) => {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(-1);
  };

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    open(false);
    say("");
  };

  const option = ({ title, url, kind }, at) => {
    const item = document.createElement("li");
    Object.assign(item, { id: `${list.id}-${at}` }).dataset.url = url;
    item.setAttribute("role", "option");
    item.append(Object.assign(document.createElement("b"), { textContent: title }));
    item.append(Object.assign(document.createElement("span"), { textContent: kind }));
    return item;
  };

  const show = (found) => {
    list.replaceChildren(...found.map(option));
    open(found.length > 0);
    const words = found.length === 1 ? form.dataset.one : form.dataset.many.replace("{n}", String(found.length));
    say(found.length ? words : form.dataset.none);
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const words = field.value.trim();
    if (words.length < 2) return close();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch {
      // A newer question took its place, or there is no connection: the form still works.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    const most = list.children.length;
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key.startsWith("Arrow") && /Up|Down/.test(event.key) && !event.altKey && most) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (list.hidden) open(true);
      choose(((chosen + 1 + step + most + 1) % (most + 1)) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    } else if (event.key === "Tab") {
      close();
    }
  });
  // The cursor stays in the field while somebody presses a suggestion.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const url = event.target.closest("[role=option]")?.dataset.url;
    if (url) location.assign(url);
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
};

for (const form of document.querySelectorAll("form[data-suggest]")) combobox(form);
