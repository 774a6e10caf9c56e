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

test("a theme is written, tried, reviewed and published", { timeout: 200_000 }, async () => {
  const at = async (login, options) => {
    const one = await open(b, { base: site.base, ...options });
    await signIn(one, login, "Tongban-2026");
    return one;
  };
  const leads = (on, press) => Promise.all([on.waitForNavigation(), press()]);
  const keeper = await at("items");
  await keeper.goto("/desk/themes");
  await keeper.fill("#f-id", "open hotpot");
  await keeper.fill("#f-name", "开火锅店");
  await leads(keeper, () => keeper.press("#f-name", "Enter"));
  await keeper.click("#errors a");
  assert.equal(await keeper.evaluate(() => document.activeElement.id), "f-id", "the summary leads to the field");
  await keeper.fill("#f-id", "open-hotpot");
  await leads(keeper, () => keeper.press("#f-id", "Enter"));
  for (const [name, value] of [["lead", "市市场监管局"], ["stage", "开办"], ["promised", "15个工作日"]]) await keeper.fill(`#f-${name}`, value);
  for (const words of ["食品经营许可", "公众聚集"]) {
    await keeper.fill("[name='items.find']", words);
    await leads(keeper, () => keeper.click("button:has-text('找事项')"));
    await keeper.check("[name='items.pick'] >> nth=0", { force: true });
  }
  await leads(keeper, () => keeper.press("#f-promised", "Control+Enter"));
  assert.match(await keeper.innerText("main"), /已保存[\s\S]*体检通过/);
  await Promise.all([
    keeper.waitForResponse((r) => r.url().includes(encodeURIComponent("自有房产") + "=" + encodeURIComponent("是"))),
    keeper.selectOption("[name='a.自有房产']", "是"),
  ]);
  await keeper.waitForSelector("#trial td:has-text('不动产权证书')", { state: "attached" });
  await lookAt(b, site.base, keeper, ["/desk/themes", "/desk/themes/open-hotpot", "/desk/themes/gym"]);
  await leads(keeper, () => keeper.click("button:has-text('报送审核')"));
  const auditor = await at("auditor", { js: false, size: sizes.phone });
  await auditor.goto("/desk/themes/open-hotpot");
  await leads(auditor, () => auditor.click("button:has-text('退回修改')"));
  assert.match(await auditor.innerText("main"), /请写明理由/);
  await leads(auditor, () => auditor.click("button:has-text('审核通过并发布')"));
  assert.match(await auditor.innerText("main"), /第1版在用/);
  await look(["/themes/open-hotpot"]);
});
