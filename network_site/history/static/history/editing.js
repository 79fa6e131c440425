// Says how visitors will read a date while it is typed; the server finds the words.
const FIELDS = /^(precision|(starts|ends)_on_(day|month|year)|is_circa|when_words)$/;
const WAIT = 250;

const words = document.querySelector("[data-dates-url]");
const form = words?.closest("form");
let waiting;
let asked = 0;

async function say() {
  const typed = [...new FormData(form)].filter(([name]) => FIELDS.test(name));
  asked += 1;
  const mine = asked;
  const answer = await fetch(`${words.dataset.datesUrl}?${new URLSearchParams(typed)}`);
  const text = await answer.text();
  if (answer.ok && mine === asked) words.textContent = text;
}

function soon({ target }) {
  if (!FIELDS.test(target.name ?? "")) return;
  clearTimeout(waiting);
  waiting = setTimeout(say, WAIT);
}

form?.addEventListener("input", soon);
form?.addEventListener("change", soon);
