/* Small helps that every page may have; all of it works without. Text comes from the page's attributes. */
(function () {
  "use strict";

  /* A key that was pressed says so, and a form is sent once. */
  function keyOf(form, submitter) {
    if (submitter) return submitter.hasAttribute("data-busy") ? submitter : null;
    return form.querySelector("[data-busy]");
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) return;
    var key = keyOf(form, event.submitter);
    if (!key) return;
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    key.setAttribute("data-label", key.textContent);
    key.textContent = key.getAttribute("data-busy");
    key.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      form.removeAttribute("data-sent");
    });
    document.querySelectorAll("button[data-label]").forEach(function (key) {
      key.textContent = key.getAttribute("data-label");
      key.removeAttribute("data-label");
      key.removeAttribute("aria-busy");
    });
  });

  /* Errors: the summary has the focus; its links lead into the field. */
  var errors = document.getElementById("errors");
  if (errors) {
    errors.focus();
    errors.addEventListener("click", function (event) {
      var link = event.target.closest("a[href^='#']");
      var field = link && document.getElementById(link.getAttribute("href").slice(1));
      if (!field) return;
      event.preventDefault();
      field.focus();
      (document.querySelector("label[for='" + field.id + "']") || field).scrollIntoView();
    });
  }

  /* Back: where the visitor came from inside this site; otherwise the address in the link. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-back]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var from = document.referrer;
    if (history.length < 2 || from.indexOf(location.origin + "/") !== 0) return;
    if (from.split(/[?#]/)[0] === location.href.split(/[?#]/)[0]) return;
    event.preventDefault();
    history.back();
  });

  /* A field that belongs to one choice shows with it: data-only-with="day=other". Without script it always shows. */
  document.querySelectorAll("[data-only-with]").forEach(function (part) {
    var pair = part.getAttribute("data-only-with").split("=");
    var choices = document.querySelectorAll("input[name='" + pair[0] + "']");
    function turn() {
      var chosen = document.querySelector("input[name='" + pair[0] + "']:checked");
      part.hidden = !chosen || chosen.value !== pair[1];
    }
    choices.forEach(function (choice) { choice.addEventListener("change", turn); });
    turn();
  });

  /* A posted page that no browser may keep: its way back is the address it can be made from again. */
  var again = document.querySelector("form[data-again]");
  if (again && history.replaceState) history.replaceState(null, "", again.getAttribute("data-again"));

  /* Print keys appear only where they can do something. */
  document.querySelectorAll("[data-print]").forEach(function (key) {
    key.hidden = false;
    key.addEventListener("click", function () {
      window.print();
    });
  });
})();
