// The page of a packet: draws what it carries, keeps drafts, and makes the signed text that goes back. Needs nothing from outside.
(function () {
"use strict";
var content = document.getElementById("content").textContent;
var data = JSON.parse(content), seal = JSON.parse(document.getElementById("seal").textContent);
var app = document.getElementById("app"), store = "luoshi-packet-" + data.number;
var records = [], sequence = 0, english = false, open = null, stored = true, made = "", said = "";

// SHA-256 and HMAC in plain script: browsers keep theirs back from pages opened as files.
var K = [], H0 = [];
(function () {
  function part(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
  for (var n = 2; K.length < 64; n++) {
    var prime = true;
    for (var f = 2; f * f <= n; f++) if (n % f === 0) { prime = false; break; }
    if (!prime) continue;
    if (H0.length < 8) H0.push(part(Math.pow(n, 1 / 2)));
    K.push(part(Math.pow(n, 1 / 3)));
  }
})();
function sha256(bytes) {
  var size = bytes.length, all = new Uint8Array(((size + 8 >> 6) + 1) << 6), h = H0.slice(), w = new Int32Array(64), i, t;
  all.set(bytes); all[size] = 128;
  var view = new DataView(all.buffer);
  view.setUint32(all.length - 8, Math.floor(size / 536870912)); view.setUint32(all.length - 4, size << 3);
  function turn(x, n) { return (x >>> n) | (x << (32 - n)); }
  for (i = 0; i < all.length; i += 64) {
    for (t = 0; t < 16; t++) w[t] = view.getInt32(i + t * 4);
    for (; t < 64; t++) {
      var a = w[t - 15], b = w[t - 2];
      w[t] = (w[t - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[t - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
    }
    var s = h.slice();
    for (t = 0; t < 64; t++) {
      var one = (s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[t] + w[t]) | 0;
      var two = ((turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]))) | 0;
      s.pop(); s.unshift((one + two) | 0); s[4] = (s[4] + one) | 0;
    }
    for (t = 0; t < 8; t++) h[t] = (h[t] + s[t]) | 0;
  }
  var out = new Uint8Array(32), done = new DataView(out.buffer);
  for (t = 0; t < 8; t++) done.setInt32(t * 4, h[t]);
  return out;
}
function utf8(text) { return new TextEncoder().encode(text); }
function join(a, b) { var c = new Uint8Array(a.length + b.length); c.set(a); c.set(b, a.length); return c; }
function hex(bytes) { return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join(""); }
function mac(text, secret) {
  var key = new Uint8Array(64), raw = utf8(secret);
  key.set(raw.length > 64 ? sha256(raw) : raw);
  function pad(n) { return key.map(function (b) { return b ^ n; }); }
  return hex(sha256(join(pad(92), sha256(join(pad(54), utf8(text))))));
}
function base64url(bytes) {
  var text = "";
  for (var i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
function random() { return hex(crypto.getRandomValues(new Uint8Array(16))); }

var print = hex(sha256(utf8(content)));
var intact = mac("out." + print, seal.secret) === seal.sign;

// Words and marks.
function say(text) { return english && data.en[text] || text; }
function word(name) { return say(data.words[name]); }
function make(tag, more, inside) {
  var one = document.createElement(tag);
  Object.keys(more || {}).forEach(function (name) {
    if (name.slice(0, 2) === "on") one.addEventListener(name.slice(2), more[name]);
    else if (name === "value" || name === "checked" || name === "disabled") one[name] = more[name];
    else one.setAttribute(name, more[name]);
  });
  (inside === undefined ? [] : [].concat(inside)).forEach(function (part) {
    if (part) one.appendChild(typeof part === "string" ? document.createTextNode(part) : part);
  });
  return one;
}
function button(name, act, kind) { return make("button", { type: "button", class: kind || "", onclick: act }, word(name)); }
function clock(zone) {
  try {
    return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(new Date());
  } catch (error) { return ""; }
}
function today() { return clock(data.zone).slice(0, 10) || new Date().toISOString().slice(0, 10); }
function form(name) { return data.forms.filter(function (one) { return one.n === name; })[0]; }

// Drafts.
function load() {
  try {
    var found = JSON.parse(localStorage.getItem(store) || "{}");
    records = found.records || []; sequence = found.sequence || 0; english = !!found.english;
    localStorage.setItem(store + "-try", "1"); localStorage.removeItem(store + "-try");
  } catch (error) { stored = false; }
}
function keep() {
  try { localStorage.setItem(store, JSON.stringify({ records: records, sequence: sequence, english: english })); }
  catch (error) { stored = false; }
}
function save(name, text) {
  var link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type: "text/plain" })) });
  document.body.appendChild(link); link.click(); link.remove();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
}
function unpack(event) {
  var file = event.target.files[0];
  if (!file) return;
  var reader = new FileReader();
  reader.onload = function () {
    try {
      var found = JSON.parse(reader.result);
      if (found.number !== data.number || !Array.isArray(found.records)) throw new Error("another packet");
      var have = records.map(function (one) { return one.key; });
      found.records.forEach(function (one) { if (have.indexOf(one.key) < 0 && form(one.register)) records.push(one); });
      sequence = Math.max(sequence, found.sequence || 0); keep(); said = ""; draw();
    } catch (error) { said = word("unread"); draw(); }
  };
  reader.readAsText(file);
}

// The packet back.
function pack() {
  sequence += 1;
  records.forEach(function (one) { one.sent = sequence; });
  keep();
  var raw = utf8(JSON.stringify({
    base: print, sign: seal.sign, made: new Date().toISOString(),
    records: records.map(function (one) { return { key: one.key, register: one.register, values: one.values, lines: one.lines }; })
  }));
  function finish(way, bytes) {
    var text = "LUOSHI1." + data.number + "." + sequence + "." + way + "." + base64url(bytes);
    made = text + "." + mac(text, seal.secret); draw(); document.getElementById("text").focus();
  }
  if (typeof CompressionStream === "undefined") return finish("j", raw);
  try {
    new Response(new Blob([raw]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer().then(
      function (buffer) { finish("z", new Uint8Array(buffer)); }, function () { finish("j", raw); });
  } catch (error) { finish("j", raw); }
}

// One form.
function begin(name, fill, record) {
  var one = form(name), values = {}, lines = {};
  one.f.forEach(function (f) { if (f.i !== undefined) values[f.n] = f.i; });
  (one.p || []).forEach(function (p) { lines[p.n] = []; });
  if (one.f.some(function (f) { return f.n === "held_on"; })) values.held_on = today();
  Object.keys(fill || {}).forEach(function (key) { values[key] = fill[key]; });
  open = record ? { key: record.key, name: name, values: Object.assign({}, record.values), lines: Object.assign(lines, JSON.parse(JSON.stringify(record.lines))) }
                : { key: random(), name: name, values: values, lines: lines };
  if (!record) preset(null);
  draw();
  var first = app.querySelector("form [name]");
  if (first) first.focus();
}
function preset(changed) {
  var all = form(open.name).presets || {};
  Object.keys(all).forEach(function (name) {
    var its = (changed === null || changed === name) && all[name][open.values[name]] || {};
    Object.keys(its).forEach(function (key) { open.values[key] = String(its[key]); });
  });
}
function control(f, values, id, redraw) {
  var more = { id: id, name: f.n, value: values[f.n] === undefined ? "" : values[f.n] };
  var take = function (event) {
    values[f.n] = f.t === "check" ? (event.target.checked ? "on" : "") : event.target.value;
    if (redraw && event.type === "change") redraw(f.n);
  };
  if (f.t === "select" || f.t === "person") {
    var box = make("select", { id: id, name: f.n, onchange: take }, [make("option", { value: "" }, word("choose"))].concat(
      (f.t === "person" ? data.people : f.c).map(function (c) { return make("option", { value: c[0] }, say(c[1])); })));
    box.value = more.value; return box;
  }
  more.oninput = more.onchange = take;
  if (f.m) more.maxlength = f.m;
  if (f.t === "area") return make("textarea", more);
  if (f.t === "check") { more.type = "checkbox"; more.checked = values[f.n] === "on"; delete more.value; return make("input", more); }
  more.type = { number: "number", decimal: "text", date: "date", time: "time" }[f.t] || "text";
  if (f.t === "number") more.min = 0;
  if (f.t === "decimal") more.inputmode = "decimal";
  return make("input", more);
}
function field(f, values, id, redraw, rest) {
  var hint = f.h ? say(f.h) : rest && rest[f.n] ? word("rest") : "";
  return make("span", {}, [make("label", { for: id }, say(f.l) + (f.r ? " *" : "")), control(f, values, id, redraw),
    hint && make("small", {}, hint), make("p", { class: "wrong", id: id + "-wrong" })]);
}
function sheet() {
  var one = form(open.name), box = make("form", { novalidate: "", id: "sheet", onsubmit: function (event) { event.preventDefault(); check(one); } });
  box.appendChild(make("h2", {}, say(one.l)));
  var again = function (name) { if ((one.presets || {})[name]) { preset(name); draw(); document.getElementById("f-" + name).focus(); } };
  one.f.forEach(function (f) { box.appendChild(field(f, open.values, "f-" + f.n, again, one.rest)); });
  (one.p || []).forEach(function (p) {
    var set = make("fieldset", {}, make("legend", {}, say(p.l)));
    open.lines[p.n].forEach(function (line, i) {
      set.appendChild(make("div", { class: "line" }, p.f.map(function (f) { return field(f, line, "f-" + p.n + "-" + i + "-" + f.n); })
        .concat(button("remove", function () { open.lines[p.n].splice(i, 1); draw(); }))));
    });
    set.appendChild(make("div", { class: "bar" }, make("button", { type: "button", "data-add": p.n, onclick: function () {
      var line = {};
      p.f.forEach(function (f) { if (f.i !== undefined) line[f.n] = f.i; });
      open.lines[p.n].push(line); draw();
      document.getElementById("f-" + p.n + "-" + (open.lines[p.n].length - 1) + "-" + p.f[0].n).focus();
    } }, word("add") + "：" + say(p.l))));
    box.appendChild(set);
  });
  box.appendChild(make("div", { class: "bar" }, [make("button", { type: "submit", class: "main" }, word("keep")),
    button("cancel", function () { open = null; draw(); })]));
  return box;
}
function check(one) {
  var first = null;
  function tell(id, text) {
    document.getElementById(id + "-wrong").textContent = text;
    document.getElementById(id).setAttribute("aria-invalid", text ? "true" : "false");
    if (text && !first) first = document.getElementById(id);
  }
  function ask(f, values, id) {
    var value = (values[f.n] || "").trim();
    tell(id, f.r && !value ? word("required") + (english ? " " : "") + say(f.l) : f.n === "held_on" && value > today() ? word("later") : "");
  }
  one.f.forEach(function (f) { ask(f, open.values, "f-" + f.n); });
  (one.p || []).forEach(function (p) {
    open.lines[p.n].forEach(function (line, i) { p.f.forEach(function (f) { ask(f, line, "f-" + p.n + "-" + i + "-" + f.n); }); });
  });
  if (first) { first.focus(); return; }
  function filled(values) {
    var found = {};
    Object.keys(values).forEach(function (name) { if (values[name] !== "" && values[name] !== undefined) found[name] = String(values[name]); });
    return found;
  }
  var lines = {};
  Object.keys(open.lines).forEach(function (name) { if (open.lines[name].length) lines[name] = open.lines[name].map(filled); });
  Object.keys(one.rest || {}).forEach(function (name) {
    var from = one.rest[name], whole = parseInt(open.values[from[0]], 10);
    if (!open.values[name] && whole >= 0) open.values[name] = String(Math.max(whole - (lines[from[1]] || []).length, 0));
  });
  var record = { key: open.key, register: one.n, values: filled(open.values), lines: lines };
  records = records.filter(function (other) { return other.key !== record.key; }).concat(record);
  open = null; made = ""; keep(); draw();
}
function title(record) {
  var texts = Object.keys(record.values).map(function (name) { return record.values[name]; });
  var day = texts.filter(function (t) { return /^\d{4}-\d\d-\d\d$/.test(t); })[0] || "";
  return (day + " " + (record.values.topic || record.values.title || record.values.name || "")).trim();
}

// The page.
function section(name, inside) { return make("section", { id: name }, [make("h2", {}, word(name))].concat(inside)); }
function items(list) { return make("ul", {}, list); }
function draw() {
  document.documentElement.lang = english ? "en" : "zh-CN";
  app.textContent = "";
  app.appendChild(make("header", { class: "top" }, [
    make("div", { class: "bar" }, [make("button", { type: "button", id: "language", onclick: function () { english = !english; keep(); draw(); } },
      english ? "中文" : "English")]),
    make("h1", {}, data.unit + " " + data.month + " " + word("title")),
    make("p", {}, word("for") + " " + data.for + " · " + word("until") + " " + data.until + " · " + data.number),
    make("p", { id: "clocks" }, word("clock") + " " + clock(data.zone) + " · " + word("beijing") + " " + clock("Asia/Shanghai")),
    make("p", { class: intact ? "soft" : "warn", id: "seal-state" }, intact ? word("intact") + " " + print.slice(0, 8) : word("broken")),
    data.note && make("p", {}, word("note") + "：" + data.note), said && make("p", { class: "warn" }, said)]));
  if (open) { app.appendChild(sheet()); return; }
  app.appendChild(section("duties", data.duties.length ? items(data.duties.map(function (d) {
    return make("li", { class: d.s }, [make("div", {}, [say(d.l) + "（" + say(d.p) + "）",
      make("small", {}, word("due") + " " + word("clock") + " " + d.local + " · " + word("beijing") + " " + d.beijing)]),
      make("span", { class: "lamp" }, word(d.s)), d.reg && make("button", { type: "button", "aria-label": word("do") + " " + say(d.l) + "（" + say(d.p) + "）",
        onclick: function () { begin(d.reg, d.fill); } }, word("do"))]);
  })) : make("p", { class: "soft" }, word("no_duties"))));
  app.appendChild(section("records", [records.length ? items(records.map(function (one) {
    return make("li", {}, [make("div", {}, [say(form(one.register).l) + " " + title(one), one.sent ? make("small", {}, word("sent")) : null]),
      button("edit", function () { begin(one.register, {}, one); }),
      button("remove", function () {
        if (confirm(word("sure"))) { records = records.filter(function (other) { return other !== one; }); made = ""; keep(); draw(); }
      })]);
  })) : make("p", { class: "soft" }, word("no_records")),
    make("p", { class: stored ? "soft" : "warn" }, word(stored ? "stored" : "unstored")),
    make("div", { class: "bar" }, [button("draft", function () {
      save("luoshi-draft-" + data.number + ".json", JSON.stringify({ number: data.number, sequence: sequence, records: records })); }),
      make("label", { class: "button tick" }, [word("load") + " ", make("input", { type: "file", accept: ".json", onchange: unpack })])])]));
  app.appendChild(make("details", { id: "other" }, [make("summary", {}, word("other")), make("div", { class: "bar" },
    data.forms.map(function (one) { return make("button", { type: "button", onclick: function () { begin(one.n, {}); } }, say(one.l)); }))]));
  app.appendChild(section("back", [make("p", { class: "soft" }, word("how")),
    make("div", { class: "bar" }, [make("button", { type: "button", class: "main", id: "make", disabled: !records.length || !intact, onclick: pack }, word("make"))]),
    made && make("textarea", { id: "text", readonly: "", value: made, "aria-label": word("back"), onfocus: function (event) { event.target.select(); } }),
    made && make("p", { class: "soft" }, word("size") + " " + (made.length / 1000).toFixed(1) + " KB"),
    made && make("div", { class: "bar" }, [button("download", function () { save("luoshi-" + data.number + "-" + sequence + ".txt", made); }),
      make("button", { type: "button", onclick: function (event) {
        var box = document.getElementById("text"); box.focus(); box.select();
        if (document.execCommand("copy")) event.target.textContent = word("copied");
      } }, word("copy"))])]));
  if (data.told.length) app.appendChild(section("told", items(data.told.map(function (one) {
    return make("li", { class: one.state }, [make("div", {}, [one.what].concat(one.reasons.map(function (why) { return make("small", {}, why); }))),
      make("span", { class: "lamp" }, word(one.state))]);
  }))));
  if (data.papers.length || data.left.length) app.appendChild(section("papers", data.papers.map(function (paper) {
    return make("details", {}, [make("summary", {}, paper[0]), make("pre", {}, paper[1])]);
  }).concat(data.left.length ? make("p", {}, word("left") + "：" + data.left.join("、")) : [])));
}
load();
draw();
setInterval(function () {
  var line = document.getElementById("clocks");
  if (line) line.textContent = word("clock") + " " + clock(data.zone) + " · " + word("beijing") + " " + clock("Asia/Shanghai");
}, 30000);
})();
