// A file for an international organisation: a statistician makes it, an approver reads it, downloads it and marks it as sent. On telephones without
// scripts, but for the eyes of `look`.
import { shoot, told, walk } from "./lib.mjs";
import { person } from "./person.mjs";

const FILES = "/admin/international/internationalfile/";

await walk(async (browser) => {
  const found = { faults: [] };
  const [maker, seenByMaker] = await person(browser, "demo-statistician");
  await seenByMaker("first", found, "/admin/");
  await seenByMaker("list", found, FILES);
  await seenByMaker("add", found, `${FILES}add/`);
  await maker.goto(`${FILES}add/`);
  await maker.selectOption("#id_body", told.body);
  await maker.selectOption("#id_year", told.year);
  await maker.click("[name=_save]");
  await maker.waitForLoadState();
  await shoot(maker, "question");
  await maker.click("[name=sure]");
  await maker.waitForLoadState();
  found.made = await maker.locator(".messagelist").innerText();
  await shoot(maker, "made");

  const [sender, seenBySender] = await person(browser, "demo-approver");
  await seenBySender("waits", found, "/admin/");
  await sender.goto(`${FILES}?state=made&body__exact=${told.body}`);
  await sender.click("#result_list tbody th a");
  await sender.waitForLoadState();
  const file = sender.url();
  await seenBySender("file", found, file);
  found.kinds = [];
  for (const name of ["csv", "json"]) {
    const answer = await sender.context().request.get(file.replace("change/", `${name}/`));
    found.kinds.push(answer.headers()["content-type"]);
  }
  await sender.click("#content a[href$='/send/']");
  await sender.waitForLoadState();
  await seenBySender("send", found, sender.url());
  await sender.click("[name=sure]");
  await sender.waitForLoadState();
  found.sent = await sender.locator(".messagelist .success").innerText();
  await seenBySender("sent", found, file);
  await seenBySender("sent-list", found, `${FILES}?state=sent`);
  return found;
});
