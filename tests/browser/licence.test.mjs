// Industries with one licence: found, read and asked about in every mode, and
// without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program, sizes } from "./lib.mjs";

let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

test("anybody reads what an industry takes", { timeout: 240_000 }, async () => {
  await lookAt(b, site.base, null, ["/industries", "/industries/store", "/industries/gym", "/industries/gym/check"]);
});

test("one's own list is asked for without JavaScript", { timeout: 120_000 }, async () => {
  const page = await open(b, { base: site.base, size: sizes.phone, js: false });
  await page.goto("/industries");
  await page.click("text=健身房");
  await page.click("text=看看我要准备什么");
  await page.check("input[name=有高危险项目][value=是]");
  await page.check("input[name=卖食品饮料][value=否]");
  await Promise.all([page.waitForNavigation(), page.click("button:has-text('下一步')")]);
  const text = await page.textContent("main");
  assert.match(text, /您的证上会列 3 项许可/);
  assert.match(text, /高危险性体育项目经营许可证/);
  await page.context().close();
});
