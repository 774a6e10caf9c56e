// What the browser tests share of an application: of a firm for a food permit,
// and of anybody for anything.
export const pdf = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
const answers = {
  "经营场所地址": "徐州市云龙区示例路18号", "经营面积": "120", "食品安全管理员姓名": "张伟",
  "食品安全管理员手机": "19900000002", "从业人员数": "8",
  "网店地址": "https://shop.example.com/yuan", "消防安全责任人姓名": "张伟", "消防安全责任人手机": "19900000002", "使用面积": "120", "建筑面积": "120", "场所建筑面积": "120",
};

/** Goes on to the next step of what is being applied for. */
export const next = (page) => Promise.all([page.waitForNavigation(), page.click(".bt .btn-p")]);

/** Has 张伟 act for the restaurant that he may act for. */
export async function actForFirm(page) {
  await page.goto("/my/account");
  await Promise.all([page.waitForNavigation(), page.click("main form:has-text('示例餐饮') button")]);
}

/** Begins an application and answers all questions; returns where its materials are handed in. */
export async function reachMaterials(page, item = "food-permit") {
  await page.goto("/apply/" + item);
  await Promise.all([page.waitForNavigation(), page.click("main .btn-p")]);
  return answerAll(page, answers);
}

/** Answers all questions, with what answers says or else the first choice; returns where it leads. */
export async function answerAll(page, answers) {
  for (let i = 0; i < 40 && page.url().includes("/ask/"); i++) {
    await answer(page, answers);
    await next(page);
  }
  return new URL(page.url()).pathname;
}

async function answer(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const choice = page.locator(`input[type=radio][name="${name}"][value="${value}"]`);
    if (await choice.count()) await choice.check({ force: true });
    const field = page.locator(`[name="${name}"]:not([type=radio])`);
    if (await field.count()) await field.fill(value);
  }
  for (const set of await page.locator("main fieldset").all()) {
    const options = set.locator("input[type=radio],input[type=checkbox]");
    if (await options.count() && !(await set.locator("input:checked").count())) await options.first().check({ force: true });
  }
}

/** Hands in a file for every material that is asked for, and submits; returns the address it is kept at. */
export async function handIn(page, materials, name) {
  await page.goto(materials);
  for (const link of await page.locator(".tasks a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
    await page.goto(link);
    if (!await page.locator("#f-file").count()) continue;
    await page.setInputFiles("#f-file", { name: "材料.pdf", mimeType: "application/pdf", buffer: pdf });
    await next(page);
  }
  await page.goto(materials);
  await next(page);
  await page.check("input[value=electronic]", { force: true });
  await next(page);
  await page.check("[name=agree]", { force: true });
  const typed = page.locator("[name='sign.typed']");
  if (await typed.count()) await typed.fill(name);
  await next(page);
  return new URL(page.url()).pathname;
}

/** Has window and bureaus grant every part of a joint case as it starts; who signs goes by the agency. */
export async function grantAll(call, number) {
  for (let i = 0; i < 60; i++) {
    const joint = await call("window1", "GET", "/joint/" + number);
    const filed = joint.parts.filter((p) => p.state === "filed");
    if (!filed.length && !joint.parts.some((p) => p.state === "waiting")) return;
    const cases = await Promise.all(filed.map((p) => call("window1", "GET", "/cases/" + p.case)));
    if (cases.some((c) => c.state === "received")) await call("window1", "POST", "/joint/" + number, { act: "accept" });
    for (const part of filed) await grant(call, part.case);
    await new Promise((r) => setTimeout(r, 200)); // until what waits for a result starts
  }
  throw new Error(`${number} does not come to an end`);
}

async function grant(call, id) {
  for (let c = await call("window1", "GET", "/cases/" + id); c.work?.length; c = await call("window1", "GET", "/cases/" + id)) {
    const [work] = c.work, post = work.agency.replace("xz-", "");
    const [who, act, body] = work.decides ? [post + "-a", "decide", { grant: true }] : [post + (work.signed ? "-r2" : "-r"), "review", { opinion: "同意" }];
    await call(who, "POST", `/cases/${id}/work/${work.id}/${act}`, body);
  }
}
