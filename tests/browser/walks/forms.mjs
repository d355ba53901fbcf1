// One person sends each kind of form that the pages show, as it stands: unchanged, or empty. A list's act gets a row, of nobody who
// walks here. Forms that come up on the way are sent as well, but for what a walk of its own sends. What takes others away comes late:
// a report of nothing the lines of its page, and what ends the session everything.
import { setTimeout } from "node:timers/promises";
import { forms, kind as pageKind, look } from "./look.mjs";
import { comeBack, told, visitor, walk } from "./lib.mjs";

const SOON = 5_000;
const listed = new Set([...told.known, ...told.forms.map(({ kind }) => kind)]);

await walk(async (browser) => {
  const context = await visitor(browser);
  if (told.who) await comeBack(await context.newPage(), told.who);
  const sent = {};
  const ahead = [...told.forms].sort((one, other) => last(one) - last(other));
  const page = await context.newPage();
  for (const { at, kind } of ahead) {
    if (told.known.includes(kind)) continue;
    const status = (await page.goto(at)).status();
    await send(page, kind, sent);
    // A reason opens every page of a partner's desk for a while: the page stands where its question stood.
    if (!(kind in sent) && at.includes("/at/")) sent[kind] = { status, page: pageKind(at), faults: await look(page) };
  }
  return sent;
});

function last({ kind }) {
  return ["/nil/", "/logout/"].findIndex((each) => kind.includes(each)) + 1;
}

// Whether a walk of its own sends a form, by whichever button.
function isElsewhere({ kind }) {
  return told.elsewhere.some((each) => kind === each || kind.startsWith(`${each} `));
}

// Sends a form, then those of the page that follows which are new.
async function send(page, kind, sent) {
  const form = (await forms(page)).find((each) => each.kind === kind);
  if (!form || kind in sent) return;
  if (form.act) await choose(page, form);
  const before = pageKind(page.url());
  const answer = await answerTo(page, form);
  if (!answer) return void (sent[kind] = { status: 200, page: before, faults: [] });
  sent[kind] = { status: answer.status(), page: pageKind(page.url()), faults: isLookedAt(answer, before) ? [] : await look(page) };
  for (const next of await forms(page)) {
    const fresh = !listed.has(next.kind) && next.button !== "script" && !last(next) && !isElsewhere(next);
    if (next.button === "sure" || fresh) await send(page, next.kind, sent);
  }
}

// What the server answers, or nothing where that is a file: the browser gives the navigation up then, and the page stays where it is.
async function answerTo(page, form) {
  const file = page.waitForEvent("download", { timeout: 0 }).catch(() => null);
  const navigation = page.waitForNavigation().catch((error) => Promise.race([file.then(() => null), later(error)]));
  const [answer] = await Promise.all([navigation, page.evaluate(submit, form)]);
  return answer;
}

// Fails, unless a file comes sooner.
async function later(error) {
  await setTimeout(SOON);
  throw error;
}

// Whether the answer leads to another page, of a kind that was looked at when it was found.
function isLookedAt(answer, before) {
  const after = pageKind(answer.url());
  return answer.request().method() === "GET" && after !== before && told.looked.includes(after);
}

function submit({ at, button }) {
  const form = document.forms[at];
  form.noValidate = true;
  const senders = [...form.elements].filter((each) => each.type === "submit");
  form.requestSubmit(senders.find((each) => each.name === button) ?? senders[0]);
}

async function choose(page, { at, act }) {
  const names = Object.keys(told.people);
  await page.evaluate(([at, act, names]) => {
    const form = document.forms[at];
    form.querySelector("select[name=action]").value = act;
    const rows = [...form.querySelectorAll("input.action-select")];
    const row = rows.find((each) => !names.some((name) => each.closest("tr").textContent.includes(name)));
    if (row) row.checked = true;
  }, [at, act, names]);
}
