/* A paragraph of the newsroom's goes in where the cursor stands; without this script, to the end. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  const text = button?.form?.elements.text;
  if (!text) return;
  event.preventDefault();
  const words = document.getElementById(button.dataset.insert).textContent;
  const before = text.value.slice(0, text.selectionEnd).replace(/\s+$/, "");
  const after = text.value.slice(text.selectionEnd).replace(/^\s+/, "");
  text.focus();
  text.setSelectionRange(before.length, text.value.length - after.length);
  /* Typed rather than set, so that the browser's own "undo" takes it out again. */
  const typed = `${before && "\n\n"}${words}${after && "\n\n"}`;
  if (!document.execCommand("insertText", false, typed)) {
    text.setRangeText(typed, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
