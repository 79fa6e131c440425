// While the worker is at it, asks how far it is; when it is finished, shows the page that says so.
const place = document.querySelector("[data-progress]");
const EVERY = 2000;

const look = async () => {
  const answer = await fetch(place.dataset.progress, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) return;
  place.innerHTML = await answer.text();
  if (place.querySelector("progress")) setTimeout(look, EVERY);
  else location.reload();
};

if (place) setTimeout(look, EVERY);
