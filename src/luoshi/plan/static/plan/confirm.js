/* Keys and places of the confirm page. Comfort only: every step has a button and works without this file. */
(function () {
  "use strict";
  var doc = document, lead = 0, kept = {}, goal = "";
  var one = function (sel, root) { return (root || doc).querySelector(sel); };
  var rows = function () { return Array.prototype.slice.call(doc.querySelectorAll(".proposal:not(.dropped)")); };
  var typing = function (el) { return /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) && !/^(checkbox|radio)$/.test(el.type); };

  function stand(row) {
    if (!row) return;
    row.focus({ preventScroll: true });
    var pane = row.closest(".proposals");
    if (row.classList.contains("open") && pane.scrollHeight > pane.clientHeight + 8) {
      pane.scrollTop += row.getBoundingClientRect().top - pane.getBoundingClientRect().top - 48;
    }
    row.scrollIntoView({ block: "nearest" });
    var mark = doc.getElementById("t" + row.id.slice(1)), old = one(".mark.at");
    if (old) old.classList.remove("at");
    if (mark) { mark.classList.add("at"); mark.scrollIntoView({ block: "nearest" }); }
  }

  function here() { return doc.activeElement.closest(".proposal"); }

  function move(step) {
    var found = rows(), at = found.indexOf(here());
    stand(found[Math.max(0, Math.min(found.length - 1, at + step))]);
  }

  function press(row, value) {
    var button = row && one("button[value=" + value + "]", row);
    if (!button) return false;
    if (value === "drop" || value === "merge") goal = row.id;
    button.click();
    return true;
  }

  doc.addEventListener("keydown", function (event) {
    var key = event.key, el = event.target, row = here(), now = Date.now();
    if (event.isComposing || event.keyCode === 229 || doc.body.dataset.keys === "off" || !one("#desk")) return;
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (press(one(".proposal.open"), "next")) { event.preventDefault(); event.stopImmediatePropagation(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(el)) return;
    if (key === "g") { lead = now; return; }
    if (now - lead < 1500) { lead = 0; return; }
    var used = true;
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "Enter" && el === row) { var open = one("a.open", row); if (open) open.click(); }
    else if (key === "s") used = press(row, "split");
    else if (key === "m") used = press(row, "merge");
    else if (key === "d") used = press(row, "drop");
    else if (key === "o" && row) { kept.owner = true; var box = one("input[name=owner_q],select[name=owner]", row); if (box) box.focus(); else one("a.open", row).click(); }
    else used = false;
    if (used) event.preventDefault();
  }, true);

  /* The cursor's place goes with the split. */
  doc.addEventListener("click", function (event) {
    var button = event.target.closest("button[value=split]"), form = button && button.closest("form.terms");
    if (form) form.elements.at.value = form.elements.text.value.search(/[／|]/) < 0 && form.elements.text.selectionStart || "";
  }, true);

  /* Both columns keep their place when the desk is renewed; the reader stands at the open proposal. */
  doc.addEventListener("htmx:beforeSwap", function (event) {
    if (event.detail.target.id !== "desk") return;
    var row = here();
    kept.row = goal || (row && row.id);
    goal = "";
    kept.source = one(".source") && one(".source").scrollTop;
    kept.list = one(".proposals") && one(".proposals").scrollTop;
  });
  doc.addEventListener("htmx:afterSettle", function (event) {
    var desk = one("#desk");
    if (!desk || event.detail.target.id !== "desk") return;
    one(".source").scrollTop = kept.source || 0;
    one(".proposals").scrollTop = kept.list || 0;
    var open = one(".proposal.open"), box = kept.owner && open && one("input[name=owner_q],select[name=owner]", open);
    kept.owner = false;
    stand(open || doc.getElementById(kept.row || "") || rows()[0]);
    if (box) box.focus();
    else if (open) (one("#errors", open) || one("[name=supplied][required],textarea", open)).focus();
  });
  if (location.hash.indexOf("#m") === 0) stand(doc.getElementById(location.hash.slice(1)));
})();
