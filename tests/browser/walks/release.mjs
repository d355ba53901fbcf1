// A statistician orders a release, the server builds it, and somebody else publishes it, all on the pages.
import { press, shoot, signIn, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const builder = await signIn(await (await visitor(browser)).newPage(), "demo-statistician");
  await builder.goto("/admin/statistics/buildorder/add/");
  await builder.fill("#id_period", told.period);
  await builder.selectOption("#id_audience", "public");
  const choice = builder.locator("textarea#id_choice");
  if (await choice.isVisible()) await choice.fill(JSON.stringify({ tables: ["gender"] }));
  await shoot(builder, "order");
  await press(builder, "[name=_save]");
  const saved = await builder.locator(".messagelist .success").count();

  const approver = await signIn(await (await visitor(browser)).newPage(), "demo-approver");
  const row = approver.locator("#result_list tbody tr", { hasText: told.release });
  for (let seconds = 0; seconds < 180; seconds += 1) {
    await approver.goto("/admin/statistics/release/");
    if (await row.count()) break;
    await approver.waitForTimeout(1000);
  }
  await approver.goto(`/admin/statistics/release/${told.release}/publish/`);
  await shoot(approver, "publish");
  await press(approver, "#content form [name=sure]");
  await shoot(approver, "published");
  await approver.goto(`/admin/statistics/release/${told.release}/change/`);
  return { saved, text: await approver.innerText("#content") };
});
