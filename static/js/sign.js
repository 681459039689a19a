/* A frame to sign in with a finger. Without script it does not show, and the code does instead. */
(function () {
  "use strict";

  var box = document.querySelector("[data-sign]");
  var pad = box && box.querySelector("canvas");
  var pen = pad && pad.getContext && pad.getContext("2d");
  if (!pen) return;
  var kept = box.querySelector("input[name=signature]");
  var isDown = false;
  box.hidden = false;

  function blank() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    pen.strokeStyle = "#241f19";
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    kept.value = "";
  }
  function place(event) {
    var edge = pad.getBoundingClientRect();
    return [((event.clientX - edge.left) * pad.width) / edge.width, ((event.clientY - edge.top) * pad.height) / edge.height];
  }
  pad.addEventListener("pointerdown", function (event) {
    isDown = true;
    pad.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo.apply(pen, place(event));
    event.preventDefault();
  });
  pad.addEventListener("pointermove", function (event) {
    if (!isDown) return;
    pen.lineTo.apply(pen, place(event));
    pen.stroke();
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    pad.addEventListener(name, function () {
      if (isDown) kept.value = pad.toDataURL("image/png");
      isDown = false;
    });
  });
  box.querySelector("[data-sign-again]").addEventListener("click", blank);
  blank();
})();
