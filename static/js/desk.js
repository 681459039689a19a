/* The operator's desk: keys (always with a modifier, and they can be switched off), the draft, the preview, the clock. All of it works without. */
(function () {
  "use strict";
  var work = document.getElementById("work");
  var OFF = "desk-keys-off";
  function isOff() { try { return localStorage.getItem(OFF) === "1"; } catch (error) { return false; } }

  /* --- keys --- */
  function press(selector) {
    var key = document.querySelector(selector);
    if (key) key.click();
    return Boolean(key);
  }
  function enter(selector) {
    var field = document.querySelector(selector);
    if (field) { field.focus(); if (field.select) field.select(); }
    return Boolean(field);
  }
  var keys = {
    f: function () { return press("[data-next]") || enter("[name=asked]"); },
    c: function () { return press("[data-key=check]"); },
    w: function () { return press("[data-key=close]"); },
    k: function () { return enter("[name=wrap-code]"); },
    r: function () { return enter("#say"); }
  };
  document.addEventListener("keydown", function (event) {
    if (isOff() || event.metaKey || event.isComposing) return;
    var done = false;
    if (event.ctrlKey && !event.altKey && event.key === "Enter") done = press("[data-key=wrap]");
    else if (event.altKey && !event.ctrlKey) {
      var digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
      var place = digit ? digit[1] : { Minus: "-", Equal: "=" }[event.code];
      if (place) done = press("[data-choose='" + place + "']") || press("[data-task='" + place + "']");
      else if (event.code === "Slash") done = press("[data-keys-help]");
      else if (/^Key[A-Z]$/.test(event.code) && keys[event.code.slice(3).toLowerCase()]) done = keys[event.code.slice(3).toLowerCase()]();
    }
    if (done) event.preventDefault();
  });
  document.querySelectorAll("[data-keys-switch]").forEach(function (key) {
    function show() { key.textContent = key.getAttribute(isOff() ? "data-on" : "data-off"); }
    key.hidden = false;
    show();
    key.addEventListener("click", function () {
      try { localStorage.setItem(OFF, isOff() ? "0" : "1"); } catch (error) { /* a browser that keeps nothing keeps the keys */ }
      show();
    });
  });

  /* --- how long --- */
  document.querySelectorAll("[data-seconds]").forEach(function (clock) {
    var from = Date.now() - Number(clock.getAttribute("data-seconds")) * 1000;
    function two(number) { return (number < 10 ? "0" : "") + number; }
    setInterval(function () {
      var seconds = Math.max(Math.floor((Date.now() - from) / 1000), 0);
      if (seconds < 3600) clock.textContent = two(Math.floor(seconds / 60)) + ":" + two(seconds % 60);
    }, 1000);
  });
  if (!work || !window.fetch || !window.URLSearchParams) return;

  /* --- the draft, every few seconds; the preview, when a field was left --- */
  var dirty = false, busy = false, leaving = false, kept = document.getElementById("kept"), say = document.querySelector("[data-part=say]");
  function body(step) {
    var data = new URLSearchParams(new FormData(work));
    if (step) data.set("step", step);
    return data;
  }
  function send(address, step, headers) {
    return fetch(address, { method: "POST", body: body(step), headers: headers || {}, credentials: "same-origin", redirect: "error" });
  }
  function keep() {
    if (!dirty || busy || leaving) return;
    dirty = false;
    busy = true;
    send(work.getAttribute("data-draft")).then(function (answer) { return answer.json(); }).then(function (said) {
      kept.textContent = said.kept;
    }).catch(function () { dirty = true; }).then(function () { busy = false; });
  }
  function check() {
    if (leaving || !work.querySelector("[data-key=check]")) return;
    send(work.action, "check", { "X-Desk-Part": "preview" }).then(function (answer) {
      if (answer.status !== 200 && answer.status !== 422) throw new Error("no preview");
      return answer.text();
    }).then(function (part) { if (!leaving) say.innerHTML = part; }).catch(function () { dirty = true; });
  }
  work.addEventListener("input", function () { dirty = true; });
  work.addEventListener("change", function (event) { if (event.target.closest(".op-task-column") && !event.target.closest(".op-end")) check(); });
  work.addEventListener("submit", function () { leaving = true; });
  window.addEventListener("pageshow", function () { leaving = false; });
  setInterval(keep, 3000);

  /* The cursor stands in the first field of the task, unless something has to be mended. */
  if (!document.getElementById("errors")) {
    var first = work.querySelector(".op-task-column .op-fields select, .op-task-column .op-fields input:not([type=hidden]), .op-task-column .op-fields textarea");
    if (first) first.focus();
  }
})();
