// Runs the module that reads office files: in a worker where the browser permits, and right here between two files where it does not.
// It is loaded when the first file comes. Should it die, whoever asked is told, and the next question starts it anew.
// Written for the oldest browsers, as start.js is.
(function () {
  "use strict";
  // Questions in their order: the first is under way.
  var asked = [];
  var runner = null;
  var blocked = false;
  // A file that takes longer is given up: within the limits each is read in seconds, on slow machines too.
  var LONGEST = 120000;

  // Where the browser knows Trusted Types, the policy of the page lets no text become a script, its address or HTML but through this one:
  // addresses that this script has made or was built with, and the elements that the modules draw, of which none runs or loads anything.
  var own = {};
  var drawn = new RegExp(
    "</?(?:button|datalist|details|div|h[1-4]|input|label|li|option|p|progress|select|span|strong|summary|table|tbody|td|th|thead|tr|ul)" +
      '(?: (?:aria-[a-z]+|data-[a-z-]+|class|colspan|for|hidden|id|list|max|role|rowspan|scope|selected|tabindex|title|type|value)(?:="[^"<>]*"|=[a-z-]+)?)*>',
    "g"
  );
  if (window.trustedTypes) {
    trustedTypes.createPolicy("default", {
      createHTML: function (html) { return html.replace(drawn, "").indexOf("<") < 0 ? html : null; },
      createScriptURL: function (url) { return own[url] === true ? url : null; },
    });
  }

  // What the module says to a question. Also runs in the worker, so it names nothing around it.
  function answer(module, question) {
    if (!question.file) {
      return Promise.resolve().then(function () {
        if (question.open) return module.laid(question.html, question.plain, question.open, question.sure);
        return module.pasted(question.html, question.plain, question.told);
      });
    }
    return Promise.resolve(question.bytes || question.file.arrayBuffer()).then(
      function (bytes) {
        bytes = new Uint8Array(bytes);
        return question.document ? module.fill(bytes, question.document, question.told) : module.read(bytes, question.name, question.told);
      },
      function () { return null; }
    );
  }

  // The worker. It names nothing around it either.
  function serve(scope, glue, answer) {
    var module = glue();
    var ready = null;
    scope.onmessage = function (event) {
      if (event.data.wasm) {
        ready = module({ module_or_path: event.data.wasm });
        ready.then(null, function () { scope.postMessage({ blocked: true }); });
        return;
      }
      ready
        .then(function () { return answer(module, event.data); })
        .then(
          function (text) { scope.postMessage({ text: text }); },
          function (error) { scope.postMessage({ died: String(error) }); }
        );
    };
  }

  function inWorker(glue, wasm) {
    var text = "(" + serve + ")(self," + glue + "," + answer + ")";
    var url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    own[url] = true;
    var worker = new Worker(url);
    var answered = false;
    var ended = false;
    var clock = 0;
    // This browser lets no such worker start.
    function elsewhere() {
      blocked = true;
      end();
      begin();
    }
    worker.onmessage = function (event) {
      if (event.data.blocked) return elsewhere();
      answered = true;
      clearTimeout(clock);
      if ("died" in event.data) die(event.data.died);
      else reply("answer", event.data.text);
    };
    worker.onerror = function (event) {
      event.preventDefault();
      if (answered) die(event.message);
      else elsewhere();
    };
    worker.postMessage({ wasm: wasm });
    return {
      ask: function (question) {
        clearTimeout(clock);
        clock = setTimeout(die, LONGEST, "no answer", "slow");
        if (!question.file) return worker.postMessage(question);
        // Read here: in a page from disk, WebKit lets no worker read a file.
        question.file.arrayBuffer().then(
          function (bytes) {
            var asked = { file: true, bytes: bytes, name: question.name, document: question.document, told: question.told };
            if (!ended) worker.postMessage(asked, [bytes]);
          },
          function () {
            clearTimeout(clock);
            if (!ended) reply("answer", null);
          }
        );
      },
      end: function () {
        ended = true;
        clearTimeout(clock);
        worker.onmessage = worker.onerror = null;
        worker.terminate();
        URL.revokeObjectURL(url);
        delete own[url];
      },
    };
  }

  function here(glue, wasm) {
    var module = glue();
    var ready = module({ module_or_path: wasm });
    var ended = false;
    return {
      ask: function (question) {
        // What was drawn for the last file is shown first.
        setTimeout(function () {
          ready
            .then(function () { return ended ? null : answer(module, question); })
            .then(
              function (text) { if (!ended) reply("answer", text); },
              function (error) { if (!ended) die(String(error)); }
            );
        }, 20);
      },
      end: function () { ended = true; },
    };
  }

  function reply(kind, text) {
    var first = asked.shift();
    begin();
    if (!first) return;
    // A template that was filled in: what there is to say of it, and behind a zero the file.
    if (text instanceof Uint8Array) {
      var end = text.indexOf(0);
      pageOffice.made = end < 0 ? null : text.slice(end + 1);
      text = new TextDecoder().decode(end < 0 ? text : text.subarray(0, end));
      return first.done(kind, text);
    }
    // What other modules say stands between signs: a whole document between \u0003, grids that no form fits between \u0002, each behind
    // what is said without the module.
    fill(text || "", first.question.name, "whole_module", "\u0003", /\u0003([^\u0003]*)\u0003[^\u0003]*\u0003/g, "$1")
      .then(function (text) { return fill(text, "", "tables_module", "\u0002", /\u0002([^\u0002]*)\u0002[^\u0002]*\u0002/g, "$1"); })
      .then(function (filled) { first.done(kind, text && filled); });
  }

  function fill(text, file, name, sign, missing, left) {
    if (text.indexOf(sign) < 0) return Promise.resolve(text);
    return pageOffice.find[name]()
      .then(function (found) {
        var module = found[0]();
        return module({ module_or_path: found[1] }).then(function () { return module.fill(text, file || "", today()); });
      })
      .then(null, function (error) {
        console.warn(error);
        return text.replace(missing, left);
      });
  }

  function today() {
    var now = new Date();
    return now.getFullYear() + "年" + (now.getMonth() + 1) + "月" + now.getDate() + "日";
  }

  function die(why, kind) {
    console.warn(why);
    end();
    reply(kind || "died", null);
  }

  function end() {
    if (runner) runner.end();
    runner = null;
  }

  function begin() {
    var first = asked[0];
    if (!first) return;
    if (runner) return runner.ask(first.question);
    pageOffice.find.office_module().then(
      function (found) {
        if (first !== asked[0] || runner) return;
        try {
          runner = blocked ? here(found[0], found[1]) : inWorker(found[0], found[1]);
        } catch (error) {
          blocked = true;
          runner = here(found[0], found[1]);
        }
        runner.ask(first.question);
      },
      function () { if (first === asked[0]) reply("missing", null); }
    );
  }

  // The table of a file beside its form: the chosen place, and what was last said of it.
  var at = "";
  var said = {};

  function one(css) {
    return document.querySelector(css);
  }

  // Marks a cell, and no other, and brings it into view.
  function mark(name, cell) {
    var before = one("." + name);
    if (before) before.classList.remove(name);
    if (!cell) return;
    cell.classList.add(name);
    cell.scrollIntoView({ block: cell.closest(".whole-text") ? "center" : "nearest" });
  }

  function choose(cell) {
    if (!cell || !one("#source-says")) return mark("is-linked");
    at = cell.dataset.at;
    mark("is-chosen", cell);
    var field = cell.dataset.goes && one('[data-cell="' + cell.dataset.goes + '"]');
    mark("is-linked", field && field.closest(".cell"));
    one("#source-says strong").textContent = cell.textContent;
    one("#source-says span").textContent = cell.dataset.says || one("#source-table").dataset[cell.classList[0]];
    one(".told-choices").hidden = false;
    document.querySelectorAll(".told-choices select").forEach(function (list) { list.value = said[list.dataset.do + at] || ""; });
  }

  // The chosen cell, or the one beside it.
  function beside(key) {
    var cell = one(".is-chosen");
    if (!cell) return one("[data-at]");
    if (key === "ArrowLeft") return cell.previousElementSibling;
    if (key === "ArrowRight") return cell.nextElementSibling;
    var rows = [].slice.call(document.querySelectorAll("#source-table tr")).filter(function (row) { return row.cells.length; });
    var row = rows[rows.indexOf(cell.parentNode) + (key === "ArrowUp" ? -1 : 1)];
    var column = function (cell) { return +cell.dataset.at.split(".")[2] || 0; };
    // Of the cells in the line, the last that does not begin further right.
    var cells = row ? [].slice.call(row.cells) : [];
    return cells.filter(function (other) { return column(other) <= column(cell); }).pop() || cells[0];
  }

  // What was found in a whole document, as a file of a kind.
  function handOn(kind, item) {
    var paper = item.querySelector(".whole-paper").textContent;
    var hand = function (text) { pageOffice.hear("whole-" + kind, item.dataset.item, "", text); };
    if (kind === "docx") return hand(paper);
    pageOffice.find.whole_module().then(function (found) {
      var module = found[0]();
      return module({ module_or_path: found[1] }).then(function () { hand(module[kind](paper)); });
    }).then(null, function (error) {
      console.warn(error);
      hand("");
    });
  }

  // The finding that was looked at last, and which of its places.
  var looked = null;
  var turn = 0;

  function tell(element, value) {
    var item = element.closest("[data-item]");
    if (/^whole-/.test(element.dataset.do)) return handOn(element.dataset.do.slice(6), item);
    if (element.dataset.do === "mark") {
      // The places in the file that a finding names, the first of them in view. They may lie folded up.
      document.querySelectorAll(".is-chosen,.is-also").forEach(function (place) { place.classList.remove("is-chosen", "is-also"); });
      var places = element.dataset.at.split(" ").map(function (at) {
        return item.querySelector('td[data-at="' + at + '"],span[data-at="' + at + '"],p[data-at="' + at + '"]');
      }).filter(Boolean);
      places.forEach(function (place) {
        var folded = place.closest("details");
        if (folded) folded.open = true;
        place.classList.add("is-also");
      });
      // Once more: the next of them.
      turn = looked === element ? (turn + 1) % (places.length || 1) : 0;
      looked = element;
      return mark("is-chosen", places[turn]);
    }
    pageOffice.hear(element.dataset.do, item ? item.dataset.item : "", element.dataset.at || at, value || "");
  }

  // The line between the table of a file and its form: how much of the width the table has, in percent.
  var share = 44;
  function divide(percent) {
    var line = one("#source-line");
    if (!line) return;
    share = Math.max(20, Math.min(70, Math.round(percent)));
    line.setAttribute("aria-valuenow", share);
    document.documentElement.style.setProperty("--source", share + "%");
  }
  document.addEventListener("pointerdown", function (event) {
    if (event.target.id === "source-line") event.target.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", function (event) {
    if (event.target.id !== "source-line" || !event.target.hasPointerCapture(event.pointerId)) return;
    var desk = one("#desk");
    divide((event.clientX - desk.getBoundingClientRect().left - 16) / (desk.clientWidth - 32) * 100);
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-do]");
    var cell = event.target.closest("td[data-at]");
    if (button) tell(button, button.dataset.value);
    else if (cell) choose(cell);
  });
  document.addEventListener("change", function (event) {
    var list = event.target;
    if (!list.matches("select[data-do],input[data-do]")) return;
    said[list.dataset.do + at] = list.value;
    said.last = list.dataset.do;
    tell(list, list.value);
  });
  document.addEventListener("keydown", function (event) {
    var to = { ArrowLeft: share - 4, ArrowRight: share + 4, Home: 20, End: 70 }[event.key];
    if (event.target.id === "source-line" && to) {
      event.preventDefault();
      return divide(to);
    }
    if (event.target.id !== "source-table" || !/^(Arrow.*|Enter)$/.test(event.key)) return;
    event.preventDefault();
    var cell = one(".is-chosen");
    if (event.key !== "Enter") choose(beside(event.key) || cell);
    else if (cell) pageOffice.hear("go", "", at, cell.dataset.goes || "");
  });

  // What the page is made of, when someone wants to know.
  document.addEventListener("toggle", function (event) {
    var place = event.target.id === "about" && one("#notices");
    if (!place || place.textContent) return;
    pageOffice.find.notices().then(
      function (text) { place.textContent = text; },
      function () { place.textContent = place.dataset.missing; }
    );
  }, true);

  window.pageOffice = {
    // The last template that was filled in.
    made: null,
    // Where the modules are: each one's script as a function, and its bytes. The build says it.
    find: {
      office_module: function () { return Promise.reject(); },
      tables_module: function () { return Promise.reject(); },
      whole_module: function () { return Promise.reject(); },
      writer_module: function () { return Promise.reject(); },
      notices: function () { return Promise.reject(); },
      // The page in one file, in two texts: what stands before the data that it carries, and after.
      page: function () { return Promise.reject(); },
    },
    // Writes a file: `kind` is the module's own name for it. `done` hears what kind of answer it is, and the bytes. Each file gets an
    // instance of its own, whose memory is given back with it.
    write: function (kind, text, done) {
      pageOffice.find.writer_module().then(
        function (found) {
          var module = found[0]();
          return module({ module_or_path: found[1] })
            .then(function () { return module[kind](text); })
            .then(
              function (bytes) { done("answer", bytes); },
              function (error) { console.warn(error); done("died", null); }
            );
        },
        function () { done("missing", null); }
      );
    },
    // The page as one file, with this text as the data that it carries; nothing where there is no such file.
    carry: function (text, done) {
      pageOffice.find.page().then(
        function (around) { done(new Blob([around[0], text, around[1]], { type: "text/html" })); },
        function () { done(null); }
      );
    },
    // `done` hears what kind of answer it is, and its text.
    ask: function (question, done) {
      asked.push({ question: question, done: done });
      if (asked.length === 1) begin();
    },
    // Gives up a question. Without one, gives back the memory that was needed.
    stop: function (question) {
      var under = asked[0];
      asked = asked.filter(function (one) { return one.question !== question; });
      if (asked[0] === under && under) return;
      end();
      begin();
    },
    // The table was drawn; anew where something was said of it, and the keyboard stays where it was.
    shown: function (again) {
      if (!again) at = "", said = {};
      divide(share);
      choose(one('td[data-at="' + at + '"]'));
      var list = again && said.last && one('.source select[data-do="' + said.last + '"]');
      if (list && document.activeElement === document.body) list.focus();
    },
    // A cell of the form was chosen.
    link: function (name) {
      var cell = one('[data-goes="' + name + '"]');
      if (cell) choose(cell);
    },
    // Hears what is asked of a table or a file: what, the file, the place and the value. The page sets it.
    hear: function () {},
    // The files among what was dropped, with those in folders, each with its path; and whether the browser kept some back.
    dropped: function (data, done) {
      var found = [];
      var missed = false;
      var left = 1;
      function over() {
        if (--left === 0) done(found.sort(function (a, b) { return a[1] < b[1] ? -1 : 1; }), missed);
      }
      function miss() {
        missed = true;
        over();
      }
      function walk(entry) {
        left++;
        if (entry.isFile) return entry.file(function (file) { found.push([file, entry.fullPath.slice(1)]); over(); }, miss);
        var reader = entry.createReader();
        (function more() {
          reader.readEntries(function (some) {
            some.forEach(walk);
            if (some.length) more();
            else over();
          }, miss);
        })();
      }
      // The same by handles: pages from disk may look into a folder only so, where the browser knows them.
      function visit(handle, path) {
        left++;
        path += handle.name;
        if (handle.kind === "file") return handle.getFile().then(function (file) { found.push([file, path]); over(); }, miss);
        var inside = handle.values();
        (function more() {
          inside.next().then(function (step) {
            if (step.done) return over();
            visit(step.value, path + "/");
            more();
          }, miss);
        })();
      }
      [].forEach.call(data.items, function (item) {
        var entry = item.kind === "file" && item.webkitGetAsEntry && item.webkitGetAsEntry();
        var file = item.kind === "file" && item.getAsFile();
        if (entry && entry.isDirectory && location.protocol === "file:" && item.getAsFileSystemHandle) {
          left++;
          item.getAsFileSystemHandle().then(function (handle) { visit(handle, ""); over(); }, miss);
        } else if (entry && entry.isDirectory) walk(entry);
        else if (file) found.push([file, file.name]);
      });
      over();
    },
    // Has the browser keep the parts of the page, where it may; some seconds after the start, which wants the network for itself.
    stay: function (worker) {
      if (!window.isSecureContext || !navigator.serviceWorker) return;
      own[worker] = true;
      setTimeout(function () { navigator.serviceWorker.register(worker).catch(function () {}); }, 4000);
    },
    // Files beside the page.
    beside: function (name, script, wasm) {
      return Promise.all([
        pageOffice[name] || new Promise(function (found, failed) {
          var element = document.createElement("script");
          own[script] = true;
          element.src = script;
          element.onload = function () { found(pageOffice[name]); };
          element.onerror = failed;
          document.head.appendChild(element);
        }),
        fetch(wasm).then(function (response) { return response.ok ? response.arrayBuffer() : Promise.reject(); }),
      ]);
    },
    // Inside the page.
    inside: function (glue, id) {
      var text = atob(document.getElementById(id).textContent);
      var bytes = new Uint8Array(text.length);
      for (var at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
      return Promise.resolve([glue, bytes.buffer]);
    },
  };
})();
