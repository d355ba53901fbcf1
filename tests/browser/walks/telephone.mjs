// A page on a telephone, in both languages: its tables have a line for each cell, and break no word that has a place to break at.
import { comeBack, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

await walk(async (browser) => {
  const first = await visitor(browser);
  await comeBack(await first.newPage(), told.who);
  const storageState = await first.storageState();
  const found = {};
  for (const [language, locale] of [["da", "da-DK"], ["en", "en-GB"]]) {
    const page = await (await visitor(browser, { locale, storageState, viewport: { width: 390, height: 844 } })).newPage();
    await page.goto(told.at);
    await shoot(page, language);
    const { rows, narrow, broken } = await page.evaluate(measure);
    found[language] = { rows: rows > 0, narrow, broken, faults: await look(page) };
  }
  return found;
});

// How many rows there are; the cells that share a line with another; and the words that go over the end of a line.
function measure() {
  const cells = [...document.querySelectorAll("td")];
  const width = document.querySelector("main").clientWidth;
  const narrow = cells.filter((cell) => cell.getBoundingClientRect().width < width * 0.8).map((cell) => cell.textContent);
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const { 0: word, index } of text.data.matchAll(/[\p{L}\d]+/gu)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (tops.size > 1 && !text.parentElement.closest("code")) broken.push(word);
    }
  }
  return { rows: document.querySelectorAll("tbody tr").length, narrow, broken };
}
