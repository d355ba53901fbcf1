"use strict";
// A form with data-passkey asks the browser for a passkey and sends what it signed.
// "create" and "get" carry the ceremony's options; "login" fetches them from where the form is sent to.
(() => {
  const json = window.webauthnJSON;
  if (!window.PublicKeyCredential || !json) return;

  async function options(form) {
    if (form.dataset.passkey !== "login") return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button[type=button]");
    const failed = form.querySelector("[role=alert][hidden]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      failed.hidden = true;
      try {
        const asked = await options(form);
        const made = form.dataset.passkey === "create" ? await json.create(asked) : await json.get(asked);
        form.elements.credential.value = JSON.stringify(made);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
})();
