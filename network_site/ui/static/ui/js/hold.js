// Says how many minutes a hold still lasts: seen each minute, spoken only at ten, five, two, one and none.
const SPOKEN = new Set([10, 5, 2, 1, 0]);
const MINUTE = 60_000;

const words = (hold, minutes) => {
  if (minutes <= 0) return hold.dataset.over;
  return minutes === 1 ? hold.dataset.one : hold.dataset.many.replace("{n}", String(minutes));
};

const watch = (hold) => {
  const until = Date.parse(hold.dataset.holdUntil);
  const seen = hold.querySelector(".hold__left");
  const spoken = hold.querySelector("[role=status]");
  if (Number.isNaN(until) || !seen || !hold.dataset.many) return;
  let before;
  const tick = () => {
    const left = until - Date.now();
    const minutes = Math.max(0, Math.ceil(left / MINUTE));
    if (minutes !== before) {
      seen.textContent = words(hold, minutes);
      if (spoken && before !== undefined && SPOKEN.has(minutes)) spoken.textContent = words(hold, minutes);
      before = minutes;
    }
    if (left > 0) setTimeout(tick, Math.min(left % MINUTE || MINUTE, MINUTE) + 50);
  };
  tick();
  document.addEventListener("visibilitychange", () => document.hidden || tick());
};

for (const hold of document.querySelectorAll("[data-hold-until]")) watch(hold);
