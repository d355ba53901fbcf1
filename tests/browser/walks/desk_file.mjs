// A caseworker's way through the desk in test mode, in Danish on a telephone. `wrong`: she is invited, sets up an app, takes the template,
// and sends forty rows of which two are wrong. `right`: the mended file without scripts, then the same file again and the year's
// signature by the keyboard alone. Clicks are counted.
import { readFileSync, writeFileSync } from "node:fs";
import { accept } from "./invitee.mjs";
import { comeBack, path, press, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";
import { until } from "./person.mjs";

const FILE = "/send/test/file/";
const YEAR = `/send/test/year/${told.year}/`;
const SCREEN = { locale: "da-DK", viewport: { width: 390, height: 844 } };
const faults = {};
let clicks = 0;

await walk((browser) => (told.mended ? right(browser) : wrong(browser)));

async function see(page, name) {
  await page.setViewportSize(SCREEN.viewport);
  await shoot(page, name);
  const broken = await look(page);
  if (broken.length) faults[name] = broken;
  await page.setViewportSize(SCREEN.viewport);
}

async function click(page, what) {
  clicks += 1;
  await page.click(what);
  await page.waitForLoadState();
}

async function download(page, what) {
  clicks += 1;
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(what)]);
  return readFileSync(await file.path());
}

// To choose a file is a click, and to check it another one.
async function check(page, buffer) {
  clicks += 1;
  await page.setInputFiles("input[name=file]", { name: "rows.xlsx", mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", buffer });
  await click(page, "main form[enctype] button");
}

// The manager invites; the caseworker keeps her session for what follows.
async function invited(browser) {
  const manager = await comeBack(await (await visitor(browser)).newPage(), told.manager);
  await manager.goto("/account/people/");
  await manager.fill("input[name=recipient]", "Vagt om natten");
  await manager.selectOption("form[action='/account/people/invite/'] select[name=role]", "CASEWORKER");
  await press(manager, "form[action='/account/people/invite/'] button");
  const invitation = await manager.textContent(".once code");
  const broken = [];
  const [page] = await accept(browser, invitation, told.who, broken, SCREEN);
  if (broken.length) faults.invitation = broken;
  const cookies = (await page.context().cookies()).filter(({ name }) => name.includes("session"));
  writeFileSync(`${told.kept}/${told.who}-${new URL(told.base).hostname}.json`, JSON.stringify(cookies), { mode: 0o600 });
  await page.setViewportSize(SCREEN.viewport);
  await page.click("main a.button-primary");
  await page.waitForLoadState();
  return page;
}

async function wrong(browser) {
  const page = await invited(browser);
  const at = path(page.url());
  await see(page, "home");
  await page.goto(FILE);
  await press(page, "form[action$='/empty/'] button");
  await page.goto(YEAR);
  if (await page.$("form[action$='/reopen/']")) await reopen(page);
  await page.goto("/send/test/");
  await click(page, `main .act a[href='${FILE}']`);
  await see(page, "file");
  const template = (await download(page, "a[href$='template.xlsx']")).subarray(0, 2).toString();
  const rows = await download(page, "a[href$='rehearsal-two-errors.xlsx']");
  await check(page, rows);
  const says = (await page.textContent(".lead")).trim();
  const links = await page.$$eval("a[href^='#row-']", (all) => all.length);
  await see(page, "preview");
  const errors = await download(page, "a[href$='errors.xlsx']");
  return { at, template, says, links, errors: errors.toString("base64"), clicks, faults };
}

async function right(browser) {
  const mended = Buffer.from(told.mended, "base64");
  const plainly = await visitor(browser, { ...SCREEN, javaScriptEnabled: false });
  const plain = await comeBack(await plainly.newPage(), told.who);
  const storageState = await plainly.storageState();
  // From the page that says what is wrong: the mended file stands in for the one before.
  await plain.goto("/send/test/deliveries/");
  await plain.click("main a[href*='/test/deliveries/']");
  await plain.waitForLoadState();
  await check(plain, mended);
  const says = (await plain.textContent(".lead")).trim();
  for (const each of await plain.$$("select[name^=reason-]")) await each.selectOption({ index: 1 });
  await click(plain, "button[name=act][value=strict]");
  await click(plain, "[name=sure]");
  const receipt = path(plain.url());
  const stored = (await plain.textContent(".lead")).trim();
  const references = (await download(plain, "a[href$='references.csv']")).toString().trim().split("\r\n").length - 1;
  const taken = clicks;
  const page = await (await visitor(browser, { ...SCREEN, storageState })).newPage();
  for (const [name, at] of Object.entries({ receipt, cards: `${receipt}cards/`, columns: `${FILE}columns/`, deliveries: "/send/test/deliveries/" })) {
    await page.goto(at);
    await see(page, name);
  }
  return { says, stored, references, clicks: taken, again: await sendAgain(page, mended), year: await sign(page), faults };
}

// By the keyboard alone the same file again: Tab to the field, Enter for the chooser, Tab to the button, Enter.
async function sendAgain(page, buffer) {
  await page.goto(FILE);
  page.on("filechooser", (chooser) => chooser.setFiles({ name: "rows.xlsx", mimeType: "", buffer }));
  await reach(page, "[name=file]");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
  await chooser.page().waitForFunction(() => document.querySelector("input[name=file]").files.length);
  await enter(page, "main form[enctype] button", "**/deliveries/**");
  return { says: (await page.textContent("h1")).trim(), sendable: await page.$$eval("[name=act]", (all) => all.length) };
}

async function reopen(page) {
  await page.selectOption("[name=reason]", { index: 1 });
  await press(page, "form[action$='/reopen/'] button");
}

// And the year's signature: menu, year, signature, yes.
async function sign(page) {
  await page.goto("/send/test/");
  await reach(page, ".menu-fold > summary");
  await page.keyboard.press("Enter");
  await enter(page, "nav a[href='/send/test/year/']", "**/year/");
  await see(page, "years");
  await enter(page, `main a[href='${YEAR}']`, `**${YEAR}`);
  await see(page, "open year");
  await enter(page, "form[action$='/sign/'] button", "**/sign/");
  await see(page, "signing");
  await enter(page, "[name=sure]", `**${YEAR}`);
  await see(page, "signed year");
  const said = (await page.textContent(".alert-success")).trim();
  // The worker signs the receipt, a moment later.
  await until(page, YEAR, async () => (await page.locator("main a[href$='.json']").count()) > 0);
  const [file] = await Promise.all([page.waitForEvent("download"), enter(page, "main a[href$='.json']")]);
  const { receipt } = JSON.parse(readFileSync(await file.path()));
  await reopen(page); // what follows needs the year
  return { said, isReceipt: receipt.year === told.year, reopened: (await page.textContent(".alert-success")).trim() };
}

// Tab to what a selector finds; then Enter, and wait for where it leads.
async function enter(page, what, leads) {
  await reach(page, what);
  await page.keyboard.press("Enter");
  if (leads) await page.waitForURL(leads);
}

async function reach(page, what) {
  for (let steps = 0; steps < 60; steps += 1) {
    if (await page.evaluate((selector) => document.activeElement.matches(selector), what)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to ${what}`);
}
