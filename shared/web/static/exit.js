// "Keluar cepat": leaves at once by the button or by pressing Shift three times.
// The page is hidden first, and replaced in the history, so that neither it nor "back" shows it.
(function () {
  "use strict";
  var link = document.querySelector("[data-quick-exit]");
  if (!link) return;
  var pressed = 0;
  var timer;

  function leave(event) {
    if (event) event.preventDefault();
    document.body.hidden = true;
    document.title = "";
    window.location.replace(link.href);
  }

  function count(event) {
    if (event.key !== "Shift") {
      pressed = 0;
      return;
    }
    if (event.repeat) return;
    pressed += 1;
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { pressed = 0; }, 3000);
    if (pressed === 3) leave();
  }

  link.addEventListener("click", leave);
  document.addEventListener("keydown", count);
  // A page that the browser kept in memory is not shown again after leaving.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) window.location.reload();
  });
})();
