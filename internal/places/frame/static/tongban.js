// What pages gain from a script; each works without it.
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  function all(sel, in_) { return Array.prototype.slice.call((in_ || doc).querySelectorAll(sel)); }
  function on(type, fn, opt) { doc.addEventListener(type, fn, opt); }

  // Pinyin: tell listeners only of letters that are settled.
  function settled(el) { el.dispatchEvent(new CustomEvent("ime:settled", { bubbles: true })); }
  on("input", function (e) { if (!e.isComposing) settled(e.target); });
  on("compositionend", function (e) { settled(e.target); });

  // A row of places that is wider than a phone: the one we are at comes into sight.
  all(".top nav [aria-current]").forEach(function (n) { n.scrollIntoView({ block: "nearest", inline: "nearest" }); });

  // A refused form: the summary takes the focus.
  function focusErrors() { var s = doc.querySelector("[data-focus]"); if (s) s.focus(); }
  focusErrors();
  on("htmx:afterSettle", focusErrors);

  // Tables: on a phone each row becomes a card, its cells named by the heads; a
  // table of numbers stays one and scrolls.
  function cards(table) {
    if (table.classList.contains("cards") || !table.tHead || all("thead .r", table).length > 3) return;
    var heads = Array.prototype.map.call(table.tHead.rows[0].cells, function (h) { return h.textContent.trim(); });
    table.setAttribute("role", "table");
    all("tbody tr", table).forEach(function (row) {
      row.setAttribute("role", "row");
      var at = 0;
      Array.prototype.forEach.call(row.cells, function (cell) {
        cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
        if (cell.colSpan === 1 && at > 0 && heads[at]) cell.dataset.label = cell.children.length || cell.textContent.trim() ? heads[at] : "";
        at += cell.colSpan;
      });
    });
    table.classList.add("cards");
  }
  function allCards() { all(".scroll > .tb").forEach(cards); }
  allCards();
  on("htmx:afterSettle", allCards);

  // A strip of links begins where one is.
  all("nav > [aria-current]").forEach(function (a) {
    var strip = a.parentNode;
    if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = a.offsetLeft - 24;
  });

  // Reading aloud.
  var synth = window.speechSynthesis;
  if (synth && window.SpeechSynthesisUtterance) {
    all("[data-read]").forEach(function (b) { b.hidden = false; });
    on("click", function (e) {
      if (!e.target.closest("[data-read]")) return;
      if (synth.speaking) { synth.cancel(); return; }
      var main = doc.getElementById("main").cloneNode(true);
      all(".btn,.hp,script,[hidden]", main).forEach(function (n) { n.remove(); });
      var say = new SpeechSynthesisUtterance(main.textContent.replace(/\s+/g, " ").trim());
      say.lang = "zh-CN";
      synth.speak(say);
    });
    window.addEventListener("pagehide", function () { synth.cancel(); });
  }

  // Printing.
  all("[data-print]").forEach(function (b) {
    b.hidden = false;
    b.addEventListener("click", function () { window.print(); });
  });

  // Regions: a choice brings the next level at once.
  all("[data-region]").forEach(function (box) {
    box.addEventListener("change", function (e) {
      var lists = all("select", box);
      if (e.target !== lists[lists.length - 1]) box.querySelector("[data-region-next]").click();
    });
  });

  // Photographs from a phone are shrunk before they are sent.
  on("change", function (e) {
    var input = e.target;
    if (!input.matches("input[type=file][data-shrink]") || !window.DataTransfer || !window.createImageBitmap) return;
    var note = input.parentNode.querySelector("[data-shrunk]");
    Promise.all(Array.prototype.map.call(input.files, shrink)).then(function (files) {
      var box = new DataTransfer();
      files.forEach(function (f) { box.items.add(f); });
      input.files = box.files;
      if (note) note.textContent = files.map(function (f) { return f.name + "，" + Math.ceil(f.size / 1024) + " KB"; }).join("；");
    });
  });
  function shrink(file) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 1500000) return file;
    return createImageBitmap(file).then(function (img) {
      var k = Math.min(1, 2400 / Math.max(img.width, img.height)), c = doc.createElement("canvas");
      c.width = Math.round(img.width * k);
      c.height = Math.round(img.height * k);
      c.getContext("2d").drawImage(img, 0, 0, c.width, c.height);
      return new Promise(function (done) {
        c.toBlob(function (b) { done(b && b.size < file.size ? new File([b], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file); }, "image/jpeg", 0.86);
      });
    }).catch(function () { return file; });
  }

  // Drafts: <form data-autosave="/address"> is sent a moment after each change.
  all("form[data-autosave]").forEach(function (form) {
    var timer, mark = doc.querySelector("[data-saved]");
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" }).then(function (r) {
          if (mark) mark.textContent = r.ok ? "✓ 已保存 " + new Date().toTimeString().slice(0, 5) : "还没保存上，请按“保存并继续”";
        }).catch(function () { if (mark) mark.textContent = "网络断了，填写的内容还在这一页"; });
      }, 900);
    });
  });

  // The clock of the case at the window.
  all("[data-clock]").forEach(function (c) {
    var start = Date.now() - c.dataset.clock * 1000, shown = c.querySelector("strong");
    setInterval(function () {
      var s = Math.floor((Date.now() - start) / 1000);
      shown.textContent = ("0" + Math.floor(s / 60)).slice(-2) + ":" + ("0" + s % 60).slice(-2);
    }, 1000);
  });

  // The palette.
  var pal = doc.getElementById("palette");
  function openPalette() {
    if (!pal || !pal.showModal) return false;
    if (!pal.open) pal.showModal();
    pal.querySelector("input").select();
    return true;
  }
  on("click", function (e) {
    if (e.target.closest("[data-palette]") && openPalette()) e.preventDefault();
    else if (e.target === pal) pal.close();
  });
  if (pal) {
    pal.addEventListener("keydown", function (e) {
      var hits = all("[data-hit]", pal), i = hits.findIndex(function (h) { return h.classList.contains("on"); });
      if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        e.preventDefault();
        if (i >= 0) hits[i].classList.remove("on");
        i = (i + (e.key === "ArrowDown" ? 1 : hits.length - 1) + hits.length) % (hits.length || 1);
        if (hits[i]) { hits[i].classList.add("on"); hits[i].scrollIntoView({ block: "nearest" }); }
      } else if (e.key === "Enter" && !e.isComposing && hits.length) {
        e.preventDefault();
        hits[Math.max(0, i)].click();
      }
    });
  }

  // Rows: J and K move, Enter opens, other keys press what the row offers.
  function rows() { return all("[data-rows] [data-row]"); }
  function selected() { return doc.querySelector("[data-row].sel"); }
  function select(row) {
    if (!row) return;
    rows().forEach(function (r) { r.classList.toggle("sel", r === row); if (r !== row) r.removeAttribute("aria-current"); });
    row.setAttribute("aria-current", "true");
    all("[data-rowbody]").forEach(function (b) { b.classList.toggle("shut", b.dataset.rowbody !== row.dataset.row); });
    all("[data-rowbody]:not(.shut)").concat(row).forEach(function (n) { n.scrollIntoView({ block: "nearest" }); });
    row.dispatchEvent(new CustomEvent("row:selected", { bubbles: true }));
  }
  function move(by) {
    var list = rows(), i = list.indexOf(selected());
    select(list[Math.max(0, Math.min(list.length - 1, i + by))]);
  }
  on("click", function (e) {
    var row = e.target.closest("[data-row]");
    if (row && !e.target.closest("a,button,input,label,select")) select(row);
  });
  // A key goes to a field for words, and presses anything else.
  function press(hit) {
    if (hit.matches("input:not([type=radio]):not([type=checkbox]),textarea,select")) hit.focus(); else hit.click();
  }
  function rowKey(key) {
    var row = selected();
    if (!row) return false;
    if (key === "Enter") { var a = row.querySelector("[data-rowopen]"); if (a) a.click(); return !!a; }
    if (key === "V") { var v = row.querySelector("[data-rowview]"); if (v) v.click(); return !!v; }
    var body = doc.querySelector('[data-rowbody="' + row.dataset.row + '"]');
    var hit = all("[data-rowkey]", row).concat(body ? all("[data-rowkey]", body) : []).filter(function (n) { return n.dataset.rowkey === key; })[0];
    if (!hit) return false;
    press(hit);
    hit.dispatchEvent(new CustomEvent("row:verdict", { bubbles: true }));
    if (row.hasAttribute("data-next")) move(1);
    return true;
  }

  // Keys: a control says its own in data-key.
  function name(e) {
    var key = e.key === " " ? "空格" : e.key.length === 1 ? e.key.toUpperCase() : e.key;
    return (e.ctrlKey || e.metaKey ? "Ctrl+" : "") + (e.altKey ? "Alt+" : "") + key;
  }
  on("keydown", function (e) {
    if (e.isComposing || e.defaultPrevented || pal && pal.open) return;
    var key = name(e), typing = e.target.matches("input:not([type=radio]):not([type=checkbox]),textarea,select,[contenteditable]");
    var single = e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey;
    if (typing && e.key === "Escape") { e.target.blur(); return; }
    if (single && (typing || root.dataset.keys === "off")) return;
    if (e.key === "Enter" && key === "Enter" && (typing || e.target.matches("a,button,summary"))) return;
    if (key === "空格" && e.target.matches("a,button,summary,input")) return;
    if (rows().length && (key === "J" || key === "K")) { move(key === "J" ? 1 : -1); e.preventDefault(); return; }
    if (rows().length && rowKey(key)) { e.preventDefault(); return; }
    var hit = all("[data-key]").filter(function (n) { return n.dataset.key === key && !n.disabled && n.offsetParent !== null; })[0];
    if (hit) { e.preventDefault(); press(hit); }
  });

  // What nobody has judged yet gets the same verdict at once.
  all("[data-all]").forEach(function (b) { b.hidden = false; });
  on("click", function (e) {
    var b = e.target.closest("[data-all]");
    if (!b) return;
    all("[data-rowbody]").forEach(function (body) {
      var hit = all("[data-rowkey]", body).filter(function (n) { return n.dataset.rowkey === b.dataset.all && !n.disabled; })[0];
      if (hit && !all("[name='" + hit.name + "']", body).some(function (n) { return n.checked; })) hit.click();
    });
  });

  // Forms of many fields (data-dense): Enter goes on to the next field instead of sending half a form.
  on("keydown", function (e) {
    if (e.key !== "Enter" || e.ctrlKey || e.metaKey || e.isComposing || !e.target.matches("form[data-dense] input,form[data-dense] select")) return;
    e.preventDefault();
    var list = all("input:not([type=hidden]),select,textarea", e.target.form).filter(function (n) { return !n.disabled && n.offsetParent !== null && !n.closest("[data-rows]"); });
    var next = list.slice(list.indexOf(e.target) + 1).filter(function (n) { return n.name !== e.target.name; })[0];
    if (next) next.focus(); else e.target.blur();
  });
})();
