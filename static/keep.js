/* What is typed is kept: by the desk after each pause in typing and before the tab is left, and in
   this browser until the desk has said that it has it. One copy is on its way at a time; the count
   of a tab's copies tells the desk which is the later one. */
(() => {
  const PAUSE = 1500;
  const RETRY = 8000;
  const HERE = 30000; /* so often an open form says that it is open, and hears who else has it */
  const PREFIX = `desk-words:${document.body.dataset.person}:`;
  const FRESH = { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } };
  let count = 0;
  let timer = null;
  let underway = null;
  let isWaiting = false; /* something was typed that the desk has not got */
  let isLeaving = false; /* the form itself is on its way, with all of it */

  const open = () => document.querySelector("form[data-keep]");
  const say = (html) => {
    const line = document.getElementById("kept");
    if (line) line.innerHTML = html;
  };
  const address = (form) => form.dataset.keepAt ?? location.pathname + location.search;
  const key = (form) => `${PREFIX}${form.dataset.keep}:${form.elements.tab.value}`;

  function copyOf(form) {
    const words = new FormData(form);
    for (const [name, value] of [...words]) if (value instanceof File) words.delete(name);
    count = Math.max(count + 1, Date.now());
    words.set("count", count);
    words.set("do", "keep");
    return words;
  }

  function remember(form, words = copyOf(form)) {
    const entry = { at: address(form), count, words: [...words] };
    try {
      localStorage.setItem(key(form), JSON.stringify(entry));
    } catch {
      /* This browser keeps nothing: the desk has it after the next pause. */
    }
  }

  async function post(url, words, more = {}) {
    const answer = await fetch(url, { ...FRESH, method: "POST", body: words, ...more });
    return answer.status === 403 && !more.keepalive ? withFreshToken(url, words) : answer;
  }

  /* After signing in again in another tab a form's token is an old one; any page has the new one. */
  async function withFreshToken(url, words) {
    const page = await (await fetch(location.href, FRESH)).text();
    const fresh = new DOMParser().parseFromString(page, "text/html");
    const token = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token) return new Response("", { status: 401 });
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    words.set("csrfmiddlewaretoken", token);
    return fetch(url, { ...FRESH, method: "POST", body: words });
  }

  async function send(form, more) {
    clearTimeout(timer);
    isWaiting = false;
    const words = copyOf(form);
    const mine = key(form);
    if (localStorage.getItem(mine)) remember(form, words);
    underway = new AbortController();
    try {
      const answer = await post(address(form), words, { signal: underway.signal, ...more });
      heard(form, mine, answer.status, answer.headers.get("X-Tab"), await answer.text());
    } catch (error) {
      if (error.name === "AbortError") return;
      isWaiting = true;
      say("<strong>No connection.</strong> What you typed is kept in this browser, and sent when it is back.");
      timer = setTimeout(next, RETRY);
    } finally {
      underway = null;
    }
    if (isWaiting && !timer) next();
  }

  function heard(form, mine, status, tab, line) {
    timer = null;
    if (status === 205) {
      localStorage.removeItem(mine);
      form.elements.tab.value = tab;
      isWaiting = true;
    } else if (status === 200 || status === 409) {
      if (!isWaiting) localStorage.removeItem(mine);
      form.elements.continues.value = "";
      say(line);
    } else if (status === 401) {
      say(line || "<strong>Your sign-in has ended.</strong> Reload the page to sign in: your words are kept.");
    } else {
      say("<strong>Not saved by the desk.</strong> What you typed is kept in this browser, and tried again.");
      isWaiting = true;
      timer = setTimeout(next, RETRY);
    }
  }

  function next() {
    timer = null;
    const form = open();
    if (form && isWaiting && !underway && !isLeaving) send(form);
  }

  function typed(event) {
    const form = event.target.closest?.("form[data-keep]");
    if (!form || event.target.type === "file") return;
    isWaiting = true;
    remember(form);
    clearTimeout(timer);
    timer = setTimeout(next, PAUSE);
  }

  /* A tab that is hidden may never be seen again: it says what it has, even past a copy on its way. */
  function leave() {
    const form = open();
    if (form && isWaiting && !isLeaving) {
      isWaiting = false;
      clearTimeout(timer);
      timer = null;
      const words = copyOf(form);
      remember(form, words);
      post(address(form), words, { keepalive: true }).then(
        async (answer) => heard(form, key(form), answer.status, null, await answer.text()),
        () => (isWaiting = true),
      );
    }
  }

  /* Words that the desk never got, of tabs that are closed by now: sent from any page. */
  async function sendOldWords() {
    const form = open();
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    const mine = form ? key(form) : "";
    const shown = Number(form?.elements.continues.value.split(":")[1]);
    for (const name of names.filter((one) => one !== mine)) {
      const { at, words, count: number } = JSON.parse(localStorage.getItem(name));
      if (number === shown) {
        localStorage.removeItem(name); /* the form was opened with them */
        continue;
      }
      const copy = new FormData();
      for (const [field, value] of words) copy.append(field, value);
      copy.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      const { status } = await post(at, copy);
      if (![200, 205, 404, 409].includes(status)) continue;
      localStorage.removeItem(name);
      const isOfThisPage = form && name.startsWith(`${PREFIX}${form.dataset.keep}:`);
      if (isOfThisPage && status !== 205 && !isWaiting) {
        isLeaving = true; /* the page is opened again, with these words in its form */
        location.reload();
        return;
      }
    }
  }

  document.addEventListener("input", typed);
  document.addEventListener("change", typed);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-keep]") || event.submitter?.formTarget === "_blank") return;
    isLeaving = true;
    underway?.abort();
  });
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", next);
  window.addEventListener("focus", next);
  window.addEventListener("pageshow", () => (isLeaving = false));
  /* A button that changes the text by htmx has changed what is to be kept. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const changesNothing = ["letter-preview", "already-published"].includes(event.target.id);
    if (open() && !changesNothing) typed({ target: open().elements.tab });
  });
  /* "Find it in the letter": the paragraph that a comment means, selected where it stands. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-find]");
    const text = button?.form?.elements.text;
    if (!text) return;
    const words = document.getElementById(button.dataset.find).textContent.trim().split(/\s+/);
    const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const found = new RegExp(escaped.join("\\s+")).exec(text.value);
    if (!found) return;
    text.focus();
    text.setSelectionRange(found.index, found.index + found[0].length);
  });

  if (document.body.dataset.person) {
    const here = () => open() && !document.hidden && !underway && !isLeaving && send(open());
    /* Without a connection they stay in this browser until the next page is opened. */
    sendOldWords().catch(() => null).then(here);
    setInterval(here, HERE);
  }
})();
