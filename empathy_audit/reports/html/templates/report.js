
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const filters = byId("filters");
  const rows = filters ? Array.from(document.querySelectorAll("#list tbody tr")) : [];
  const items = rows.map((row, at) => {
    const data = row.dataset;
    const short = new Map(data.p.split(" ").filter(Boolean).map((part) => part.split(":")));
    return {
      row, short, at,
      article: byId(data.c),
      name: row.cells[0].textContent.trim().toLowerCase(),
      score: data.v === "" ? null : Number(data.v),
      missed: Number(data.m),
      severity: Number(data.f),
      agents: data.a.split(" "),
      order: Number(data.c.slice(1)),
      date: (row.querySelector(".date") || {}).textContent || "",
      words: null,
    };
  });
  const value = (id) => (byId(id) ? byId(id).value : "");

  const words = (item) => {
    if (item.words === null) {
      item.words = (item.row.textContent + " " + (item.article ? item.article.textContent : "")).toLowerCase();
    }
    return item.words;
  };

  const fits = (item, text, agent, principle, severity) =>
    (agent === "" || item.agents.includes(agent)) &&
    (principle === "" || item.short.has(principle)) &&
    (severity === "" || (severity === "0" ? item.severity === 0 : item.severity >= Number(severity))) &&
    (text === "" || words(item).includes(text));

  const filter = () => {
    const wanted = [value("by-text").trim().toLowerCase(), value("by-agent"), value("by-principle"), value("by-severity")];
    let shown = 0;
    for (const item of items) {
      const hide = !fits(item, ...wanted);
      item.row.hidden = hide;
      if (item.article) item.article.hidden = hide;
      shown += hide ? 0 : 1;
    }
    byId("shown").textContent = `${shown.toLocaleString("en")} of ${items.length.toLocaleString("en")} shown`;
    byId("nothing").hidden = shown > 0;
  };

  // With a principle chosen, the score to sort by is the one in it.
  const score = (item, principle, missing) => {
    const found = principle === "" ? item.score : item.short.has(principle) ? Number(item.short.get(principle)) : null;
    return found === null ? missing : found;
  };
  const orders = {
    low: (p) => (a, b) => score(a, p, 101) - score(b, p, 101),
    high: (p) => (a, b) => score(b, p, -1) - score(a, p, -1),
    missed: () => (a, b) => b.missed - a.missed,
    new: () => (a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0),
    name: () => (a, b) => a.name.localeCompare(b.name, "en", { numeric: true }),
    order: () => (a, b) => a.order - b.order,
  };
  const sort = () => {
    const compare = orders[value("sort")](value("by-principle"));
    items.sort((a, b) => compare(a, b) || a.at - b.at);
    const lines = document.createDocumentFragment();
    const articles = document.createDocumentFragment();
    for (const item of items) {
      lines.append(item.row);
      if (item.article) articles.append(item.article);
    }
    document.querySelector("#list tbody").append(lines);
    byId("articles").append(articles);
  };

  const showAll = () => {
    for (const field of filters.querySelectorAll("input, select")) {
      if (field.id !== "sort") field.value = "";
    }
    filter();
  };

  // A link may lead to a conversation that a filter hides, to a folded transcript, or to a conversation of another page.
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id === "" ? null : byId(id);
    if (target === null) {
      const found = items.find((item) => item.row.dataset.c === id.split("-")[0]);
      const link = found && found.row.querySelector("a");
      const page = link ? link.getAttribute("href").split("#")[0] : "";
      if (page !== "") location.replace(page + location.hash);
      return;
    }
    const article = target.closest("article");
    if (article && article.hidden) showAll();
    let folded = target.querySelector(":scope > details.transcript");
    for (let at = folded || target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
    target.scrollIntoView();
    if (article) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  };

  if (filters && rows.length) {
    filters.hidden = false;
    const later = (what) => {
      let waiting = 0;
      return () => {
        clearTimeout(waiting);
        waiting = setTimeout(what, 120);
      };
    };
    byId("by-text").addEventListener("input", later(filter));
    for (const field of filters.querySelectorAll("select")) {
      field.addEventListener("change", () => {
        if (field.id === "sort" || field.id === "by-principle") sort();
        if (field.id !== "sort") filter();
      });
    }
    byId("reset").addEventListener("click", showAll);
    byId("reset-too").addEventListener("click", () => {
      showAll();
      byId("by-text").focus();
    });
    // A browser that goes back fills in what was chosen before.
    if (value("sort") !== "low") sort();
    filter();
  }

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
  addEventListener("hashchange", follow);
  follow();
})();
