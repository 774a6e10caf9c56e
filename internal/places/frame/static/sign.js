// A pad to sign on by hand. What is drawn is sent as a picture with the form;
// without this script the typed name alone signs.
(function () {
  "use strict";
  document.querySelectorAll("[data-sign]").forEach(function (pad) {
    var canvas = pad.querySelector("canvas"), sent = pad.querySelector("input"), pen = canvas.getContext("2d"), down = false;
    pad.hidden = false;
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    function at(e) {
      var box = canvas.getBoundingClientRect();
      return [(e.clientX - box.left) * canvas.width / box.width, (e.clientY - box.top) * canvas.height / box.height];
    }
    canvas.addEventListener("pointerdown", function (e) {
      down = true;
      canvas.setPointerCapture(e.pointerId);
      pen.beginPath();
      pen.moveTo.apply(pen, at(e));
      e.preventDefault();
    });
    canvas.addEventListener("pointermove", function (e) {
      if (!down) return;
      pen.lineTo.apply(pen, at(e));
      pen.stroke();
      e.preventDefault();
    });
    function end() {
      if (!down) return;
      down = false;
      sent.value = canvas.toDataURL("image/png");
    }
    canvas.addEventListener("pointerup", end);
    canvas.addEventListener("pointercancel", end);
    pad.querySelector("button").addEventListener("click", function () {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      sent.value = "";
    });
  });
})();
