// Says when the session is about to end, and prolongs it when asked (WCAG 2.2.1). What another tab does counts for all of them.
const box = document.getElementById("stay");
const [stay, close] = box.querySelectorAll("button");
const tabs = new BroadcastChannel("stay");
const seconds = (name) => Number(box.dataset[name]) * 1000;
const start = Date.now();
let seen = start;
let told = "";

function begin() {
  seen = Date.now();
  told = "";
  box.close();
}

function look() {
  const idle = seen + seconds("idle");
  const longest = start + seconds("longest");
  const left = Math.min(idle, longest) - Date.now();
  if (left < seconds("ahead")) tell(left <= 0 ? "ended" : longest <= idle ? "longest" : "idle");
}

function tell(what) {
  if (told === what) return;
  told = what;
  for (const line of box.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== what;
  stay.hidden = what !== "idle";
  close.hidden = !stay.hidden;
  if (!box.open) box.showModal();
  (stay.hidden ? close : stay).focus();
}

stay.addEventListener("click", async () => {
  const answer = await fetch(box.dataset.address, { method: "POST", headers: { "X-CSRFToken": box.dataset.token }, redirect: "manual" }).catch(() => null);
  // Nobody knows whether the session lives where the network or the server fails: it is tried again.
  if (!answer || answer.status >= 500) return;
  if (!answer.ok) return tell("ended");
  begin();
  tabs.postMessage("");
});
close.addEventListener("click", () => box.close());
// Signing in again in another tab brings no form back that was made before.
tabs.addEventListener("message", () => told !== "ended" && begin());
tabs.postMessage("");
setInterval(look, 10_000);
