// Pages for everybody: each kind in both languages, looked at; and a table picked by keyboard alone, and once without scripts.
import { look } from "./look.mjs";
import { shoot, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const faults = {};
  const page = await (await visitor(browser)).newPage();
  for (const address of told.addresses) {
    for (const language of ["da", "en"]) {
      const answer = await page.goto(address);
      if ((await page.getAttribute("html", "lang")) !== language) await Promise.all([page.waitForNavigation(), page.click(`header a[hreflang=${language}]`)]);
      const wrong = [...(answer.status() === 200 ? [] : [answer.status()]), ...(await look(page))];
      if ((await page.getAttribute("html", "lang")) !== language) wrong.push("another language");
      if (wrong.length) faults[`${address} ${language}`] = wrong;
      await shoot(page, `${address.replace(/\W+/g, "_")}-${language}`);
    }
  }
  return { faults, keyboard: await byKeyboard(page), scriptless: await withoutScripts(browser), charts: await charts(page), weight: await weigh(browser), printed: await printed(page), key: await placeOfKey(page) };
});

// From the top of the page by Tab to the rows, which the first letters choose, and by Enter to the table.
async function byKeyboard(page) {
  await page.goto("/en/statistics/persons/?period=2023");
  for (let n = 0; n < 30 && (await page.evaluate(() => document.activeElement.id)) !== "rows"; n++) await page.keyboard.press("Tab");
  await page.keyboard.type("Gender");
  for (let n = 0; n < 5 && (await page.evaluate(() => document.activeElement.tagName)) !== "BUTTON"; n++) await page.keyboard.press("Tab");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  return seen(page);
}

// Which picture of each chart is seen on a desk, on a telephone and on paper.
async function charts(page) {
  await page.goto("/da/statistik/persons/?by=region&period=2023");
  const pictures = () => page.$$eval("figure", (all) => all.map((each) => [...each.querySelectorAll("svg")].filter((svg) => svg.checkVisibility()).map((svg) => svg.firstChild.id)));
  const found = {};
  for (const [name, width, media] of [["desk", 1280, "screen"], ["telephone", 390, "screen"], ["paper", 794, "print"]]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ media });
    found[name] = await pictures();
    await shoot(page, `charts-${name}`);
  }
  await page.emulateMedia({ media: "screen" });
  return found;
}

async function withoutScripts(browser) {
  const page = await (await visitor(browser, { javaScriptEnabled: false })).newPage();
  await page.goto("/da/");
  await page.click("nav a >> text=Statistik");
  await page.click("main a >> text=Køn");
  await page.selectOption("#period", "2019");
  await page.selectOption("#until", "2023");
  await Promise.all([page.waitForNavigation(), page.click("main form button")]);
  return seen(page);
}

async function seen(page) {
  const { pathname, search } = new URL(page.url());
  return { at: pathname + search, rows: await page.locator("main table").first().locator("tbody tr").count() };
}

// How many bytes of a table's page are sent to a browser that has nothing yet, fonts apart.
async function weigh(browser) {
  const page = await (await visitor(browser)).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  const kinds = new Map();
  let bytes = 0;
  devtools.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) !== "Font") bytes += encodedDataLength;
  });
  await page.goto("/da/statistik/persons/?by=gender", { waitUntil: "networkidle" }); // what scripts fetch is weighed too
  return bytes;
}

// On paper nothing unfolds: how many of a report's tables there are, how many of them are seen, and how much of what only leads elsewhere.
async function printed(page) {
  await page.goto("/da/rapport/2023/");
  await page.emulateMedia({ media: "print" });
  await shoot(page, "report-printed");
  const count = async (selector) => (await Promise.all((await page.locator(selector).all()).map((each) => each.isVisible()))).filter(Boolean).length;
  const [tables, seen, links] = [await page.locator("main table").count(), await count("main table"), await count("header nav, .aside, footer, .no-print")];
  await page.emulateMedia({ media: "screen" });
  return { tables, seen, links };
}

// Where the key of a table stands on a desk and on a telephone.
async function placeOfKey(page) {
  const found = {};
  for (const [name, width] of [["desk", 1280], ["telephone", 390]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/da/statistik/persons/?by=gender&period=2023");
    const [table, key] = await Promise.all(["main table", ".at-side"].map((each) => page.locator(each).first().boundingBox()));
    found[name] = key.x >= table.x + table.width ? "beside" : key.y >= table.y + table.height ? "below" : "over it";
  }
  return found;
}
