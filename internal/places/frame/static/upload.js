// Large files are sent by pieces, and go on where they stopped when the
// connection returns. Without this script the form sends them whole.
(function () {
  "use strict";
  var piece = 1 << 20, patience = 8;
  function key(f) { return "upload:" + f.name + ":" + f.size + ":" + f.lastModified; }
  function wait(ms) { return new Promise(function (done) { setTimeout(done, ms); }); }
  function ask(method, address, body) {
    return fetch(address, { method: method, body: body, credentials: "same-origin", headers: { Accept: "application/json" } }).then(function (r) {
      return r.json().then(function (said) {
        if (r.ok) return said;
        throw { say: said.detail, code: said.code, status: r.status };
      });
    });
  }

  // begin goes on with what was begun before, or begins anew.
  function begin(f) {
    var anew = function () {
      return ask("POST", "/my/uploads?size=" + f.size + "&name=" + encodeURIComponent(f.name)).then(function (u) {
        try { localStorage.setItem(key(f), u.id); } catch (e) { /* private browsing: begins anew next time */ }
        return u;
      });
    };
    var old = null;
    try { old = localStorage.getItem(key(f)); } catch (e) { /* the same */ }
    return old ? ask("GET", "/my/uploads/" + old).catch(anew) : anew();
  }

  function send(f, u, tell, tries) {
    tell(Math.floor(100 * u.offset / f.size));
    if (u.offset >= f.size) return Promise.resolve(u.id);
    return ask("PATCH", "/my/uploads/" + u.id + "?offset=" + u.offset, f.slice(u.offset, u.offset + piece)).then(function (now) {
      return send(f, now, tell, 0);
    }, function (err) {
      if (err.say && err.status !== 409 && err.status < 500 || tries >= patience) throw err;
      return wait(Math.min(8000, 500 * Math.pow(2, tries))).then(function () {
        return ask("GET", "/my/uploads/" + u.id).catch(function () { return u; });
      }).then(function (now) { return send(f, now, tell, tries + 1); });
    });
  }

  function all(form) {
    var list = [];
    Array.prototype.forEach.call(form.querySelectorAll("input[type=file]"), function (input) {
      Array.prototype.forEach.call(input.files, function (f) { if (f.size > 0) list.push({ input: input, file: f }); });
    });
    return list;
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-upload]"), function (form) {
    var busy = false;
    form.addEventListener("submit", function (e) {
      var list = all(form);
      if (busy) { e.preventDefault(); return; }
      if (!list.length || !list.some(function (one) { return one.file.size > piece; })) return;
      e.preventDefault();
      busy = true;
      list.reduce(function (before, one) {
        return before.then(function () {
          var note = one.input.parentNode.querySelector("[data-shrunk]");
          var tell = function (n) { if (note) note.textContent = one.file.name + "，已上传 " + n + "%"; };
          return begin(one.file).then(function (u) { return send(one.file, u, tell, 0); }).then(function (id) {
            var hidden = document.createElement("input");
            hidden.type = "hidden";
            hidden.name = one.input.name + ".uploaded";
            hidden.value = id;
            form.appendChild(hidden);
            try { localStorage.removeItem(key(one.file)); } catch (err) { /* nothing was kept */ }
          }, function (err) {
            if (note) note.textContent = err.say || "网络断了，已上传的部分还在，请再点一次“上传”接着传";
            throw err;
          });
        });
      }, Promise.resolve()).then(function () {
        list.forEach(function (one) { one.input.disabled = true; });
        form.submit();
      }).catch(function () { busy = false; });
    });
  });
})();
