// The booking button says how many places it books. Without this it says "Book places".
const read = (form) =>
  [...form.querySelectorAll("[data-places]")].reduce((sum, field) => sum + (Number.parseInt(field.value, 10) || 0), 0);

const say = (form) => {
  const button = form.querySelector("[type=submit][data-many]");
  if (!button) return;
  const places = read(form);
  const numbers = (button.dataset.numbers || "").split(",");
  const many = button.dataset.many.replace("{n}", numbers[places] || String(places));
  button.textContent = places === 0 ? button.dataset.none : places === 1 ? button.dataset.one : many;
};

for (const form of document.querySelectorAll("form[data-count-places]")) {
  form.addEventListener("input", () => say(form));
  // A page that comes back from the browser's own cache keeps its choices.
  window.addEventListener("pageshow", () => say(form));
}
