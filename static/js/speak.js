/* Reads the page aloud, sentence by sentence, errors included. The key is hidden where the browser cannot speak. */
(function () {
  "use strict";
  var voice = window.speechSynthesis;
  var keys = Array.prototype.slice.call(document.querySelectorAll("[data-speak]"));
  if (!voice || !window.SpeechSynthesisUtterance || !keys.length) return;

  var SKIP = "script,style,svg,textarea,[hidden],[aria-hidden=true],.no-say,[data-speak-said]";
  var BLOCK = /^(P|LI|H1|H2|H3|H4|DT|DD|TD|TH|LABEL|LEGEND|A|BUTTON|DIV|SECTION|CAPTION)$/;
  var isChinese = document.documentElement.lang.indexOf("zh") === 0;
  var said = document.querySelector("[data-speak-said]");
  var queue = [];
  var reading = false;
  var heard = false;

  function words(node, out) {
    if (node.nodeType === 3) {
      out.push(node.data);
      return;
    }
    if (node.nodeType !== 1 || node.matches(SKIP)) return;
    if (node.hasAttribute("data-say")) {
      out.push("\n" + node.getAttribute("data-say") + "\n");
      return;
    }
    if (node.offsetParent === null && node.getClientRects().length === 0) return;
    if (node.tagName === "SELECT") {
      if (node.selectedIndex >= 0) out.push("\n" + node.options[node.selectedIndex].text + "\n");
      return;
    }
    var breaks = BLOCK.test(node.tagName);
    if (breaks) out.push("\n");
    for (var child = node.firstChild; child; child = child.nextSibling) words(child, out);
    if (breaks) out.push("\n");
  }

  /* Short pieces: long ones are cut off by some browsers, and Stop should stop at once. */
  function sentences() {
    var out = [];
    words(document.getElementById("main"), out);
    return out
      .join("")
      .replace(/([。；？！;?!])/g, "$1\n")
      .split(/\n+/)
      .map(function (text) {
        return text.replace(/\s+/g, " ").trim();
      })
      .filter(function (text) {
        return /[\w\u3400-\u9fff]/.test(text);
      });
  }

  function show() {
    keys.forEach(function (key) {
      key.textContent = key.getAttribute(reading ? "data-speak-stop" : "data-speak-start");
    });
  }

  function stop() {
    reading = false;
    queue = [];
    voice.cancel();
    show();
  }

  function next() {
    if (!reading) return;
    if (!queue.length) {
      stop();
      return;
    }
    var piece = new SpeechSynthesisUtterance(queue.shift());
    piece.lang = isChinese ? "zh-CN" : "en-GB";
    piece.rate = 0.9;
    piece.onstart = function () {
      heard = true;
    };
    piece.onend = next;
    piece.onerror = function () {
      if (reading) next();
    };
    voice.speak(piece);
  }

  /* A browser may have the interface and no voice behind it: then say so in writing. */
  function complain() {
    if (heard || !reading || voice.speaking) return;
    stop();
    if (!said) return;
    said.textContent = keys[0].getAttribute("data-speak-silent");
    said.hidden = false;
  }

  keys.forEach(function (key) {
    key.setAttribute("data-speak-start", key.textContent);
    key.hidden = false;
    key.addEventListener("click", function () {
      if (reading) {
        stop();
        return;
      }
      voice.cancel();
      reading = true;
      heard = false;
      queue = sentences();
      show();
      next();
      window.setTimeout(complain, 4000);
    });
  });
  window.addEventListener("pagehide", stop);
})();
