// The code of a session, made anew twice a minute from its key, with or without a network; and the list of those who scanned it.

const place = document.querySelector("[data-arrival]");

const madeOf = async (screen, key, step) => {
  const body = new Uint8Array(20);
  body.set(screen);
  new DataView(body.buffer).setUint32(16, step);
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", key, body));
  const code = String.fromCharCode(...body, ...signed.slice(0, 12));
  return btoa(code).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

const bytesOf = (hex) => new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16)));

const showCode = (address) => {
  const { size, path } = drawCode(address);
  const [edge, whole] = [4, size + 8];
  place.innerHTML = `<svg viewBox="0 0 ${whole} ${whole}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${whole}v${whole}H0z"/><path fill="#000" transform="translate(${edge} ${edge})" d="${path}"/></svg>`;
};

const begin = async () => {
  const { key, address, step } = place.dataset;
  const screen = bytesOf(place.dataset.arrival.replaceAll("-", ""));
  const made = await crypto.subtle.importKey("raw", bytesOf(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  // The clock of the house counts, not that of the phone; it goes on from here without a network.
  let ahead = Number(place.dataset.now) - Date.now();
  let shown = 0;
  const draw = async () => {
    const now = Math.floor((Date.now() + ahead) / 1000 / Number(step));
    if (now === shown) return;
    shown = now;
    place.dataset.shown = `${address}${await madeOf(screen, made, now)}/`;
    showCode(place.dataset.shown);
  };
  const look = async () => {
    const answer = await fetch(window.location.href).catch(() => null);
    document.querySelector("[data-arrival-net]").hidden = Boolean(answer?.ok);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [fresh, next] = [page.querySelector("[data-arrival]"), page.querySelector("[data-arrival-list]")];
    const list = document.querySelector("[data-arrival-list]");
    if (fresh) ahead = Number(fresh.dataset.now) - Date.now();
    if (next && !list.contains(document.activeElement)) list.replaceWith(next);
  };
  await draw();
  setInterval(draw, 500);
  setInterval(look, 10_000);
};

if (place && window.crypto?.subtle) begin();
