// Starts the vendored components. Every page works without this file.
(function () {
  "use strict";
  import("./vendor/govuk-frontend-6.6.0/govuk-frontend.min.js").then(function (govuk) {
    if (!("noModule" in HTMLScriptElement.prototype)) return;
    document.body.classList.add("js-enabled", "govuk-frontend-supported");
    [
      govuk.Button, govuk.CharacterCount, govuk.Checkboxes, govuk.ErrorSummary, govuk.NotificationBanner,
      govuk.PasswordInput, govuk.ServiceNavigation, govuk.SkipLink,
    ].forEach(function (component) { govuk.createAll(component); });
    // A long summary takes the focus at its middle; it is read from its top.
    var summary = document.querySelector(".govuk-error-summary");
    if (summary) summary.scrollIntoView({ block: "start" });
  });

  // A list that refreshes itself rests while nobody looks at it (slow lines, paid data).
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (document.hidden) event.preventDefault();
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
