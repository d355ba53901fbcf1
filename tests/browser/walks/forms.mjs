// One person sends each kind of form that the pages show, as it stands: unchanged, or empty. A list's act gets a row, of nobody who
// walks here. Forms that come up on the way are sent as well. What ends the session comes last.
import { forms, kind as pageKind, look } from "./look.mjs";
import { comeBack, told, visitor, walk } from "./lib.mjs";

const listed = new Set([...told.known, ...told.forms.map(({ kind }) => kind)]);

await walk(async (browser) => {
  const context = await visitor(browser);
  if (told.who) await comeBack(await context.newPage(), told.who);
  const sent = {};
  const ahead = [...told.forms].sort((one, other) => last(one) - last(other));
  const page = await context.newPage();
  for (const { at, kind } of ahead) {
    if (told.known.includes(kind)) continue;
    await page.goto(at);
    await send(page, kind, sent);
  }
  return sent;
});

function last({ kind }) {
  return Number(kind.includes("/logout/"));
}

// Sends a form, then those of the page that follows which are new.
async function send(page, kind, sent) {
  const form = (await forms(page)).find((each) => each.kind === kind);
  if (!form || kind in sent) return;
  if (form.act) await choose(page, form);
  const [answer] = await Promise.all([page.waitForNavigation(), page.evaluate(submit, form)]);
  sent[kind] = { status: answer.status(), page: pageKind(page.url()), faults: await look(page) };
  for (const next of await forms(page)) {
    const fresh = !listed.has(next.kind) && next.button !== "script" && !last(next);
    if (next.button === "sure" || fresh) await send(page, next.kind, sent);
  }
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
