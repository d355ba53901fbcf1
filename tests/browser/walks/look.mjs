// What is wrong with a page as it stands: accessibility (WCAG 2.2 AA), and width on a telephone and on a desk.
import { readFileSync } from "node:fs";

const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// What words make of a structure, however often it was seen: longer ones, or those of another day, lie otherwise.
const LAYOUT = { type: "rule", values: ["target-size"] };
const WIDTHS = [390, 1280];
// Redoc draws the whole description at once, tens of thousands of elements of its own: the frame is ours, and looked at without them.
const DRAWN = "#reference";
// Of a long table as many rows as this are looked at: the others are drawn as these are.
const ROWS = 8;

// What people read, what leads elsewhere, and what a script reads: of these it matters whether they are there.
const WORDS = ["href", "src", "srcset", "action", "formaction", "value", "content", "title", "alt", "placeholder", "label", "aria-label", "hreflang", "d", "nonce", "data-[\\w-]+"];
// The admin's list of all rooms, beside every page of it: links of one kind, in as many rooms as a person has.
const ROOMS = "#nav-sidebar";
const NAMES = ["id", "aria-describedby", "aria-labelledby"];
// What axe found in each structure, and the lists of rooms whose sizes were asked, for the whole run.
const known = new Map();
const listed = new Set();

// The faults, each in a few words that are the same at every visit: in both widths what is too wide, and what axe finds. A structure
// that axe has seen has the faults that it had: a page in its other language, a list that another person is shown. Sizes are asked anew,
// but for a list of rooms in the same words.
export async function look(page) {
  const faults = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const { needs, isCut } = await page.evaluate(measure);
    if (needs > width) faults.push(`wider than ${width}`);
    if (isCut) faults.push(`letters beyond their drawing at ${width}`);
  }
  const told = { levels: LEVELS, drawn: DRAWN, rows: ROWS, rooms: ROOMS, words: WORDS, names: NAMES };
  const { own, rooms, list } = await page.evaluate(structured, told);
  // One after the other, and claimed before any is waited for: the page in its other language is looked at in the same moment.
  let last = Promise.resolve();
  const ask = (where, rules) => (last = last.then(() => audit(page, { ...told, where, rules })));
  const found = [[own, own, { exclude: [ROOMS] }], [rooms, list, { include: [ROOMS] }]].map(([structure, words, where]) => {
    if (!structure) return [];
    const isSeen = known.has(structure);
    if (!isSeen) known.set(structure, ask(where));
    const sizes = isSeen && !listed.has(words) ? ask(where, LAYOUT) : [];
    if (structure === rooms) listed.add(words);
    return [known.get(structure), sizes];
  });
  return [...faults, ...(await Promise.all(found.flat())).flat()];
}

// What axe finds in a part of the page.
async function audit(page, told) {
  for (const frame of page.frames()) if (!(await frame.evaluate('"axe" in window'))) await frame.evaluate(AXE);
  return page.evaluate(violated, told);
}

// In the page: the width that it needs, and whether a drawing has letters that nobody sees. Half a number is another number.
async function measure() {
  await document.fonts.ready;
  const isBeyond = (letters) => {
    const [own, frame] = [letters, letters.ownerSVGElement].map((each) => each.getBoundingClientRect());
    return own.left < frame.left - 1 || own.right > frame.right + 1;
  };
  const isCut = [...document.querySelectorAll("svg text")].some((each) => each.checkVisibility() && isBeyond(each));
  return { needs: document.documentElement.scrollWidth, isCut };
}

// In the page: its own structure, and that of the list of rooms. A structure is the markup without words, element by element: languages
// have orders of their own. In the list it does not matter which rooms there are, and which is open.
function structured({ drawn, rows, rooms, words, names }) {
  const elements = (part, unsaid) => {
    const attributes = new RegExp(` (${unsaid.join("|")})="[^"]+"`, "g");
    const text = part.outerHTML.replace(attributes, ' $1="x"').replace(/ lang="(da|en)"/g, ' lang="x"').replace(/\b(app|model)-\w+/g, "$1-x");
    return text.replace(/>\s*([^\s<])?[^<]*/g, (_, letter) => (letter ? ">x" : ">")).split("<").sort();
  };
  const root = document.documentElement.cloneNode(true);
  for (const part of root.querySelectorAll(`tbody > tr:nth-child(n + ${rows + 1}), ${drawn} > *`)) part.remove();
  const list = root.querySelector(rooms);
  list?.remove();
  const roomsOf = list && [...new Set(elements(list, [...words, ...names]))].join("<");
  return { own: elements(root, words).join("<"), rooms: roomsOf, list: roomsOf + list?.textContent };
}

// In the page: the rules that it breaks. What it keeps is not written down, which is most of the work on a long list.
async function violated({ levels, rules, drawn, rows, where }) {
  const beyond = [...document.querySelectorAll(`tbody > tr:nth-child(n + ${rows + 1}), ${drawn} > *`)].map((part) => [part, part.parentNode, part.nextSibling]);
  for (const [part] of beyond) part.remove();
  const { violations } = await window.axe.run(where, { runOnly: rules ?? levels, resultTypes: ["violations"] });
  for (const [part, whole, next] of beyond.reverse()) whole.insertBefore(part, next);
  return violations.map(({ id }) => `axe ${id}`);
}

// The kind of an address: whichever row, whichever problem; of a list there is one without a query and one with. A page of the desk is
// the same in both modes, but for its home.
export function kind(address) {
  const { pathname, search } = new URL(address, "http://any");
  const parts = pathname.replace(/^\/send\/test\/(?=.)/, "/send/").replace(/^\/problems\/[^/]+$/, "/problems/*").replace(/\/attribute\/[^/]+\//, "/attribute/*/").split("/");
  const path = parts.map((part) => (/\d/.test(part) ? "*" : part)).join("/");
  return path + (search && !path.includes("*") ? "?" : "");
}

// A page as it stands, or as it is sent: its language, where it leads to within the program, and its forms. Another language is another visit.
export async function content(page, { at = page.url(), sent } = {}) {
  const { language, hrefs, forms } = await page.evaluate(read, { at, sent });
  const { origin } = new URL(at);
  const within = hrefs.filter((each) => each.startsWith(origin) && !each.includes("lang="));
  const kindOf = ({ method, action, button, act }) => [method, kind(action), button, act].filter(Boolean).join(" ");
  return { language, links: within.map((each) => each.slice(origin.length)), forms: forms.map(({ method, action, ...way }) => ({ ...way, kind: kindOf({ method, action, ...way }) })) };
}

export const forms = async (page) => (await content(page)).forms;

// In the page: what it says, without fragments. Of a form there is one for each way to send it: which button, which act of a list. `script`:
// the button is a script's. One that nothing can send is none.
function read({ at, sent }) {
  const root = sent ? new DOMParser().parseFromString(sent, "text/html") : document;
  const hrefs = [...root.querySelectorAll("a[href]")].map((link) => URL.parse(link.getAttribute("href"), at)?.href.split("#")[0] ?? "");
  const forms = [...root.forms].flatMap((form, index) => {
    const method = form.method.toUpperCase();
    const action = new URL(form.getAttribute("action") || at, at).pathname;
    const senders = [...form.elements].filter((each) => each.type === "submit");
    const acts = [...form.querySelectorAll("select[name=action] option")].map((option) => option.value).filter(Boolean);
    const ways = acts.length ? acts.map((act) => ({ button: "action", act })) : [...new Set(senders.map((each) => each.name))].map((button) => ({ button }));
    const byScript = form.dataset.passkey ? [{ button: "script" }] : [];
    return (ways.length ? ways : byScript).map((way) => ({ at: index, method, action, ...way }));
  });
  return { language: root.documentElement.lang, hrefs, forms };
}
