// An item is changed by three people at their desks, by keys and in every mode:
// the items manager writes, the auditor reviews, the superior's auditor confirms;
// then the public reads and speaks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, lookAt, open, program, signIn, sizes } from "./lib.mjs";

const password = "Tongban-2026";
let b, site;
before(async () => { site = await program(); b = await browser(); });
after(async () => { await b?.close(); await site?.stop(); });

const at = async (login, options = {}) => {
  const page = await open(b, { base: site.base, ...options });
  await signIn(page, login, password);
  return page;
};
const leads = (page, press) => Promise.all([page.waitForNavigation(), press()]);
let revision, publicity;

/** Looks at the paths as this person, in every mode and width. */
const look = (page, paths) => lookAt(b, site.base, page, paths);

test("the items manager changes a material and is shown what differs", { timeout: 240_000 }, async () => {
  const page = await at("items");
  await page.goto("/desk/items/food-permit");
  await page.check("input[value=优化服务]");
  await page.fill("[name=why]", "减材料");
  await leads(page, () => page.press("[name=why]", "Control+Enter"));
  revision = new URL(page.url()).pathname;
  publicity = revision.replace("/desk/revisions", "/publicity");
  await page.goto(`${revision}/edit/materials`);
  await page.click("summary:has-text('场所平面图')");
  await page.check("[name='materials[4].deferrable']");
  await leads(page, () => page.press("[name='materials[4].note']", "Control+Enter"));
  await page.goto(`${revision}/difference`);
  assert.match(await page.innerText("main"), /可容缺/);
  await look(page, ["/desk/items", "/desk/items/id-card", "/desk/revisions", revision,
    ...["basics", "materials", "questions", "form", "steps", "flow", "fees", "guide"].map((t) => `${revision}/edit/${t}`),
    `${revision}/check`, `${revision}/difference`]);
  await page.goto(revision);
  await leads(page, () => page.click("button:has-text('报送审核')"));
  assert.match(await page.innerText("main"), /待同级审核/);
});

test("a finding leads to its field, which is open to be changed", async () => {
  const page = await at("yl-items");
  await page.goto("/desk/items/id-card");
  await page.check("input[value=优化服务]");
  await page.fill("[name=why]", "改写");
  await leads(page, () => page.press("[name=why]", "Control+Enter"));
  const own = new URL(page.url()).pathname;
  await page.goto(`${own}/edit/materials`);
  await page.click("main details summary >> nth=0");
  await page.fill("[name='materials[0].basis']", "");
  await leads(page, () => page.press("[name='materials[0].basis']", "Control+Enter"));
  await page.goto(`${own}/check`);
  await leads(page, () => page.click("tr:has-text('不得发布') a"));
  assert.equal(await page.locator("#f-materials-0-basis").isVisible(), true);
  await page.goto(own);
  await page.click("summary:has-text('撤回申请')");
  await page.fill("[name='withdraw.say']", "只是试试");
  await leads(page, () => page.click("button:has-text('撤回申请')"));
  assert.match(await page.innerText("main"), /已撤回/);
});

test("the auditor reviews and the superior's auditor confirms", { timeout: 120_000 }, async () => {
  const auditor = await at("auditor", { js: false });
  await auditor.goto(revision);
  await leads(auditor, () => auditor.click("button:has-text('审核通过')"));
  assert.match(await auditor.innerText("main"), /待上级确认/);
  const superior = await at("auditor2");
  await superior.goto(revision);
  await superior.fill("[name='confirm.document']", "苏政务函〔2026〕12号");
  await leads(superior, () => superior.click("button:has-text('确认并公示')"));
  assert.match(await superior.innerText("main"), /公示中/);
  await look(superior, [revision]);
});

test("the public reads and speaks, on a phone and with no script", { timeout: 120_000 }, async () => {
  const page = await at("limin", { size: sizes.phone, js: false });
  await page.goto("/publicity");
  await leads(page, () => page.click("a:has-text('食品经营许可')"));
  await page.fill("[name=say]", "平面图能不能给个样子");
  await leads(page, () => page.click("button:has-text('提交意见')"));
  assert.match(await page.innerText("main"), /意见已经收到/);
  await look(page, ["/publicity", publicity]);
});

test("a procedure is drawn, and the table of steps follows", { timeout: 120_000 }, async () => {
  const page = await at("items");
  await page.goto("/desk/items/mass-event");
  await page.check("input[value=优化服务]");
  await page.fill("[name=why]", "理顺流程");
  await leads(page, () => page.press("[name=why]", "Control+Enter"));
  const own = new URL(page.url()).pathname;
  await page.goto(`${own}/draw`);
  await page.waitForSelector("[data-ready]");
  assert.equal(await page.locator(".bjs-powered-by").isVisible(), true, "the watermark stays");
  await leads(page, () => page.click("button:has-text('保存')"));
  assert.match(await page.innerText("main"), /已保存/);
  await page.goto(`${own}/difference`);
  assert.match(await page.innerText("main"), /还没有差别/, "what is saved as it stands changes nothing");
  await page.goto(`${own}/draw`);
  await page.waitForSelector("[data-ready]");
  await page.click("[data-element-id]:has(.djs-visual) .djs-label:has-text('决定')", { force: true });
  await page.fill("[data-at=name]", "会商后决定");
  await page.fill("[data-at=limit]", "2个工作日");
  await page.press("[data-at=limit]", "Tab");
  await leads(page, () => page.click("button:has-text('保存')"));
  await page.goto(`${own}/edit/steps`);
  assert.match(await page.innerText("main"), /会商后决定[\s\S]*2个工作日/);
  await look(page, [`${own}/draw`]);
  const blind = await at("items", { js: false });
  await blind.goto(`${own}/draw`);
  assert.match(await blind.innerText("main"), /在“环节”页改环节表/);
  await page.goto(own);
  await page.click("summary:has-text('撤回申请')");
  await page.fill("[name='withdraw.say']", "只是试画");
  await leads(page, () => page.click("button:has-text('撤回申请')"));
});

test("a file is imported, checked and kept as drafts", { timeout: 120_000 }, async () => {
  const page = await at("items");
  await page.goto("/desk/imports");
  const lines = '{"name": "户外广告设置审批", "code": "000117099000", "type": "行政许可", "area_code": "511602000000", "promise_limit": {"value": 10}}\n{"name": \n';
  await page.setInputFiles("[name=file]", { name: "外市目录.jsonl", mimeType: "application/json", buffer: Buffer.from(lines) });
  await leads(page, () => page.click("button:has-text('上传并核对')"));
  await page.waitForSelector("text=核对完了", { timeout: 15_000 });
  assert.match(await page.innerText("main"), /第2行[\s\S]*不是一个完整的 JSON 对象/);
  const own = new URL(page.url()).pathname;
  await look(page, ["/desk/imports", own, "/desk/items/new"]);
  await page.goto(own);
  await page.check("input[value=all]");
  await leads(page, () => page.click("button:has-text('存为草稿')"));
  await page.waitForSelector("text=导入结果", { timeout: 15_000 });
  assert.match(await page.innerText("main"), /已存为草稿/);
});

test("a district claims a city's item, by keys", { timeout: 120_000 }, async () => {
  const page = await at("yl-items");
  await page.goto("/desk/items/claim?q=取水");
  await leads(page, () => page.click("tr:has-text('取水') a >> nth=0"));
  await look(page, ["/desk/items/claim", new URL(page.url()).pathname]);
  await page.selectOption("[name=agency]", { label: "徐州市云龙区行政审批局" });
  await page.fill("[name=why]", "承接市级事项");
  await leads(page, () => page.press("[name=why]", "Control+Enter"));
  assert.match(await page.innerText("main"), /已认领/);
  await page.goto(`${new URL(page.url()).pathname}/edit/whose`);
  assert.match(await page.inputValue("[name='codes.implementation']"), /^11320303/);
});
