// A mother applies for everything that follows a birth, on a phone and with no
// script at all; and the pages of a theme in every mode and width
// (journey A: 一表申请、一套材料、一次提交, 苏协调小组〔2021〕1号 二).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program, signIn, sizes } from "./lib.mjs";

const pdf = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
const answers = {
  "新生儿姓名": "李小宝", "出生医院": "徐州示例医院", "母亲姓名": "李敏", "母亲公民身份号码": "320399199003070025", "民族": "汉族",
  "落户地址": "徐州市云龙区示例路1号", "新生儿出生日期.year": "2026", "新生儿出生日期.month": "1", "新生儿出生日期.day": "2",
};
const choices = { "办社保卡": "否", "报销生育费用": "否", "登记父亲信息": "否", "父母已婚": "是", "邮寄户口簿": "否" };

let b, site, page;
before(async () => {
  site = await program();
  b = await browser();
  page = await open(b, { base: site.base, size: sizes.phone, js: false });
});
after(async () => { await b?.close(); await site?.stop(); });

const next = () => Promise.all([page.waitForNavigation(), page.click(".bt .btn-p")]);

/** Looks at pages in every mode and width, signed in as the journey is. */
const look = (paths) => lookAt(b, site.base, page, paths);

/** Fills in whatever the screen asks. */
async function answer() {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`[name="${name}"]`);
    if (await field.count()) await field.fill(value);
  }
  for (const [name, value] of Object.entries(choices)) {
    const one = page.locator(`input[name="${name}"][value="${value}"]`);
    if (await one.count()) await one.check({ force: true });
  }
  for (const set of await page.locator("main fieldset").all()) {
    const options = set.locator("input[type=radio],input[type=checkbox]");
    if (await options.count() && !(await set.locator("input:checked").count())) await options.first().check({ force: true });
  }
  const county = page.locator("select[name$='.county']");
  if (await county.count()) await county.selectOption({ label: "云龙区" });
}

test("the public pages of the themes hold in every mode and width", { timeout: 200_000 }, async () => {
  await look(["/themes", "/themes/birth", "/themes/birth/check", "/themes/construction"]);
});

test("a birth is applied for once, on a phone, with no script", { timeout: 200_000 }, async () => {
  await signIn(page, "limin", "Tongban-2026");
  await page.goto("/themes/birth");
  await Promise.all([page.waitForNavigation(), page.click("text=开始办")]);
  await Promise.all([page.waitForNavigation(), page.click("main .btn-p")]);
  let screens = 0;
  for (; screens < 40 && page.url().includes("/ask/"); screens++) {
    await answer();
    await next();
  }
  assert.ok(screens < 25, `${screens} screens are too many for one form`);
  const list = new URL(page.url()).pathname;
  const own = page.locator(".tasks li", { hasText: "母亲居民身份证" });
  assert.match(await own.innerText(), /电子证照，免提交/); // the mother's own
  for (const link of await page.locator(".tasks li:not(:has-text('免提交')) a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
    await page.goto(link);
    await page.setInputFiles("#f-file", { name: "材料.pdf", mimeType: "application/pdf", buffer: pdf });
    await next();
    assert.equal(new URL(page.url()).pathname, list);
  }
  await next();
  await page.check("input[value=electronic]", { force: true });
  await next();
  await look([new URL(page.url()).pathname]);
  await page.check("[name=agree]", { force: true });
  await next();
  const at = new URL(page.url()).pathname;
  assert.match(at, /^\/my\/joint\/LB/);
  assert.ok(await page.isVisible("text=出生医学证明首次签发"));
  assert.ok(await page.isVisible("text=等前一项办好"));
  await look([at, "/my"]);
  await page.fill("[name=reason]", "改天再办");
  await Promise.all([page.waitForNavigation(), page.click("main button.btn-d")]);
  assert.ok(await page.isVisible("text=已撤回"));
});
