// Passkeys: <form data-passkey="create|get" data-options="{…}" hidden> with a hidden input "answer". The form appears where
// the browser can make passkeys; pressing its button asks the device, and its answer is sent as an ordinary form.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  const said = { ...options, challenge: bytes(options.challenge) };
  if (options.user) said.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) said[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return said;
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function ask(form) {
  const publicKey = asked(JSON.parse(form.dataset.options));
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey });
}

if (window.PublicKeyCredential && navigator.credentials) {
  document.querySelectorAll("[data-no-passkey]").forEach((note) => { note.hidden = true; });
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      event.stopPropagation();
      try {
        form.elements.answer.value = answered(await ask(form));
        form.submit();
      } catch {
        form.querySelector("button")?.removeAttribute("aria-busy");   // the person said no: nothing happened
      }
    });
  }
}
