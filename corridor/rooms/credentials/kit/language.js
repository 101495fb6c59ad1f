// The language of the reader on the pages of a leaving kit: the one chosen by a link, kept on the device; otherwise the browser's. Without this script
// the links alone choose it.

const links = [...document.querySelectorAll("nav a[hreflang]")];
const KEPT = "kit-language";

const offered = (wanted) => {
  const tag = wanted.toLowerCase();
  const found = links.find((each) => each.hreflang.toLowerCase() === tag) ?? links.find((each) => each.hreflang.split("-")[0] === tag.split("-")[0]);
  return found?.hreflang;
};

// A browser that keeps nothing still shows the page.
const kept = (tag) => {
  try {
    if (tag) localStorage.setItem(KEPT, tag);
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
};

const show = (tag) => {
  const link = links.find((each) => each.hreflang === tag);
  Object.assign(document.documentElement, { lang: tag, dir: link.dir });
  for (const each of links) each.toggleAttribute("aria-current", each === link);
  link.setAttribute("aria-current", "true");
  const heading = document.querySelector(`[id="${tag}"] h1`);
  if (heading) document.title = heading.textContent;
  document.dispatchEvent(new Event("language"));
};

const chosen = () => offered(location.hash.slice(1) || kept() || navigator.languages.find(offered) || "en") ?? "en";

addEventListener("hashchange", () => show(kept(chosen()) || chosen()));
if (location.hash.slice(1) !== chosen()) location.replace(`#${chosen()}`);
show(chosen());
