// Runs the module that reads office files: in a worker where the browser permits, and right here between two files where it does not.
// It is loaded when the first file comes. Should it die, whoever asked is told, and the next question starts it anew.
// Written for the oldest browsers, as start.js is.
(function () {
  "use strict";
  // Questions in their order: the first is under way.
  var asked = [];
  var runner = null;
  var blocked = false;

  // What the module says to a question. Also runs in the worker, so it names nothing around it.
  function answer(module, question) {
    if (!question.file) {
      return Promise.resolve().then(function () {
        if (question.blocks) return module.pasted_blocks(question.html, question.plain);
        return module.pasted(question.html, question.plain, question.told);
      });
    }
    return question.file.arrayBuffer().then(
      function (bytes) { return module.read(new Uint8Array(bytes), question.name, question.told); },
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
    var worker = new Worker(url);
    var answered = false;
    // This browser lets no such worker start.
    function elsewhere() {
      blocked = true;
      end();
      begin();
    }
    worker.onmessage = function (event) {
      if (event.data.blocked) return elsewhere();
      answered = true;
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
      ask: function (question) { worker.postMessage(question); },
      end: function () {
        worker.onmessage = worker.onerror = null;
        worker.terminate();
        URL.revokeObjectURL(url);
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
    if (first) first.done(kind, text);
  }

  function die(why) {
    console.warn(why);
    end();
    reply("died", null);
  }

  function end() {
    if (runner) runner.end();
    runner = null;
  }

  function begin() {
    var first = asked[0];
    if (!first) return;
    if (runner) return runner.ask(first.question);
    pageOffice.find().then(
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

  window.pageOffice = {
    // Where the module is: its script as a function, and its bytes. The build says it.
    find: function () { return Promise.reject(); },
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
    // Files beside the page.
    beside: function (script, wasm) {
      return Promise.all([
        pageOffice.glue || new Promise(function (found, failed) {
          var element = document.createElement("script");
          element.src = script;
          element.onload = function () { found(pageOffice.glue); };
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
