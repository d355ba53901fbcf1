// A file on the desk in test mode: the template, forty rows of which two are wrong, and the file back with its errors (`wrong`);
// then the mended file without scripts, and the same file again by the keyboard alone (`right`). Clicks are counted.
import { readFileSync } from "node:fs";
import { comeBack, path, press, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

const FILE = "/send/test/file/";
let clicks = 0;

await walk(async (browser) => {
  const first = await visitor(browser);
  await comeBack(await first.newPage(), told.who);
  const storageState = await first.storageState();
  return told.mended ? right(browser, storageState) : wrong(browser, storageState);
});

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

async function wrong(browser, storageState) {
  const page = await (await visitor(browser, { locale: "da-DK", storageState })).newPage();
  await page.goto(FILE);
  await press(page, "form[action$='/empty/'] button");
  await page.goto("/send/test/");
  await click(page, `nav a[href='${FILE}']`);
  const faults = { file: await look(page) };
  await shoot(page, "file");
  const template = (await download(page, "a[href$='template.xlsx']")).subarray(0, 2).toString();
  const rows = await download(page, "a[href$='rehearsal-two-errors.xlsx']");
  await check(page, rows);
  const says = (await page.textContent(".lead")).trim();
  const links = await page.$$eval("a[href^='#row-']", (all) => all.length);
  await shoot(page, "preview");
  faults.preview = await look(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await shoot(page, "preview-narrow");
  const errors = await download(page, "a[href$='errors.xlsx']");
  await page.goto("/send/test/");
  await shoot(page, "home");
  faults.home = await look(page);
  return { template, says, links, errors: errors.toString("base64"), rows: rows.toString("base64"), clicks, faults };
}

async function right(browser, storageState) {
  const mended = Buffer.from(told.mended, "base64");
  const plain = await (await visitor(browser, { javaScriptEnabled: false, storageState })).newPage();
  await plain.goto(FILE);
  await check(plain, mended);
  const says = (await plain.textContent(".lead")).trim();
  const checks = await plain.$$("select[name^=reason-]");
  for (const each of checks) await each.selectOption({ index: 1 });
  await click(plain, "button[name=act][value=strict]");
  await click(plain, "[name=sure]");
  const receipt = path(plain.url());
  const stored = (await plain.textContent(".lead")).trim();
  const references = (await download(plain, "a[href$='references.csv']")).toString().trim().split("\r\n").length - 1;
  const taken = clicks;
  const faults = {};
  const looked = { "da-DK": [receipt, `${receipt}cards/`], "en-GB": [`${FILE}columns/`, "/send/test/deliveries/", FILE] };
  for (const [locale, addresses] of Object.entries(looked)) {
    const page = await (await visitor(browser, { locale, storageState })).newPage();
    for (const at of addresses) {
      await page.goto(at);
      const name = `${at.split("/").filter((part) => part && !/\d/.test(part)).pop()}`;
      const broken = await look(page);
      if (broken.length) faults[`${locale} ${name}`] = broken;
      await shoot(page, `${locale}-${at === receipt ? "receipt" : name}`);
    }
  }
  return { says, stored, references, clicks: taken, checks: checks.length, again: await byKeyboard(browser, storageState, mended), faults };
}

// The same file again: Tab to the field, Enter for the chooser, Tab to the button, Enter.
async function byKeyboard(browser, storageState, buffer) {
  const page = await (await visitor(browser, { storageState })).newPage();
  await page.goto(FILE);
  page.on("filechooser", (chooser) => chooser.setFiles({ name: "rows.xlsx", mimeType: "", buffer }));
  await reach(page, () => document.activeElement.name === "file");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
  await chooser.page().waitForFunction(() => document.querySelector("input[name=file]").files.length);
  await reach(page, () => document.activeElement.matches("main form[enctype] button"));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/deliveries/**");
  return { says: (await page.textContent("h1")).trim(), sendable: await page.$$eval("[name=act]", (all) => all.length) };
}

async function reach(page, isThere) {
  for (let steps = 0; steps < 60; steps += 1) {
    if (await page.evaluate(isThere)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("no Tab leads there");
}
