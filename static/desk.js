/* Keys, and nothing a page cannot do without: "/" searches, "n" begins a request, "?" lists the keys.
   What bears a key of its own on a page (`data-key-here`) is pressed by that. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const link = { n: "new-request", "?": "keys" }[event.key];
  const named = /^[a-z0-9]$/.test(event.key) && document.querySelector(`[data-key-here="${event.key}"]`);
  if (named) {
    event.preventDefault();
    named.click();
  } else if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    } else {
      location.assign(document.body.dataset.search);
    }
  } else if (link) {
    const target = document.getElementById(link);
    if (target) {
      event.preventDefault();
      target.click();
    }
  }
});

/* A form is sent once, however often its button is pressed; what opens beside the page is no act. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.submitter?.formTarget === "_blank") return;
  if (form.dataset.sent) event.preventDefault();
  else if (form.method === "post") form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* "Copy" buttons put a text where the city's portal can take it. Those that are hidden have another
   way beside them, for whom no script runs. */
for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  button.textContent = "Copied";
});
