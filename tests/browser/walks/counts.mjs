// Counts of services: every page of a form on a telephone in both languages; a form by the keyboard alone; a sheet that is downloaded,
// filled in and sent without scripts; last month's numbers again, which are asked about; and the staff's page of who has reported.
import { readFileSync } from "node:fs";
import { comeBack, path, press, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";
import { person } from "./person.mjs";

const COUNTS = "/send/test/counts/";
const SCREEN = { viewport: { width: 390, height: 844 } };
const faults = {};
// The first form is seen where it is asked about.
const forms = told.forms.slice(1);

async function see(page, name) {
  await page.setViewportSize(SCREEN.viewport);
  await shoot(page, name);
  const broken = await look(page);
  if (broken.length) faults[name] = broken;
  await page.setViewportSize(SCREEN.viewport);
}

await walk(async (browser) => {
  const context = await visitor(browser, SCREEN);
  const page = await comeBack(await context.newPage(), told.who);
  const storageState = await context.storageState();
  await page.goto(COUNTS);
  await see(page, "list-en");
  for (const [form, period] of forms) {
    await page.goto(`${COUNTS}${form}/${period}/`);
    await see(page, `form-${form}-en`);
  }
  const byKeyboard = await report(page);
  const danish = await (await visitor(browser, { ...SCREEN, locale: "da-DK", storageState })).newPage();
  await danish.goto(COUNTS);
  await see(danish, "list-da");
  for (const [form, period] of forms) {
    await danish.goto(`${COUNTS}${form}/${period}/`);
    await see(danish, `form-${form}-da`);
  }
  const plain = await (await visitor(browser, { ...SCREEN, locale: "da-DK", storageState, javaScriptEnabled: false })).newPage();
  const file = await sheet(danish, plain);
  const asked = await repeat({ en: page, da: danish }, plain);
  const [, seenByStaff] = await person(browser, "demo-statistician");
  const staff = { faults: [] };
  await seenByStaff("staff-counts", staff, "/admin/quality/ruletally/counts/");
  return { faults, byKeyboard, file, asked, staff: staff.faults };
});

// By the keyboard alone: a line of the situation, and the button that sends it.
async function report(page) {
  await page.goto(`${COUNTS}SITUATION/${told.week}/`);
  await page.focus("#situation-lines");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${COUNTS}`);
  return (await page.textContent(".alert[role=status]")).trim();
}

// The sheet of a month, a wrong one and the same one with its faults; then, without scripts, a right one.
async function sheet(page, plain) {
  const [form, period] = told.forms[0];
  const at = `${COUNTS}${form}/file/`;
  await page.goto(at);
  await see(page, "file");
  const [sheet] = await Promise.all([page.waitForEvent("download"), page.click(`a[href$='${period}/sheet.csv']`)]);
  const heads = readFileSync(await sheet.path()).toString("utf8").split("\r\n")[0];
  await send(page, `${heads}\r\n${told.wrong.join("\r\n")}`);
  await see(page, "file-faults");
  const [marked] = await Promise.all([page.waitForEvent("download"), page.click("form[action*='/marked.'] button")]);
  const first = readFileSync(await marked.path()).toString("utf8").split("\r\n")[0];
  const right = `${heads}\r\n${told.right.join("\r\n")}`;
  await send(page, right);
  await see(page, "file-seen");
  await plain.goto(at);
  await send(plain, right);
  await press(plain, "form[action$='/store/'] button");
  const said = (await plain.textContent(".alert[role=status]")).trim();
  await page.goto(`${COUNTS}${form}/${period}/`);
  await see(page, "form-stored");
  return { marked: first.replace(/^\uFEFF/, "").split(";")[0], said, lines: await page.locator(".count-line").count() };
}

// The numbers of the sheet under the next month: the question in both languages, and a yes without scripts.
async function repeat(pages, plain) {
  for (const [language, page] of Object.entries(pages)) {
    await fill(page);
    await see(page, `form-asked-${language}`);
  }
  await fill(plain);
  const question = (await plain.textContent("#summary li")).trim();
  await press(plain, "#summary button[name=yes]");
  return [question, (await plain.textContent(".alert[role=status]")).trim()];
}

async function fill(page) {
  await page.goto(`${COUNTS}${told.forms[0][0]}/${told.next}/`);
  await page.check("#visits-lines");
  for (const [name, code] of Object.entries(told.codes)) await page.selectOption(`#visits-0-${name}`, code);
  for (const [name, number] of Object.entries(told.numbers)) await page.fill(`#visits-0-${name}`, number);
  await page.check("#contacts-nothing");
  await press(page, "form.one .button-primary");
}

async function send(page, text) {
  await page.setInputFiles("input[name=file]", { name: "tal.csv", mimeType: "text/csv", buffer: Buffer.from(text, "utf8") });
  await press(page, "form[enctype]:has([name=file]) button");
}
