// A film is loaded from YouTube only after the reader asked for it here, or said once and for all that it may be.
const KEY = "films-from-youtube";

function mayAlways() {
  try {
    return localStorage.getItem(KEY) === "always";
  } catch {
    return false;
  }
}

// Returns whether the browser kept it: some keep nothing, and then nothing is promised.
function keep(always) {
  try {
    if (always) localStorage.setItem(KEY, "always");
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

function player(film, autoplay) {
  const frame = document.createElement("iframe");
  const number = encodeURIComponent(film.dataset.video);
  frame.src = `https://www.youtube-nocookie.com/embed/${number}?rel=0${autoplay ? "&autoplay=1" : ""}`;
  frame.title = film.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  // The player refuses to start without knowing which site it is on; it is told the site, not the page.
  frame.referrerPolicy = "strict-origin";
  frame.loading = autoplay ? "eager" : "lazy";
  frame.className = "video__player";
  return frame;
}

function show(film, autoplay) {
  const frame = film.querySelector(".video__frame");
  if (frame.querySelector("iframe")) return;
  frame.replaceChildren(player(film, autoplay));
  if (autoplay) frame.firstElementChild.focus();
}

for (const film of document.querySelectorAll(".video[data-video]")) {
  const button = film.querySelector(".video__play");
  if (!button || film.dataset.ready) continue;
  film.dataset.ready = "yes";
  button.hidden = false;
  button.addEventListener("click", () => show(film, true));
  const always = film.querySelector(".video__always");
  const box = always?.querySelector("input");
  if (!box) continue;
  always.hidden = false;
  box.checked = mayAlways();
  if (box.checked) show(film, false);
  box.addEventListener("change", () => {
    if (!keep(box.checked)) box.checked = false;
    for (const other of document.querySelectorAll(".video__always input")) other.checked = box.checked;
    if (box.checked) for (const other of document.querySelectorAll(".video[data-ready]")) show(other, false);
  });
}
