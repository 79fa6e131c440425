// A button beside every text that is there to be copied; without a script the text is selected by a click.
// Italics come along into programs that know them.
for (const text of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = text.dataset.copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const plain = new Blob([text.textContent.trim()], { type: "text/plain" });
    const rich = new Blob([text.innerHTML.trim()], { type: "text/html" });
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain, "text/html": rich })]);
    said.textContent = text.dataset.copied;
  });
  const row = document.createElement("p");
  row.className = "row";
  row.append(button, said);
  text.after(row);
}
