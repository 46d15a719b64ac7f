// Writes the page in one file anew, with other data in it. This is its last script: all that stands before it is as it was written, and the
// program, which changes the rest, has not begun. Large texts are only pointed at. Written for the oldest browsers, as start.js is.
(function () {
  "use strict";
  var carried = document.getElementById("carried");
  var policy = document.querySelector("meta[http-equiv]");

  function written(node) {
    return node.outerHTML || (node.nodeType === Node.COMMENT_NODE ? "<!--" + node.data + "-->" : node.data || "");
  }
  function keep(place) {
    return [].filter
      // Narrower policies are added anew in each browser that knows them.
      .call(place.childNodes, function (node) { return !node.httpEquiv || node === policy; })
      .map(function (node) { return /^(SCRIPT|STYLE)$/.test(node.nodeName) ? node : written(node); });
  }
  function text(nodes) {
    return nodes.map(function (node) { return typeof node === "string" ? node : written(node); }).join("");
  }
  var head = keep(document.head);
  var body = keep(document.body);

  pageOffice.find.page = function () {
    var at = body.indexOf(carried);
    var begin = carried.cloneNode(false).outerHTML.replace("</" + "script>", "");
    return Promise.resolve([
      '<!doctype html>\n<html lang="zh-CN"><head>' + text(head) + "</head><body>" + text(body.slice(0, at)) + begin,
      "</" + "script>" + text(body.slice(at + 1)) + "\n</body></html>\n",
    ]);
  };
})();
