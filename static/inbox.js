/* The Inbox by keys: 1 to 5 file the chosen mail, j and k choose the next and the one before. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const mails = [...document.querySelectorAll("[data-mail]")];
  const chosen = document.activeElement.closest("[data-mail]");
  if (event.key === "j" || event.key === "k") {
    const next = mails[mails.indexOf(chosen) + (event.key === "j" ? 1 : -1)] ?? chosen ?? mails[0];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  } else if (/^[1-5]$/.test(event.key)) {
    const button = (chosen ?? mails[0])?.querySelector(`[data-key="${event.key}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  }
});
