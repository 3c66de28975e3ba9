/* Luoshi. Comfort only: every page works without this file. No inline handlers, no eval. */
(function () {
  "use strict";
  var doc = document;
  var all = function (sel, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(sel)); };
  var one = function (sel, root) { return (root || doc).querySelector(sel); };
  var words = function (name) { var box = one("#messages"); return (box && box.dataset[name]) || ""; };

  /* Saying things ------------------------------------------------------- */
  function announce(text) {
    var live = one("#live");
    if (!live || !text) return;
    live.textContent = "";
    setTimeout(function () { live.textContent = text; }, 60);
  }

  function show(text, node) {
    var box = one("#messages");
    if (!box) return;
    var alert = doc.createElement("div");
    alert.className = "alert error";
    alert.tabIndex = -1;
    alert.setAttribute("role", "alert");
    alert.appendChild(node || Object.assign(doc.createElement("div"), { textContent: text }));
    box.textContent = "";
    box.appendChild(alert);
    alert.focus();
    alert.scrollIntoView({ block: "nearest" });
  }

  /* What is there only with a script: shown when it runs ----------------- */
  function prepare(root) {
    all("[data-dismiss], [data-all], [data-dialog]", root).forEach(function (el) { el.hidden = false; });
  }

  /* Clicks --------------------------------------------------------------- */
  doc.addEventListener("click", function (event) {
    var t = event.target;
    all("details.dropdown[open]").forEach(function (menu) { if (!menu.contains(t)) menu.open = false; });
    all(".found").forEach(function (box) { if (!box.parentNode.contains(t)) box.textContent = ""; });
    var el = t.closest("[data-dismiss]");
    if (el) { el.closest(".alert").remove(); return; }
    el = t.closest("[data-dialog]");
    var sheet = el && doc.getElementById(el.dataset.dialog);
    if (sheet && sheet.showModal) { event.preventDefault(); sheet.showModal(); return; }
    el = t.closest("[data-pick]");
    if (el) { pick(el); return; }
    el = t.closest("[data-add]");
    if (el) { event.preventDefault(); addLine(doc.getElementById(el.dataset.add)); return; }
    el = t.closest(".summary a[href^='#']");
    var goal = el && doc.getElementById(el.getAttribute("href").slice(1));
    if (goal) { event.preventDefault(); goal.focus(); goal.scrollIntoView({ block: "center" }); }
  });

  function pick(button) {
    var box = button.closest(".picker"), input = one("[data-picker]", box), name = input.dataset.picker;
    var many = one(".picked", box), key = button.dataset.pick, shown = button.dataset.shown;
    if (many) {
      if (!all("input", many).some(function (i) { return i.value === key; })) {
        var label = doc.createElement("label"), tick = doc.createElement("input");
        label.className = "chip";
        tick.type = "checkbox"; tick.name = name; tick.value = key; tick.checked = true;
        label.append(tick, " " + shown);
        many.appendChild(label);
      }
      input.value = "";
    } else {
      var hidden = one("input[type=hidden]", box);
      if (hidden) hidden.value = key;
      input.value = shown;
    }
    one(".found", box).textContent = "";
    input.focus();
    announce(shown);
  }

  function addLine(box) {
    var body = one("tbody", box), draft = one("template", box);
    var count = body.rows.length, row = doc.importNode(one("tr", draft.content), true);
    all("[id], [name], [for], [aria-describedby]", row).forEach(function (el) {
      ["id", "name", "for", "aria-describedby"].forEach(function (key) {
        var value = el.getAttribute(key);
        if (value) el.setAttribute(key, value.replace(/__i__/g, count));
      });
    });
    body.appendChild(row);
    var total = one("input[name$=TOTAL_FORMS]", box);
    if (total) total.value = count + 1;
    if (window.htmx) window.htmx.process(row);
    var first = one("input:not([type=hidden]), select, textarea", row);
    if (first) first.focus();
  }

  /* Ticking rows --------------------------------------------------------- */
  doc.addEventListener("change", function (event) {
    var t = event.target, form = t.closest && t.closest("form.bulk");
    if (!form || t.type !== "checkbox") return;
    var ticks = all("input[name=pk]", form);
    if (t.hasAttribute("data-all")) ticks.forEach(function (i) { i.checked = t.checked; });
    ticks.forEach(function (i) { i.closest("tr").classList.toggle("chosen", i.checked); });
    var chosen = ticks.filter(function (i) { return i.checked; }).length, note = one("[data-chosen]", form);
    if (note) note.textContent = note.dataset.text.replace("{n}", chosen);
  });

  /* Forms: one press one answer; a picker's key goes when its text changes; drafts -------- */
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method === "dialog" || form.method === "get") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopPropagation(); return; }
    form.dataset.sent = "1";
    setTimeout(release, 15000); /* an answer that is a file leaves the page where it is */
    /* Disabled only after the browser has gathered the fields, or the pressed button would be missing. */
    setTimeout(function () {
      if (event.defaultPrevented && !form.hasAttribute("hx-post")) { delete form.dataset.sent; return; }
      all("button:not([type=button])", form).forEach(function (b) {
        b.setAttribute("aria-busy", "true");
        if (b === event.submitter && words("busy")) { b.dataset.was = b.innerHTML; b.textContent = words("busy"); }
        b.disabled = true;
      });
    }, 0);
  }, true);

  function release() {
    all("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      all("button[aria-busy]", form).forEach(function (b) {
        b.disabled = false;
        b.removeAttribute("aria-busy");
        if (b.dataset.was) { b.innerHTML = b.dataset.was; delete b.dataset.was; }
      });
    });
  }
  window.addEventListener("pageshow", release);

  var timers = new Map();
  doc.addEventListener("input", function (event) {
    var t = event.target;
    if (t.dataset && t.dataset.picker) {
      var hidden = one("input[type=hidden]", t.closest(".picker"));
      if (hidden) hidden.value = "";
      if (!t.value) one(".found", t.closest(".picker")).textContent = "";
    }
    var form = t.form;
    if (!form || !form.dataset.draft) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(function () { keep(form); }, 3000));
  });

  function keep(form) {
    var data = new FormData(form);
    all("input[type=file], input[type=password]", form).forEach(function (i) { data.delete(i.name); });
    fetch(form.dataset.draft, { method: "POST", body: data, credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) return "";
      return answer.text();
    }).then(function (text) {
      var note = one(".saved", form);
      if (note && text && text.length < 80) note.textContent = text;
    }).catch(function () {});
  }

  /* Keys ------------------------------------------------------------------ */
  var lead = 0, at = -1;
  function typing(el) { return el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName)) && !/^(checkbox|radio|button|submit)$/.test(el.type); }
  function press(sel) { var el = one(sel); if (el) el.click(); return !!el; }
  function move(step) {
    var rows = all("#main .table tbody tr").filter(function (r) { return one("th a", r); });
    if (!rows.length) return false;
    rows.forEach(function (r) { r.classList.remove("at"); });
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    rows[at].classList.add("at");
    rows[at].scrollIntoView({ block: "nearest" });
    one("th a", rows[at]).focus({ preventScroll: true });
    return true;
  }

  doc.addEventListener("keydown", function (event) {
    var key = event.key, el = event.target;
    if (event.isComposing || event.keyCode === 229) return;
    if (key === "Escape") {
      all("details.dropdown[open]").forEach(function (menu) { menu.open = false; one("summary", menu).focus(); });
      all(".found").forEach(function (box) { box.textContent = ""; });
      return;
    }
    if (key === "ArrowDown" || key === "ArrowUp") { if (arrows(el, key === "ArrowDown" ? 1 : -1)) event.preventDefault(); return; }
    if (doc.body.dataset.keys === "off") return;
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      var form = el.closest("form") || one("#main form.form");
      if (form && form.requestSubmit) { event.preventDefault(); form.requestSubmit(one("button.btn-primary", form) || undefined); }
      return;
    }
    if (event.altKey && !event.ctrlKey && key.toLowerCase() === "s") { if (press("[data-key=s]")) event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(el) || one("dialog[open]")) return;
    var now = Date.now(), used = true;
    if (lead && now - lead < 1500) {
      lead = 0;
      used = press("[data-go='" + (/^[a-z]$/.test(key) ? key : "none") + "']");
    } else if (key === "g") { lead = now; }
    else if (key === "/") { var box = one(".navbar-search input"); if (box && box.offsetParent) box.focus(); else used = press(".search-link"); }
    else if (key === "?") { used = press("[data-dialog=keys]"); }
    else if (key === "j") { used = move(1); }
    else if (key === "k") { used = move(-1); }
    else if (key === "x") { used = press("tr.at input[name=pk]"); }
    else if (key === "n" || key === "e") { used = press("[data-key=" + key + "]"); }
    else { used = false; }
    if (used) event.preventDefault();
  });

  /* Down from a search box or a menu into its entries. */
  function arrows(el, step) {
    var box = el.closest(".picker, .dropdown");
    if (!box || el.tagName === "SELECT" || el.tagName === "TEXTAREA") return false;
    if (box.matches(".dropdown") && !box.open) return false;
    var items = all(".found button, .dropdown-item", box);
    if (!items.length) return false;
    var next = items.indexOf(el) + step;
    (items[next] || (next < 0 ? one("input[data-picker], summary", box) : items[items.length - 1])).focus();
    return true;
  }

  /* After HTMX: where the reader is, what changed, what went wrong -------- */
  doc.addEventListener("htmx:beforeRequest", function (event) { event.detail.target.setAttribute("aria-busy", "true"); });
  doc.addEventListener("htmx:afterRequest", function (event) { event.detail.target.removeAttribute("aria-busy"); release(); });
  doc.addEventListener("htmx:afterSettle", function (event) {
    var root = event.detail.target, fresh = doc.getElementById(root.id) || root;
    prepare(doc);
    at = -1;
    var live = one("[data-live]", fresh), done = live && live.dataset.done;
    if (!done || done % 25 === 0) announce(live && live.textContent.trim());
    if (done) doc.title = done + "% · " + doc.title.replace(/^\d+% · /, "");
    var active = doc.activeElement;
    if (active && active !== doc.body && doc.contains(active)) return;
    var goal = one("#errors", fresh) || one("[autofocus]", fresh) || (fresh.id === "main" && one("h1", fresh));
    if (!goal && fresh.id === "list") goal = one(".table-responsive", fresh);
    if (goal) goal.focus({ preventScroll: fresh.id === "list" });
  });
  doc.addEventListener("htmx:sendError", function () { release(); show(words("offline")); });
  doc.addEventListener("htmx:responseError", function (event) {
    release();
    var page = new DOMParser().parseFromString(event.detail.xhr.responseText || "", "text/html");
    var box = one("[data-error]", page);
    if (!box) { show(words("failed")); return; }
    all("form, script", box).forEach(function (el) { el.remove(); });
    show("", doc.adoptNode(box));
  });

  prepare(doc);
  var errors = one("#errors");
  if (errors) errors.focus();
})();
