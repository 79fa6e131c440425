// The answer is sent without leaving the page; whatever goes wrong, the form is sent the usual way.
for (const form of document.querySelectorAll("form[data-opinion]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    const thanks = form.parentElement.querySelector("[role=status]");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const { said } = await answer.json();
      form.hidden = true;
      thanks.classList.add("is-said");
      thanks.textContent = said;
      thanks.focus({ preventScroll: true });
    } catch {
      form.submit();
    }
  });
}
