// Signing on a screen: what is drawn in the field goes into the form as strokes.
// Without this script one types one's name.
(function () {
  "use strict";
  var W = 600, H = 200;
  Array.prototype.forEach.call(document.querySelectorAll("[data-ink]"), function (box) {
    var canvas = box.querySelector("canvas"), sent = box.querySelector("[data-ink-strokes]"), typed = box.querySelector("details");
    var pen = canvas.getContext && canvas.getContext("2d");
    if (!pen || !window.PointerEvent || box.inked) return;
    box.inked = true;
    var strokes = [], line = null;
    box.querySelector("[data-ink-field]").hidden = false;
    if (!box.querySelector("[data-ink-typed]").value) typed.open = false;

    function at(e) {
      var r = canvas.getBoundingClientRect();
      var x = Math.round((e.clientX - r.left) / r.width * W), y = Math.round((e.clientY - r.top) / r.height * H);
      return [Math.max(0, Math.min(W, x)), Math.max(0, Math.min(H, y))];
    }
    function draw(a, b) {
      pen.lineWidth = 5; pen.lineCap = "round"; pen.strokeStyle = "#111";
      pen.beginPath(); pen.moveTo(a[0], a[1]); pen.lineTo(b[0], b[1]); pen.stroke();
    }
    function write() {
      sent.value = strokes.map(function (s) { return s.map(function (p) { return p[0] + "," + p[1]; }).join(" "); }).join(";");
      box.querySelector("[data-ink-state]").textContent = strokes.length ? "已签写 " + strokes.length + " 笔" : "";
    }
    // What was drawn before something else was refused is drawn again.
    sent.value.split(";").forEach(function (s) {
      var points = (s.match(/\d+,\d+/g) || []).map(function (p) { return p.split(",").map(Number); });
      points.forEach(function (p, i) { draw(points[Math.max(0, i - 1)], p); });
      if (points.length) strokes.push(points);
    });
    write();
    canvas.addEventListener("pointerdown", function (e) {
      if (e.button) return;
      line = [at(e)];
      strokes.push(line);
      draw(line[0], line[0]);
      canvas.setPointerCapture(e.pointerId);
      e.preventDefault();
    });
    canvas.addEventListener("pointermove", function (e) {
      if (!line) return;
      var p = at(e), last = line[line.length - 1];
      if (Math.abs(p[0] - last[0]) + Math.abs(p[1] - last[1]) < 4) return;
      draw(last, p);
      line.push(p);
    });
    ["pointerup", "pointercancel"].forEach(function (type) {
      canvas.addEventListener(type, function () { if (line) { line = null; write(); } });
    });
    box.querySelector("[data-ink-clear]").addEventListener("click", function () {
      strokes = []; line = null;
      pen.clearRect(0, 0, W, H);
      write();
    });
  });
})();
