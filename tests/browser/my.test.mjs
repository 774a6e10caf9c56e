// A citizen's own journey: to apply, follow, withdraw and rate, with no script
// at all on a phone; and every page of it in every mode and width.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program, signIn, sizes, weigh } from "./lib.mjs";

const password = "Tongban-2026";
const pdf = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
const answers = {
  "经营场所地址": "徐州市云龙区示例路18号", "经营面积": "120", "食品安全管理员姓名": "张伟",
  "食品安全管理员手机": "19900000002", "从业人员数": "8",
};

let b, site, page;
const seen = [];
before(async () => {
  site = await program();
  b = await browser();
  page = await open(b, { base: site.base, size: sizes.phone, js: false });
});
after(async () => { await b?.close(); await site?.stop(); });

const next = () => Promise.all([page.waitForNavigation(), page.click(".bt .btn-p")]);
const note = () => seen.push(new URL(page.url()).pathname);

/** Fills in whatever the screen asks. */
async function answer() {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`[name="${name}"]`);
    if (await field.count()) await field.fill(value);
  }
  for (const set of await page.locator("main fieldset").all()) {
    const options = set.locator("input[type=radio],input[type=checkbox]");
    if (await options.count() && !(await set.locator("input:checked").count())) await options.first().check({ force: true });
  }
}

/** Looks at the noted pages, signed in as the journey is, in every mode and width. */
const look = (paths) => lookAt(b, site.base, page, paths);

test("a firm's head applies on a phone, with no script", { timeout: 120_000 }, async () => {
  await signIn(page, "zhangwei", password);
  await page.goto("/my/account");
  await Promise.all([page.waitForNavigation(), page.click("main form:has-text('示例餐饮') button")]);
  await page.goto("/apply/food-permit");
  await Promise.all([page.waitForNavigation(), page.click("main .btn-p")]);
  let refused = false;
  for (let i = 0; i < 40 && page.url().includes("/ask/"); i++) {
    note();
    const field = page.locator("#step input[type=text]:not([readonly])");
    if (!refused && await field.count() === 1) {
      refused = true;
      await field.fill("");
      await next();
      assert.match(await page.title(), /^有 1 处需要修改/);
      assert.ok(await page.isVisible("#errors a"));
    }
    await answer();
    await next();
  }
  assert.ok(refused, "no screen was left empty on purpose");
  note();
  const list = new URL(page.url()).pathname;
  await next();
  assert.match(await page.title(), /处需要修改/);
  for (const link of await page.locator(".tasks a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
    await page.goto(link);
    if (link.endsWith("/m5")) note();
    if (await page.isVisible("text=这项不用交")) continue;
    await page.setInputFiles("#f-file", { name: "材料.pdf", mimeType: "application/pdf", buffer: pdf });
    await next();
    assert.equal(new URL(page.url()).pathname, list);
  }
  await next();
  note();
  await page.check("input[value=post]", { force: true });
  await page.fill("[name=address]", "徐州市云龙区示例路18号");
  await next();
  note();
  assert.ok(await page.isVisible("text=邮寄送达"));
});

test("the pages of an application hold in every mode and width", { timeout: 400_000 }, async () => {
  await look([...new Set(seen)].filter((_, i, all) => i < 5 || i > all.length - 5));
});

test("the application arrives, and is followed, withdrawn and rated", { timeout: 400_000 }, async () => {
  await page.check("[name=agree]", { force: true });
  await next();
  const receipt = new URL(page.url()).pathname, at = receipt.replace(/\/receipt$/, "");
  assert.ok(await page.isVisible("text=已经收到您的申请"));
  await page.goto(at);
  const paper = await page.locator("main a:has-text('申请材料接收凭证')").first().getAttribute("href");
  await look([receipt, at, paper, at + "/withdraw", "/my", "/my/drafts", "/my/messages", "/my/certificates", "/my/account", "/my/account/password",
    "/my/account/code", "/my/account/mandates/f-canyin"]);
  await page.goto(at + "/withdraw");
  await Promise.all([page.waitForNavigation(), page.click("main button.btn-d")]);
  assert.ok(await page.isVisible("text=已撤回"));
  for (let i = 0; i < 40; i++) { // the invitation comes a moment later
    const answer = await page.goto(at + "/rate");
    if (answer.ok()) break;
    await new Promise((r) => setTimeout(r, 250));
  }
  await look([at + "/rate", at + "/rate?grade=1"]);
  await page.check("input[value='2']", { force: true });
  await Promise.all([page.waitForNavigation(), page.click("button[name=more]")]);
  await page.check("input[value='208']", { force: true });
  await Promise.all([page.waitForNavigation(), page.click("main .btns .btn-p")]);
  assert.ok(await page.isVisible("text=没有提供材料清单"));
});

test("strangers sign in, register and verify on pages that hold", { timeout: 400_000 }, async () => {
  const limin = await open(b, { base: site.base, js: false });
  await signIn(limin, "limin", password);
  await limin.goto("/my/certificates");
  const mine = await limin.locator("main a[href^='/my/certificates/']").first().getAttribute("href");
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await look(["/signin", "/register", "/verify", mine.replace("/my/certificates/", "/verify/"), "/apply/medical-resident"]);
  await page.context().addCookies(cookies);
  await limin.context().close();
});

test("a step of an application weighs little", async () => {
  const { bytes, requests } = await weigh(b, site.base, "/apply/food-permit");
  assert.ok(bytes <= 60 * 1024, `${bytes} bytes`);
  assert.ok(requests <= 6, `${requests} requests`);
});
