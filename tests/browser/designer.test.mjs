// A form is designed and a personal list tried out by keys, with scripts and
// without; a change is withdrawn; a change is published, takes effect and ends an
// item on the days it names, between three people who each do their part.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, checkPage, open, program, signIn, sizes } from "./lib.mjs";

let b, site;
before(async () => { site = await program({ at: "2026-11-23T10:00:00+08:00" }); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

const at = async (login, options = {}) => {
  const page = await open(b, { base: site.base, ...options });
  await signIn(page, login, "Tongban-2026");
  return page;
};
const leads = (page, press) => Promise.all([page.waitForNavigation(), press()]);
const enters = (page, selector) => leads(page, () => page.press(selector, "Enter"));

/** Opens a revision of an item by keys; its address. */
async function opened(page, item) {
  await page.goto(`/desk/items/${item}`);
  await page.press("input[value=优化服务]", "Space");
  await page.fill("[name=why]", "便民");
  await enters(page, "button:has-text('新建调整申请')");
  return new URL(page.url()).pathname;
}

test("a field is designed by keys, with no script, and a slip in its condition is found", { timeout: 120_000 }, async () => {
  const page = await at("items", { js: false, size: sizes.phone });
  const own = await opened(page, "food-permit");
  await page.goto(`${own}/edit/form`);
  await page.press("summary:has-text('添加一个字段')", "Enter");
  const n = (await page.getAttribute("details[open] [name$='.label']", "name")).match(/\[(\d+)\]/)[1];
  const cell = (key) => `[name='fields[${n}].${key}']`;
  await page.fill(cell("label"), "网络订餐平台");
  await page.fill(cell("id"), "网络订餐平台");
  await page.selectOption(cell("group"), { label: "经营情况" });
  await page.fill(cell("element"), "网站名称");
  await page.press(cell("required"), "Space");
  await page.fill(cell("when"), '没有这个问题 == "是"');
  await page.fill(cell("maxLen"), "三十");
  await enters(page, "button:has-text('保存')");
  assert.equal(await page.inputValue(cell("label")), "网络订餐平台", "what was typed stays");
  assert.match(await page.innerText("main"), /请填写数字/);
  await page.fill(cell("maxLen"), "30");
  await enters(page, "button:has-text('保存')");
  assert.match(await page.innerText("main"), /网络订餐平台[\s\S]*经营情况 · 单行文字 · 网站名称/);
  await page.goto(`${own}/check`);
  await enters(page, "tr:has-text('没有这个问题') a");
  const led = page.locator(new URL(page.url()).hash); // the field stands in its group by now
  assert.equal(await led.inputValue(), '没有这个问题 == "是"', "the finding leads to its cell");
  assert.equal(await led.isVisible(), true, "which is open");
  await led.fill('经营类别 == "餐饮服务"');
  await enters(page, "button:has-text('保存')");
  await page.goto(`${own}/check`);
  assert.doesNotMatch(await page.innerText("main"), /没有这个问题/);
  await checkPage(page);
});

test("the personal list follows the answers, at once where there are scripts", { timeout: 120_000 }, async () => {
  const page = await at("items");
  const own = await opened(page, "mass-event");
  await page.goto(`${own}/edit/questions`);
  const blind = await at("items", { js: false, size: sizes.phone });
  await page.goto("/desk/revisions");
  const permit = await page.getAttribute("a:has-text('食品经营许可')", "href");
  const list = (of) => of.innerText("#preview .stack");
  for (const eye of [page, blind]) {
    await eye.goto(`${permit}/edit/questions`);
    const before = await list(eye);
    await eye.selectOption("#preview [name='a.自有房产']", "否");
    if (eye === blind) await enters(eye, "#preview button");
    else await eye.waitForFunction((was) => document.querySelector("#preview .stack").innerText !== was, before);
    assert.match(await list(eye), /租赁|房屋|产权|使用/, "what a tenant brings is on the list");
    await checkPage(eye);
  }
  await page.goto(own);
  await page.press("summary:has-text('撤回申请')", "Enter");
  await page.fill("[name='withdraw.say']", "暂不调整");
  await enters(page, "button:has-text('撤回申请')");
  assert.match(await page.innerText("main"), /已撤回[\s\S]*暂不调整/);
  assert.equal(await page.locator("button:has-text('报送审核')").count(), 0);
});

test("a change is published, takes effect and ends the item on its days", { timeout: 240_000 }, async () => {
  const keeper = await at("items");
  const own = await opened(keeper, "bank-booking");
  const name = (await keeper.innerText("h1")).trim();
  await keeper.goto(`${own}/edit/basics`);
  await keeper.fill("[name=synonyms]", "约银行开户");
  await keeper.fill("[name=effective]", "2026-12-10");
  await leads(keeper, () => keeper.press("[name=effective]", "Control+Enter"));
  await keeper.goto(`${own}/edit/whose`);
  await keeper.fill("[name=retired]", "2026-12-20");
  await leads(keeper, () => keeper.press("[name=retired]", "Control+Enter"));
  await keeper.goto(own);
  await enters(keeper, "button:has-text('报送审核')");
  const auditor = await at("auditor");
  await auditor.goto(own);
  await enters(auditor, "button:has-text('审核通过')");
  const superior = await at("auditor2");
  await superior.goto(own);
  if (await superior.locator("[name='confirm.document']").count()) await superior.fill("[name='confirm.document']", "苏政务函〔2026〕12号");
  await enters(superior, "button:has-text('确认并公示')");
  const says = async (day) => {
    site = await site.later(`${day}T10:00:00+08:00`);
    const page = await at("items");
    await page.goto(own);
    const state = await page.innerText("main");
    const anybody = await open(b, { base: site.base, size: sizes.phone });
    await anybody.goto(`/items/bank-booking`);
    return { state, guide: await anybody.innerText("main"), anybody };
  };
  const published = await says("2026-12-02");
  assert.match(published.state, /已发布/, "the period is over");
  assert.doesNotMatch(published.guide, /停用|12月20日/, "the old edition is still in force");
  const inForce = await says("2026-12-10");
  assert.match(inForce.guide, /2026年12月10日/, "the new edition is in force on its day");
  const ended = await says("2026-12-20");
  assert.match(ended.guide, /现在不能申请[\s\S]*2026年12月20日起停止办理/);
  await ended.anybody.goto(`/search?q=${encodeURIComponent("约银行开户")}`);
  assert.doesNotMatch(await ended.anybody.innerText("main"), new RegExp(name), "nobody is led to an item that has ended");
});
