// The diagram face of a procedure: bpmn-js in Chinese, with our own attributes
// beside it. What is drawn goes back to the server as a BPMN file.
"use strict";
(() => {
  const box = document.querySelector("[data-modeler]");
  const form = document.getElementById("modeler");
  if (!box || !form || !window.BpmnJS) return;
  const xml = form.elements.xml;
  const say = document.getElementById("modeler-say");

  // Our attributes of a node, as package bpmn reads them.
  const attribute = (name) => ({ name, isAttr: true, type: "String" });
  const node = ["post", "role", "agency", "limit", "authority", "standard", "substantive", "decides", "rule", "result", "agree", "over", "quorum", "count", "awaits"];
  const model = {
    name: "Tongban", uri: "http://tongban/bpmn", prefix: "tongban", xml: { tagAlias: "lowerCase" },
    types: [
      { name: "Doing", extends: ["bpmn:FlowNode"], properties: node.map(attribute) },
      { name: "Seat", superClass: ["Element"], properties: ["post", "role", "agency"].map(attribute) },
      { name: "Apart", superClass: ["Element"], properties: ["node"].map(attribute) },
    ],
  };

  const words = {
    "Activate hand tool": "抓手", "Activate lasso tool": "框选", "Activate create/remove space tool": "增减空白", "Activate global connect tool": "连线",
    "Create start event": "开始", "Create intermediate/boundary event": "中间或者边界事件", "Create end event": "结束", "Create gateway": "网关", "Create task": "环节",
    "Create expanded sub-process": "子流程", "Create pool/participant": "泳池", "Create group": "分组", "Create data object reference": "数据对象", "Create data store reference": "数据存储",
    "Create element": "添加图元", "Append element": "在后面添加", "Append end event": "后接结束", "Append gateway": "后接网关", "Append task": "后接环节",
    "Append intermediate/boundary event": "后接中间事件", "Append text annotation": "后接注释", "Add text annotation": "加注释", "Change element": "换成别的图元", "Change type": "换成别的图元",
    "Delete": "删除", "Remove": "删除", "Set color": "颜色", "Connect to other element": "连线", "Connect using association": "用虚线连接", "Connect using sequence/message flow or association": "连线",
    "Search in diagram": "在图上找", "Search": "查找", "Toggle sequential multi-instance": "依次会签", "Sequential multi-instance": "依次会签", "Parallel multi-instance": "同时会签", "Loop": "循环",
    "Task": "环节（人工）", "User task": "人工环节", "Service task": "系统服务", "Business rule task": "自动判断", "Script task": "脚本", "Send task": "发送", "Receive task": "等候消息", "Manual task": "线下环节",
    "Sub-process (expanded)": "子流程", "Sub-process (collapsed)": "收起的子流程", "Exclusive gateway": "走一条（排他）", "Parallel gateway": "都走（并行）", "Inclusive gateway": "走成立的各条（包容）",
    "Start event": "开始", "End event": "结束", "Terminate end event": "终止", "Intermediate throw event": "中间抛出事件", "Message intermediate catch event": "等候消息", "Timer intermediate catch event": "定时",
    "Message start event": "消息开始", "Timer start event": "定时开始", "Timer boundary event": "到时中断", "Timer boundary event (non-interrupting)": "到时提醒，不中断",
    "Message boundary event": "消息中断", "Message boundary event (non-interrupting)": "消息到来，不中断", "Sequence flow": "连线", "Default flow": "其他情况走这条", "Conditional flow": "有条件的连线",
    "Open {element}": "打开", "no diagram to display": "没有可以显示的流程图", "Nothing found": "没有找到", "Tools": "工具", "Tasks": "环节", "Events": "事件", "Gateways": "网关", "Sub-processes": "子流程",
    "{semantic} {id} already rendered": "图元 {id} 重复", "failed to import {element}": "{element} 读不懂", "Powered by bpmn.io": "由 bpmn.io 提供",
  };
  const translate = (text, with_) => (words[text] || text).replace(/{([^}]+)}/g, (_, key) => (with_ && with_[key]) || "{" + key + "}");

  // Only what the platform runs is offered; what a file brings beyond it is named
  // when it is saved.
  const beyond = /data-(object|store)|participant|create\.group|call-activity|transaction|event-subprocess|ad-?hoc|complex|event-based|signal|escalation|error|compensation|conditional-(start|intermediate|boundary)|link|cancel/;
  const without = (entries) => {
    Object.keys(entries).forEach((key) => { if (beyond.test(key)) delete entries[key]; });
    return entries;
  };
  function Subset(palette, popupMenu, contextPad) {
    palette.registerProvider(100, { getPaletteEntries: () => without });
    popupMenu.registerProvider("bpmn-replace", 100, { getPopupMenuEntries: () => without });
    popupMenu.registerProvider("bpmn-append", 100, { getPopupMenuEntries: () => without });
    contextPad.registerProvider(100, { getContextPadEntries: () => without });
  }
  Subset.$inject = ["palette", "popupMenu", "contextPad"];

  const modeler = new window.BpmnJS({
    container: box, moddleExtensions: { tongban: model },
    additionalModules: [{ translate: ["value", translate], subset: ["type", Subset], __init__: ["subset"] }],
  });
  const modeling = modeler.get("modeling"), moddle = modeler.get("moddle");

  modeler.importXML(xml.value).then(() => {
    modeler.get("canvas").zoom("fit-viewport", "auto");
    box.querySelectorAll("svg[tabindex]").forEach((svg) => { svg.setAttribute("role", "application"); svg.setAttribute("aria-label", "流程图，用箭头键移动"); });
    box.dataset.ready = "1";
  }, (err) => { say.textContent = "这张图显示不出来：" + err.message; });

  // The panel: what the platform needs to know of the chosen shape.
  const panel = document.getElementById("modeler-panel"), chosen = document.getElementById("modeler-chosen");
  let at = null;
  const value = (element, name) => {
    const of = element.businessObject;
    if (name === "name") return of.name || "";
    if (name === "when") return (of.conditionExpression && of.conditionExpression.body) || "";
    return of.get("tongban:" + name) || "";
  };
  const shown = (element) => {
    at = element && !element.labelTarget ? element : element && element.labelTarget;
    const is = (type) => at && at.businessObject.$instanceOf(type);
    const kind = is("bpmn:SequenceFlow") ? "edge" : is("bpmn:Activity") ? "task" : is("bpmn:FlowNode") ? "node" : "";
    panel.hidden = !kind;
    chosen.textContent = kind ? (value(at, "name") || at.id) : "点一个环节或者一条连线，在这里填写它的要素。";
    panel.querySelectorAll("[data-of]").forEach((field) => {
      const box = field.closest(".f, .ag") || field;
      box.hidden = !field.dataset.of.split(" ").includes(kind);
      const text = kind && !box.hidden ? value(at, field.dataset.at) : "";
      if (field.type === "checkbox") field.checked = text === "true";
      else field.value = text;
    });
  };
  panel.addEventListener("change", (event) => {
    const field = event.target;
    if (!at || !field.dataset.at) return;
    const text = field.type === "checkbox" ? (field.checked ? "true" : "") : field.value.trim();
    const name = field.dataset.at;
    if (name === "name") modeling.updateLabel(at, text);
    else if (name === "when") modeling.updateProperties(at, { conditionExpression: text ? moddle.create("bpmn:FormalExpression", { body: text }) : undefined });
    else modeling.updateProperties(at, { ["tongban:" + name]: text || undefined });
  });
  modeler.on("selection.changed", (event) => shown(event.newSelection.length === 1 ? event.newSelection[0] : null));
  modeler.on("element.changed", (event) => { if (at && event.element.id === at.id && !panel.contains(document.activeElement)) shown(at); });
  shown(null);

  let changed = false;
  modeler.on("commandStack.changed", () => { changed = true; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    modeler.saveXML({ format: true }).then((saved) => { xml.value = saved.xml; changed = false; form.submit(); }, (err) => { say.textContent = "没有存成：" + err.message; });
  });
})();
