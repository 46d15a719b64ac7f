// A project's own file on the disk, where the browser lets a page write one: chosen once, and written again and again, each time after a look
// whether somebody else has changed it. Other browsers download instead. Runs only where `showSaveFilePicker` is, so not in the oldest.
(function () {
  "use strict";
  // By project: the file, and the mark of what was last written into it.
  var homes = {};
  // By project: the save that is under way. The next one waits for it, or it would take for somebody else's what that one has just written.
  var turns = {};

  // Files are remembered beside the drafts, for the next visit; where they can't be, they are chosen anew then.
  function shelf(work) {
    return new Promise(function (done) {
      var opening = indexedDB.open("jixiao-files", 1);
      opening.onupgradeneeded = function () { opening.result.createObjectStore("homes"); };
      opening.onerror = opening.onblocked = function () { done(); };
      opening.onsuccess = function () {
        var change = opening.result.transaction("homes", "readwrite");
        var asked = work(change.objectStore("homes"));
        change.oncomplete = change.onabort = function () {
          opening.result.close();
          done(asked.result);
        };
      };
    }).catch(function () {});
  }
  function known(id) {
    if (homes[id]) return Promise.resolve(homes[id]);
    return shelf(function (store) { return store.get(id); }).then(function (home) { return (homes[id] = home); });
  }
  function remember(id, home, forgets) {
    homes[id] = home;
    return shelf(function (store) { return forgets ? store.delete(id) : store.put(home, id); });
  }
  // Tells one text from another. The text itself is not remembered: it may be meant to stand in its file alone.
  function mark(text) {
    return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)).then(function (hash) { return new Uint8Array(hash).join(); });
  }
  function text(handle) {
    return handle.getFile().then(function (file) { return file.text(); });
  }
  function told(kind) {
    throw { kind: kind };
  }
  function kind(error) {
    var known = { AbortError: "cancelled", NotAllowedError: "refused", NotFoundError: "gone" };
    if (!error.kind) console.warn(error);
    return error.kind || known[error.name] || "failed";
  }
  function permitted(handle) {
    var how = { mode: "readwrite" };
    if (!handle.queryPermission) return Promise.resolve();
    return handle.queryPermission(how)
      .then(function (state) { return state === "granted" ? state : handle.requestPermission(how); })
      .then(function (state) { if (state !== "granted") told("refused"); });
  }
  // The browser writes beside the file and takes its place when all is there; the look comes last before that.
  function write(home, content, over) {
    return permitted(home.handle)
      .then(function () { return over || text(home.handle); })
      .then(function () { return home.handle.createWritable(); })
      .then(function (writing) {
        return writing.write(content)
          .then(function () { return over ? home.mark : text(home.handle).then(mark); })
          .then(function (there) {
            if (there !== home.mark) return writing.abort().then(function () { told("changed"); });
            return writing.close();
          });
      })
      .then(function () { return text(home.handle); })
      .then(function (there) { if (there !== content) told("failed"); });
  }

  window.pageFile = {
    can: function () { return typeof window.showSaveFilePicker === "function"; },
    // Writes a project into its file: `how` is "again", "over" what somebody else has written, or "anew" into a file that is chosen now.
    // Where nothing is to be kept it `forgets` the file after this visit. `done` hears what came of it, and the name of the file.
    save: function (id, name, content, how, forgets, done) {
      var file = "";
      turns[id] = Promise.resolve(turns[id]).then(function () { return known(id); }).then(function (home) {
        if (home && how !== "anew") {
          file = home.handle.name;
          return write(home, content, how === "over").then(function () { return [home.handle, "saved"]; });
        }
        var type = { description: "绩效自评文档", accept: { "application/json": [".json"] } };
        return window.showSaveFilePicker({ suggestedName: name, types: [type] }).then(function (handle) {
          file = handle.name;
          return write({ handle: handle }, content, true).then(function () { return [handle, "first"]; });
        });
      }).then(function (written) {
        return mark(content)
          .then(function (marked) { return remember(id, { handle: written[0], mark: marked }, forgets); })
          .then(function () { done(written[1], file); });
      }).catch(function (error) { done(kind(error), file); });
    },
  };
})();
