// Automatic decisions (秒批): the list of what waits to be looked at by a person,
// the trial of an item's rules, the switches that stop them, and the import of
// credit grades; in every mode and width.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program, signIn } from "./lib.mjs";

const password = "Tongban-2026";
let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

async function as(login) {
  const page = await open(b, { base: site.base });
  await signIn(page, login, password);
  return page;
}

async function look(person, paths) {
  await lookAt(b, site.base, person, paths, async (eye, at, mode, width) => {
    if (process.env.SHOTS && mode === "standard") await eye.screenshot({ path: `${process.env.SHOTS}/automatic-${at.replace(/\W+/g, "_").slice(0, 40)}-${width}.png`, fullPage: true });
  });
  await person.context().close();
}

test("automatic decisions are looked at, tried and stopped in every mode", { timeout: 200_000 }, async () => {
  await look(await as("fund-a"), ["/bureau/checks"]);
  const keeper = await as("items");
  await keeper.goto("/desk/items/fund-employer");
  await keeper.check("input[value=优化服务]");
  await keeper.fill("[name=why]", "改自动审查规则");
  await Promise.all([keeper.waitForNavigation(), keeper.press("[name=why]", "Control+Enter")]);
  const own = new URL(keeper.url()).pathname;
  await keeper.goto(`${own}/edit/automatic`);
  assert.match(await keeper.textContent("main"), /试/);
  await look(keeper, [`${own}/edit/automatic`, "/desk/switches", "/desk/switches/fund-employer"]);
  await look(await as("supervisor"), ["/desk/credit/grades"]);
});
