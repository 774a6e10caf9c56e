// The public pages as people meet them: finding, reading and asking oneself, on
// a phone and at a desk, in every mode, with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, checkPage, compose, lookAt, modes, nowhere, open, program, signIn, sizes, weigh } from "./lib.mjs";

let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

const pages = ["/", "/?for=firm", "/search?q=食品", "/search?q=紫禁城qqq", "/items", "/items/food-permit", "/items/food-permit/plain",
  "/items/food-permit/picture", "/items/food-permit/check", "/items/food-permit/check?经营类别=餐饮服务&自有房产=否&经营面积档=150平方米及以下",
  "/items/food-permit/print", "/departments", "/departments/xz-market", "/regions", "/halls", "/halls/xz-centre", "/halls/xz-centre/queue", "/halls/xz-centre/board", "/halls/xz-centre/board?screen=1", "/halls/xz-centre/book?line=公安", "/integrity", "/laws", "/ledger", "/lists", "/lists/deferrable",
  "/lists/business", "/lists/licence/print", "/open", "/open/ratings", "/open/pledges", "/halls/xz-centre/public", "/help", "/help/stuck", "/accessibility", "/privacy", nowhere];

test("every public page holds in every mode and width", () => lookAt(b, site.base, null, pages));

test("without JavaScript one finds an item, asks oneself, and comes to the application", async () => {
  const page = await open(b, { base: site.base, size: sizes.phone, js: false });
  await page.goto("/");
  await page.fill("#q", "开饭店");
  await page.click("text=搜一下");
  await page.click("text=食品经营许可（新办）");
  await page.click("text=看看我要准备什么");
  await page.check("input[value=餐饮服务]", { force: true });
  await page.click("button:has-text('看看我要准备什么')");
  assert.ok(await page.isVisible("text=还有 2 个问题没有回答"));
  await page.check("fieldset:has-text('自己的房产') input[value=否]", { force: true });
  await page.check("input[value='150平方米及以下']", { force: true });
  await page.click("button:has-text('看看我要准备什么')");
  assert.ok(await page.isVisible("text=您要准备 5 份材料"));
  await page.click("text=开始办");
  assert.equal(new URL(page.url()).pathname, "/apply/food-permit");
  await page.context().close();
});

test("half-typed pinyin asks nothing; the finished word refines at once", async () => {
  const page = await open(b, { base: site.base });
  await page.goto("/search");
  const asked = [];
  page.on("request", (r) => { if (r.url().includes("/search?")) asked.push(new URL(r.url()).searchParams.get("q")); });
  await compose(page, "#q", "shenfenzheng", "身份证");
  await page.waitForSelector("#found >> text=居民身份证申领");
  assert.deepEqual(asked, ["身份证"]);
  assert.equal(await page.inputValue("#q"), "身份证");
  await page.selectOption("[name=for]", "firm");
  await page.waitForFunction(() => !document.querySelector("#found").textContent.includes("居民身份证申领"));
  assert.equal(new URL(page.url()).searchParams.get("for"), "firm");
  await checkPage(page, "/search refined");
  await page.context().close();
});

test("the keyboard alone opens the first thing found", async () => {
  const page = await open(b, { base: site.base });
  await page.goto("/");
  await page.focus("#q");
  await page.keyboard.type("spjyxk");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await page.focus("#found a");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.equal(new URL(page.url()).pathname, "/items/food-permit");
  await page.context().close();
});

test("a guide prints on A4 without its buttons", async () => {
  const page = await open(b, { base: site.base });
  await page.goto("/items/food-permit/print");
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  assert.match(pdf, /MediaBox\s*\[\s*0 0 59[45]/);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.isVisible("text=返回")));
  await page.context().close();
});

test("signed in, the front page shows one's own things and holds in every mode", async () => {
  for (const letters of Object.values(modes)) {
    const page = await open(b, { base: site.base, size: sizes.phone, mode: letters });
    await signIn(page, "limin", "Tongban-2026");
    await page.goto("/");
    assert.ok(await page.isVisible("text=李敏，您好"));
    await checkPage(page, `/ of limin ${letters}`);
    await page.context().close();
  }
});

test("a first visit weighs at most 60 KB in at most 6 requests", async () => {
  for (const path of ["/", "/search?q=食品", "/items/food-permit", "/items", "/lists/licence", "/halls"]) {
    const { bytes, requests } = await weigh(b, site.base, path);
    assert.ok(bytes <= 60 * 1024, `${path}: ${bytes} bytes`);
    assert.ok(requests <= 6, `${path}: ${requests} requests`);
  }
});

test("both modes can be chosen and left on a phone", async () => {
  const page = await open(b, { base: site.base, size: sizes.phone });
  await page.goto("/items/venue-health");
  for (const way of ["高对比", "长辈版", "普通颜色", "回到标准版"]) {
    await Promise.all([page.waitForNavigation(), page.click(`.ut a:has-text("${way}")`)]);
  }
  await page.context().close();
});

test("on a phone what was found stands on the first screen, under the filters", async () => {
  const page = await open(b, { base: site.base, size: sizes.phone });
  await page.goto("/search?q=孩子上户口");
  const at = await page.locator("#found a").first().boundingBox();
  assert.ok(at.y + at.height < 650, `the first hit ends at ${at.y + at.height}`);
  await page.context().close();
});
