// Passkeys: make one, or sign in with one. Where the browser can't, the button stays hidden.

const place = document.querySelector("[data-passkey]");
const adding = place?.dataset.passkey === "add";
const known = window.PublicKeyCredential;

if (place && known?.parseCreationOptionsFromJSON && known.parseRequestOptionsFromJSON) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", run);
}

async function run() {
  const status = place.querySelector("[role=status]");
  status.textContent = "";
  try {
    const answer = await post(place.dataset.ask);
    if (answer.redirected || !answer.ok) return location.reload();
    const credential = await credentialFor(await answer.json());
    const sent = await post(place.dataset.send, { credential: credential.toJSON(), ...fields() });
    if (sent.redirected) return location.reload();
    const told = await sent.json();
    if (sent.ok) location.assign(told.next);
    else status.textContent = told.words || place.dataset.failed;
  } catch {
    // The person changed their mind, the time was over, or the network is gone.
    status.textContent = place.dataset.failed;
  }
}

function credentialFor(options) {
  return adding
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(options) });
}

function fields() {
  if (adding) return {};
  return { counter: value("counter"), next: value("next") };
}

function value(name) {
  return document.querySelector(`[name=${name}]`)?.value ?? "";
}

function post(address, message) {
  const headers = { "X-CSRFToken": value("csrf_token") };
  if (message) headers["Content-Type"] = "application/json";
  return fetch(address, {
    method: "POST",
    headers,
    body: message ? JSON.stringify(message) : undefined,
  });
}
