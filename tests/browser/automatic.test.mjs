// Automatic decisions (秒批): the list of what waits to be looked at by a person,
// the trial of an item's rules, the switches that stop them, and the import of
// credit grades; in every mode and width.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { as, browser, keep, lookAt, program } from "./lib.mjs";

let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

async function look(person, paths) {
  await lookAt(b, site.base, person, paths, keep("automatic"));
  await person.context().close();
}

test("automatic decisions are looked at, tried and stopped in every mode", { timeout: 200_000 }, async () => {
  await look(await as(b, site.base, "fund-a"), ["/bureau/checks"]);
  const keeper = await as(b, site.base, "items");
  await keeper.goto("/desk/items/fund-employer");
  await keeper.check("input[value=优化服务]");
  await keeper.fill("[name=why]", "改自动审查规则");
  await Promise.all([keeper.waitForNavigation(), keeper.press("[name=why]", "Control+Enter")]);
  const own = new URL(keeper.url()).pathname;
  await keeper.goto(`${own}/edit/automatic`);
  assert.match(await keeper.textContent("main"), /试/);
  await look(keeper, [`${own}/edit/automatic`, "/desk/switches", "/desk/switches/fund-employer"]);
  await look(await as(b, site.base, "supervisor"), ["/desk/credit/grades"]);
});
