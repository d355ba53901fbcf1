// What is wrong with a page as it stands: accessibility (WCAG 2.2 AA), and width on a telephone and on a desk.
import axe from "axe-core";

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [390, 1280];
// Redoc draws the whole description at once, tens of thousands of elements of its own: the frame is ours, and looked at without them.
const DRAWN = "#reference";
// Of a long table as many rows as this are looked at: the others are drawn as these are.
const ROWS = 8;

// The faults, each in a few words that are the same at every visit. Colours, three quarters of the work, are the same in both
// languages: who looks at both looks at them once.
export async function look(page, { colours = true } = {}) {
  const wide = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const needs = await page.evaluate(() => document.documentElement.scrollWidth);
    if (needs > width) wide.push(`wider than ${width}`);
    if (await page.evaluate(cut)) wide.push(`letters beyond their drawing at ${width}`);
  }
  for (const frame of page.frames()) await frame.evaluate(axe.source);
  return [...wide, ...(await page.evaluate(violated, { levels: LEVELS, drawn: DRAWN, rows: ROWS, colours }))];
}

// In the page: whether a drawing has letters that nobody sees. Half a number is another number.
async function cut() {
  await document.fonts.ready;
  const isBeyond = (letters) => {
    const [own, frame] = [letters, letters.ownerSVGElement].map((each) => each.getBoundingClientRect());
    return own.left < frame.left - 1 || own.right > frame.right + 1;
  };
  return [...document.querySelectorAll("svg text")].some((each) => each.checkVisibility() && isBeyond(each));
}

// In the page: the rules that it breaks. What it keeps is not written down, which is most of the work on a long list.
async function violated({ levels, drawn, rows, colours }) {
  const beyond = [...document.querySelectorAll(`tbody > tr:nth-child(n + ${rows + 1}), ${drawn} > *`)].map((part) => [part, part.parentNode, part.nextSibling]);
  for (const [part] of beyond) part.remove();
  const rules = { "color-contrast": { enabled: colours } };
  const { violations } = await window.axe.run({ runOnly: levels, resultTypes: ["violations"], rules });
  for (const [part, whole, next] of beyond.reverse()) whole.insertBefore(part, next);
  return violations.map(({ id }) => `axe ${id}`);
}

// Where a page leads to within the program, without fragments.
export async function links(page) {
  const found = await page.$$eval("a[href]", (all) => all.map((link) => link.href.split("#")[0]));
  const { origin } = new URL(page.url());
  // Another language is another visit.
  return found.filter((each) => each.startsWith(origin) && !each.includes("lang=")).map((each) => each.slice(origin.length));
}

// The kind of an address: whichever row, whichever problem; of a list there is one without a query and one with. A page of the desk is
// the same in both modes, but for its home.
export function kind(address) {
  const { pathname, search } = new URL(address, "http://any");
  const parts = pathname.replace(/^\/send\/test\/(?=.)/, "/send/").replace(/^\/problems\/[^/]+$/, "/problems/*").replace(/\/attribute\/[^/]+\//, "/attribute/*/").split("/");
  const path = parts.map((part) => (/\d/.test(part) ? "*" : part)).join("/");
  return path + (search && !path.includes("*") ? "?" : "");
}

// The forms of a page, one for each way to send it: which button, which act of a list. `script`: the button is a script's.
// One that nothing can send is none.
export async function forms(page) {
  const found = await page.$$eval("form", (all) =>
    all.flatMap((form, at) => {
      const method = form.method.toUpperCase();
      const action = new URL(form.getAttribute("action") || location.href, location.href).pathname;
      const senders = [...form.elements].filter((each) => each.type === "submit");
      const acts = [...form.querySelectorAll("select[name=action] option")].map((option) => option.value).filter(Boolean);
      const ways = acts.length ? acts.map((act) => ({ button: "action", act })) : [...new Set(senders.map((each) => each.name))].map((button) => ({ button }));
      const byScript = form.dataset.passkey ? [{ button: "script" }] : [];
      return (ways.length ? ways : byScript).map((way) => ({ at, method, action, ...way }));
    }),
  );
  return found.map(({ method, action, ...way }) => ({ ...way, kind: [method, kind(action), way.button, way.act].filter(Boolean).join(" ") }));
}
