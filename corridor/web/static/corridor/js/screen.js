// Announcements on a big screen: arrow keys, space and the page keys go on and back, f fills the screen. Nothing moves by itself.

const go = (rel) => document.querySelector(`a[rel="${rel}"]`)?.click();
const isBackwards = document.documentElement.dir === "rtl";
const keys = {
  ArrowRight: isBackwards ? "prev" : "next", ArrowLeft: isBackwards ? "next" : "prev", ArrowDown: "next", ArrowUp: "prev", PageDown: "next",
  PageUp: "prev", " ": "next",
};
const fill = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === " " && event.target.closest("a, button")) return;
  if (event.key.toLowerCase() === "f") fill();
  const rel = keys[event.key];
  if (!rel) return;
  event.preventDefault();
  go(rel);
});
const button = document.querySelector("[data-full]");
if (button && document.fullscreenEnabled) {
  button.hidden = false;
  button.addEventListener("click", fill);
}

// The next one takes the place of this one without leaving the full screen, which a new page would.
document.addEventListener("click", async (event) => {
  const link = event.target.closest('a[rel="next"], a[rel="prev"]');
  if (!link || !document.fullscreenElement) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".screen-main");
  document.querySelector(".screen-main").replaceWith(next);
  history.replaceState(null, "", link.href);
});
