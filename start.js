// Says in plain words what to do where the page cannot start: an old browser, no WebAssembly, an incomplete file.
// Written for the oldest browsers, since it is for them.
(function () {
  "use strict";
  var started = false;
  var failed = false;
  var advice =
    "本页未能启动：浏览器版本过旧，或网页文件不完整。请换用新版 Edge、Chrome 或火狐浏览器打开" +
    "（360、QQ 等浏览器请切换到“极速模式”）；仍然不行时，请重新获取本网页文件。已填的内容不会因此丢失。";

  // Where the program fails later, it says so itself; this is for when it can't.
  var broken = "程序出现错误，已停止运行。已存的草稿仍在浏览器中，请重新打开本页。";

  function show() {
    var message = document.getElementById("start-failed");
    if (!message) {
      message = document.createElement("p");
      message.id = "start-failed";
      message.setAttribute("role", "alert");
      message.appendChild(document.createTextNode(advice));
      document.body.insertBefore(message, document.body.firstChild);
    }
    message.removeAttribute("hidden");
  }

  function fail() {
    if (started || failed) return;
    failed = true;
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
    else show();
  }

  // The capturing listener also hears of scripts that could not be loaded.
  window.addEventListener("error", fail, true);
  window.addEventListener("unhandledrejection", fail);
  function breaks(event) {
    var error = event.error || event.reason;
    if (!started || !error || !/wasm/.test(error.stack)) return;
    setTimeout(function () {
      if (document.getElementById("crashed")) return;
      var note = document.createElement("p");
      note.id = "crashed";
      note.setAttribute("role", "alert");
      note.appendChild(document.createTextNode(broken));
      document.body.appendChild(note);
    }, 0);
  }
  window.addEventListener("error", breaks);
  window.addEventListener("unhandledrejection", breaks);
  window.pageStarts = function (start) {
    // Older browsers tell no one of a promise that fails in a page from disk.
    start.then(
      function () {
        started = true;
      },
      function (error) {
        fail();
        throw error;
      }
    );
  };
  if (typeof WebAssembly !== "object" || !("noModule" in document.createElement("script"))) fail();
})();
