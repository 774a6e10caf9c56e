// A factory from its filing to its completion (工厂四阶段, 国办发〔2019〕11号): the unit
// fills in one form a stage on a phone with no script at all; the steward's board says
// what comes next and what holds it up; the joint drawing review asks for changes and
// passes the second time, and the joint acceptance ends the last stage.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerAll, grantAll, handIn } from "./applying.mjs";
import { as, browser, caller, keep, lookAt, press, program, sizes, until } from "./lib.mjs";

const answers = {
  "建设规模和内容": "两栋厂房", "总投资": "12000000", "用地面积": "8000", "建筑面积": "9600", "建筑高度": "18", "建筑层数": "3", "容积率": "1.2", "地下总建筑面积": "2400", "人防工程面积": "600",
  "设计单位": "徐州样本设计院有限公司", "施工单位": "徐州样本建设工程有限公司", "监理单位": "徐州样本监理有限公司", "合同价": "9000000", "施工许可证号": "320300202611160101",
  "计划开工.year": "2026", "计划开工.month": "12", "计划开工.day": "1", "计划竣工.year": "2027", "计划竣工.month": "8", "计划竣工.day": "1",
  "竣工验收日期.year": "2026", "竣工验收日期.month": "11", "竣工验收日期.day": "10",
};

let b, site, call;
before(async () => {
  site = await program({ at: "2026-11-16T10:00:00+08:00" });
  b = await browser();
  call = caller(site.base);
});
after(async () => { await b?.close(); await site?.stop(); });

/** The unit fills in the one form of a stage, hands in its materials and submits once; all agencies grant it. */
async function applyFor(unit, own, stage) {
  await unit.goto(own);
  await press(unit, `button:has-text('填表申报${stage}')`);
  const materials = await answerAll(unit, answers);
  const number = (await handIn(unit, materials, "徐鹏")).split("/").pop();
  assert.match(number, /^LB/, `${stage}: ${unit.url()}`);
  await grantAll(call, number);
}

/** The steward or the lead calls a gathering that the board offers, on a day of November. */
async function convene(page, board, kind, day, where = "") {
  await page.goto(board);
  await page.click("summary:has-text('召集联合踏勘、审图、验收')");
  const value = await page.locator("select[name=what] option", { hasText: kind }).getAttribute("value");
  await page.selectOption("select[name=what]", value);
  for (const [part, n] of [["year", "2026"], ["month", "11"], ["day", day]]) await page.fill(`[name='day.${part}']`, n);
  await page.fill("[name=where]", where);
  await press(page, "button:text-is('召集')");
}

/** The unit that builds, on a phone with no script at all. */
async function unitAt({ base }) {
  const unit = await as(b, base, "xupeng", { size: sizes.phone, js: false });
  await unit.goto("/my/account");
  await press(unit, "main form:has-text('样本机械') button");
  return unit;
}

/** A department says what it thinks. */
async function opine(login, board, verdict, say = "") {
  const page = await as(b, site.base, login, { js: false });
  await page.goto(board);
  await page.check(`[name=verdict][value=${verdict}]`, { force: true });
  if (say) await page.fill("[name=say]", say);
  await press(page, "button:text-is('提交意见')");
  await page.context().close();
}

test("a factory goes through all four stages", { timeout: 420_000 }, async () => {
  const unit = await unitAt(site);
  await unit.goto("/my/projects/new");
  for (const [name, text] of [["code", "2026-320300-35-03-654321"], ["name", "四期厂房"], ["place", "徐州市铜山区示例路41号"]]) await unit.fill(`[name=${name}]`, text);
  await unit.check("[name=type][value=industrial]", { force: true });
  for (const [question, value] of [["特殊建设工程", "是"], ["有地下室", "是"], ["自备取水", "否"], ["迁移古树", "否"]]) await unit.check(`[name='q.${question}'][value=${value}]`, { force: true });
  await press(unit, "button:text-is('登记')");
  const own = new URL(unit.url()).pathname, board = own.replace("/my", "");
  assert.doesNotMatch(await unit.textContent("main"), /填表申报施工许可/, "the third stage waits for the second");

  let steward = await as(b, site.base, "window1");
  await steward.goto(board);
  await press(steward, "button:text-is('担任项目管家')");
  await applyFor(unit, own, "立项用地规划许可");
  await until(unit, own, /立项用地规划许可：已办好/);
  await applyFor(unit, own, "工程建设许可");
  await until(unit, own, /工程建设许可：已办好/);

  await applyFor(unit, own, "施工许可");
  await convene(steward, board, "联合审图", "16");
  await opine("housing-r", board, "不同意", "疏散楼梯不足");
  await steward.goto(board);
  assert.equal(await steward.isVisible("button:text-is('合成一份意见')"), false, "silence is not consent");
  await opine("land-r", board, "同意");
  await steward.goto(board);
  await press(steward, "button:text-is('合成一份意见')");
  assert.match(await steward.textContent("main"), /堵点.*疏散楼梯不足/s);
  await unit.goto(own);
  assert.match(await unit.textContent("main"), /合成一份意见：整改后再看\s*疏散楼梯不足/);
  await convene(steward, board, "联合审图", "16");
  await opine("housing-r", board, "同意");
  await opine("land-r", board, "同意");
  await steward.goto(board);
  await press(steward, "button:text-is('合成一份意见')");
  await until(unit, own, /施工许可：已办好/);

  await applyFor(unit, own, "竣工验收");
  await until(unit, own, /竣工验收：在办/);
  let lead = await as(b, site.base, "housing-r");
  await convene(lead, board, "联合验收", "17", "四期厂房");
  assert.equal(await lead.isVisible("button:text-is('提交意见')"), false, "nobody speaks before they have been there");
  site = await site.later("2026-11-17T10:00:00+08:00");
  lead = await as(b, site.base, "housing-r");
  await lead.goto("/visits");
  assert.match(await lead.textContent("main"), /联合验收：四期厂房.*等本部门意见/s);
  for (const login of ["housing-r", "land-r", "urban-r"]) await opine(login, board, "同意");
  await lead.goto(board);
  await lookAt(b, site.base, lead, [board], keep("stages"));
  await lookAt(b, site.base, lead, ["/visits"], keep("stages"));
  await press(lead, "button:text-is('合成一份意见')");
  const eye = await unitAt(site);
  await until(eye, "/my/projects", /四期厂房\s*全部完成/);
  steward = await as(b, site.base, "window1");
  await until(steward, board, /竣工验收：已办好/);
  assert.match(await steward.getAttribute("[aria-label='四阶段并联图'] svg", "aria-label"), /竣工验收.*已办好/);
  await lookAt(b, site.base, steward, [board], keep("stages"));
});
