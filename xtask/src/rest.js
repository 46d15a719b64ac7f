// Brings the rest of the page's program: while the person reads, or at once when something in it is called before.
// Written for the oldest browsers, as start.js is.
(function () {
  "use strict";
  var address, imports, shared;

  function around() {
    var all = {};
    Object.keys(imports).forEach(function (module) { all[module] = imports[module]; });
    all.first = shared;
    return all;
  }
  // What the rest brings stands in the table by now.
  function arrived() {
    shared.loaded.value = 1;
  }
  function later() {
    return fetch(address)
      .then(function (answer) {
        if (!answer.ok) throw new Error(address);
        return answer.arrayBuffer();
      })
      .then(function (bytes) { return WebAssembly.instantiate(bytes, around()); })
      .then(arrived);
  }
  function atOnce() {
    var request = new XMLHttpRequest();
    request.open("GET", address, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    if (request.status !== 200) throw new Error(address);
    var text = request.responseText;
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    new WebAssembly.Instance(new WebAssembly.Module(bytes), around());
    arrived();
  }
  // Older Chromium compiles no more than 4 KB in the moment it is asked to. There the rest is awaited before the page starts.
  function compilesAtOnce() {
    var large = new Uint8Array(8192);
    // A module of nothing but one section that no program reads.
    large.set([0, 97, 115, 109, 1, 0, 0, 0, 0, 0xf5, 0x3f]);
    try {
      new WebAssembly.Module(large);
      return true;
    } catch (error) {
      return false;
    }
  }
  // What a service worker keeps is there quickly, and only for those who wait: what is asked for at once goes past it, to a host that may
  // not be there.
  function isKept() {
    return "serviceWorker" in navigator && navigator.serviceWorker && navigator.serviceWorker.controller;
  }
  window.pageRest = {
    // Called for the first part's imports, and again when it is there, before it starts.
    around: function (found, at) {
      imports = found;
      address = at;
      return Object.assign({}, found, { first: { load: atOnce } });
    },
    before: function (instance) {
      shared = instance.exports;
      return compilesAtOnce() && !isKept() ? null : later();
    },
    after: function () {
      // Should it not come, it is asked for again, and once more when it is called.
      function ask() {
        if (!shared.loaded.value) later().then(null, function () { setTimeout(ask, 10000); });
      }
      setTimeout(ask, 0);
    }
  };
})();
