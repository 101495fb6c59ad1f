"""axe-core, given to every page past its policy, which would not let a page load it."""

from typing import Any

from playwright.sync_api import BrowserContext, Page

from .alliance import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async (theme) => {
  // Nothing moves while it is looked at: a colour on its way from light to dark is nobody's colour.
  if (!document.adoptedStyleSheets.length) {
    const still = new CSSStyleSheet();
    still.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important }");
    document.adoptedStyleSheets = [still];
  }
  document.documentElement.setAttribute("data-bs-theme", theme);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const found = await axe.run(document, {resultTypes: ["violations"]});
  const told = (node) => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "");
  return found.violations.map(({id, help, nodes}) => ({id, help, at: nodes.map(told)}));
}"""


def give_axe(context: BrowserContext) -> None:
    """To every page that the context opens from now on."""
    context.add_init_script(path=AXE)


def violations(page: Page, theme: str = "light") -> list[str]:
    """A line for each rule that the page breaks in that theme, with the places."""
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    found: list[dict[str, Any]] = page.evaluate(RUN, theme)
    return [f"{one['id']} ({one['help']}), {len(one['at'])} times: " + " | ".join(one["at"][:3]) for one in found]
