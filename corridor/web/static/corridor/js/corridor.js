// Small helps. Every page works without this file.

const root = document.documentElement;

// Tabler knows its dark colours only by the attribute: follow the reader's system until the reader has chosen (a cookie that the server reads).
if (!root.dataset.bsTheme) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  follow();
  dark.addEventListener("change", follow);
}

// Copy a whole fingerprint, and show that it was done.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const use = button.querySelector("use");
  use?.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#check"));
});

// Close a menu with Escape or by a click beside it.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  closeMenus(null);
  menu?.querySelector("summary").focus();
});

// A form is not sent twice by an impatient second tap.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});

// Whoever signs out takes the names off this phone. What was not sent stays, hidden, until they are back (kept.js keeps it).
document.addEventListener("submit", (event) => {
  if (!event.target.action?.endsWith("/sign-out/")) return;
  const known = JSON.parse(localStorage.getItem("corridor-account") || "null");
  localStorage.removeItem("corridor-account");
  if (!known) return;
  const asked = indexedDB.open(`corridor-kept-${known.id}`);
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onsuccess = () => {
    if (asked.result.objectStoreNames.contains("things")) asked.result.transaction("things", "readwrite").objectStore("things").clear();
  };
});

// The register: the tile and the list of exceptions say the same thing.
const roll = document.querySelector("[data-roll]");
if (roll) {
  const out = document.querySelector("[data-roll-count]");
  const count = () => {
    const all = roll.querySelectorAll(".tile-in");
    const away = roll.querySelectorAll(".tile-in:checked").length;
    if (out) out.textContent = String(all.length - away);
  };
  roll.addEventListener("change", (event) => {
    count();
    const choices = document.querySelector(`[data-exception="${event.target.id}"]`);
    if (choices) choices.hidden = !event.target.checked;
  });
  document.addEventListener("change", (event) => {
    const { seat } = event.target.dataset;
    const tile = seat && document.getElementById(seat);
    if (!tile) return;
    tile.dataset.mark = event.target.value;
    const mark = tile.nextElementSibling.querySelector(".tile-mark");
    if (mark) mark.textContent = event.target.dataset.word;
  });
  count();
}

// Long work is followed in its place, and the page read again once, when it is over. Without this file a link does it.
const followWork = async () => {
  const shown = document.querySelector("[data-follow]");
  if (!shown) return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) {
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-follow]");
    if (!next) return location.reload();
    if (!shown.contains(document.activeElement)) shown.replaceWith(next);
  }
  setTimeout(followWork, 3000);
};
if (document.querySelector("[data-follow]")) setTimeout(followWork, 3000);
