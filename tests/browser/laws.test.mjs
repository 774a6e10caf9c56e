// Laws and the reduction ledger: readable by everybody in every mode, and an
// article is found and picked in the editor without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program, signIn } from "./lib.mjs";

const password = "Tongban-2026";
let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

async function look(paths, login) {
  const person = await open(b, { base: site.base });
  if (login) await signIn(person, login, password);
  await lookAt(b, site.base, person, paths);
  await person.context().close();
}

test("anybody reads laws and the ledger", { timeout: 240_000 }, async () => {
  await look(["/laws", "/laws?q=" + encodeURIComponent("食品安全法"), "/laws/" + encodeURIComponent("行政许可法"), "/ledger", "/ledger?list=1"]);
});

test("staff keep laws, watch the ledger and what ought to be alike", { timeout: 240_000 }, async () => {
  await look(["/desk/laws", "/desk/ledger", "/desk/ledger?list=1", "/desk/ledger/food-permit", "/desk/unity"], "items");
});

test("an article is looked for and picked without JavaScript", { timeout: 120_000 }, async () => {
  const page = await open(b, { base: site.base, js: false });
  await signIn(page, "items", password);
  await page.goto("/desk/items/food-permit");
  await page.check("input[value=优化服务]");
  await page.fill("[name=why]", "补充依据");
  await Promise.all([page.waitForNavigation(), page.click("button:has-text('新建调整申请')")]);
  const revision = new URL(page.url()).pathname;
  await page.goto(`${revision}/edit/basics`);
  await page.fill("[name='bases.find']", "食品安全法 三十三");
  await Promise.all([page.waitForNavigation(), page.click("button[name=find][value=bases]")]);
  await page.check("input[name='bases.pick']");
  await Promise.all([page.waitForNavigation(), page.click("button:has-text('保存')")]);
  assert.match(await page.inputValue("[name=bases]"), /食品安全法》第三十三条/);
});
