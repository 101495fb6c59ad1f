// Passkeys: the browser's own questions for the forms with data-passkey ("make" or "ask"). Without this file, or where a browser knows no
// passkeys, a code of the app or a password does the same.

const fromText = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// What the server sent, with its texts turned into bytes.
const readable = ({ publicKey }) => {
  const asked = { ...publicKey, challenge: fromText(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: fromText(asked.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (asked[list]) asked[list] = asked[list].map((known) => ({ ...known, id: fromText(known.id) }));
  }
  return asked;
};

// What the browser answered, with its bytes turned into texts.
const sendable = (found) => {
  const { response } = found;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toText(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({
    type: found.type, id: found.id, rawId: toText(found.rawId), response: parts,
    clientExtensionResults: found.getClientExtensionResults(),
  });
};

const optionsOf = async (form) => {
  const address = form.dataset.optionsFrom;
  if (!address) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const make = async (form) => {
  const { creation_options: options } = await optionsOf(form);
  const publicKey = readable(options);
  // The key lies in the device and asks for its holder: it signs in alone.
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
  };
  return navigator.credentials.create({ publicKey });
};

const ask = async (form) => {
  const { request_options: options } = await optionsOf(form);
  return navigator.credentials.get({ publicKey: readable(options) });
};

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      try {
        const found = await (form.dataset.passkey === "make" ? make(form) : ask(form));
        form.querySelector("input[name=credential]").value = sendable(found);
        form.submit();
      } catch {
        failed.hidden = false;
        delete form.dataset.sent;
      }
    });
  }
}
