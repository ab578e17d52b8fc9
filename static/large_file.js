/* A large file goes to the desk in pieces, each with its hash. The desk says how much it has, so a
   piece that was lost is sent again, and a file that was begun goes on where it stopped. */
(() => {
  const PIECE = 4 * 1024 * 1024;
  const TRIES = 8;
  const form = document.querySelector("form[data-large-file]");
  if (!form) return;
  const said = form.querySelector("[data-said]");
  const bar = form.querySelector("progress");
  const pause = (tries) => new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tries));
  const megabytes = (bytes) => `${Math.floor(bytes / 1e6).toLocaleString("en-US")} MB`;

  async function answerOf(url, options) {
    const token = form.elements.csrfmiddlewaretoken.value;
    const headers = { "X-CSRFToken": token, ...options.headers };
    const answer = await fetch(url, { ...options, headers, credentials: "same-origin" });
    if (answer.status >= 500) throw new TypeError("the desk did not answer");
    const told = await answer.json();
    if (told.problem) throw new Error(told.problem);
    return told;
  }

  async function hashOf(piece) {
    const digest = await crypto.subtle.digest("SHA-256", await piece.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function sendPiece(url, file, from) {
    const piece = file.slice(from, from + PIECE);
    const headers = { "Upload-Offset": from, "Upload-Sha256": await hashOf(piece) };
    for (let tries = 0; ; tries += 1) {
      try {
        return (await answerOf(url, { method: "PATCH", body: piece, headers })).received;
      } catch (error) {
        if (!(error instanceof TypeError) || tries === TRIES) throw error;
        said.textContent = "The line is broken; trying again…";
        await pause(tries);
      }
    }
  }

  async function send(file) {
    form.elements.name.value = file.name;
    form.elements.size.value = file.size;
    form.elements.content_type.value = file.type;
    const begun = await answerOf(form.action, { method: "POST", body: new FormData(form) });
    let received = begun.received;
    while (received < file.size) {
      bar.value = received / file.size;
      said.textContent = `${megabytes(received)} of ${megabytes(file.size)}`;
      received = await sendPiece(begun.pieces, file, received);
    }
    said.textContent = "All of it has come; the desk is putting it away…";
    const done = await answerOf(begun.finish, { method: "POST" });
    location.assign(done.onward);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) {
      said.textContent = "Choose the file first.";
      return;
    }
    const button = form.querySelector("button");
    button.disabled = true;
    bar.hidden = false;
    try {
      await send(file);
    } catch (error) {
      said.textContent = error instanceof TypeError
        ? "The desk could not be reached. Send it again: it goes on where it stopped."
        : error.message;
      button.disabled = false;
    }
  });
})();
