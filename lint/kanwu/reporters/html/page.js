"use strict";
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const count = new Intl.NumberFormat("en");
  const told = (template, values) =>
    template.replace(/\{(\w+)\}/g, (_, key) => count.format(values[key]));

  // What works without a script is on the page; what needs one is shown now.
  for (const part of all(".controls, .filters, .ledger-find")) part.hidden = false;

  /* Dark or light: the reader's system decides until the button is pressed. */
  const memory = {
    get: () => { try { return localStorage.getItem("kanwu-theme"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("kanwu-theme", value); } catch { /* not kept */ } },
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  if (["dark", "light"].includes(memory.get())) root.dataset.theme = memory.get();
  byId("theme").addEventListener("click", () => {
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    memory.set(root.dataset.theme);
  });

  /* Help. */
  const help = byId("keys");
  byId("help").addEventListener("click", () => help.showModal());

  /* Filters. A choice of nothing is a choice of everything. */
  const cards = all(".card").map((element) => ({
    element,
    number: element.dataset.number,
    rule: element.dataset.rule,
    severity: element.dataset.severity,
    file: element.dataset.file,
    text: null,
    shown: true,
    marks: [],
  }));
  const byNumber = new Map(cards.map((card) => [card.number, card]));
  const sheets = new Map(all(".sheet").map((element) => [element.dataset.file, { element, shown: true }]));
  const KINDS = ["related", "info", "warning", "error"];
  const marks = all("mark[data-of]").map((element) => ({
    element,
    point: element.classList.contains("point"),
    of: element.dataset.of.split(" ").map((word) => ({
      card: byNumber.get(word.replace("r", "")),
      related: word.endsWith("r"),
    })),
    name: element.className,
  }));
  for (const mark of marks) for (const of of mark.of) if (of.card) of.card.marks.push(mark);
  const pairs = all(".pair").map((element) => ({ element, card: byNumber.get(element.dataset.of) }));
  const boxes = all(".filters input[type=checkbox]").map((element) => ({
    element,
    facet: element.name,
    value: element.value,
    label: element.closest("label"),
    count: element.closest("label").querySelector(".count"),
  }));
  const FACETS = ["rule", "severity", "file"];
  const search = byId("search");
  const showing = byId("showing");

  const textOf = (card) => {
    if (card.text === null) {
      const block = card.element.closest(".block");
      const line = block ? block.querySelector(".text").textContent : "";
      const name = byId(`d${card.file}-name`).textContent;
      card.text = `${card.element.textContent} ${line} ${name}`.toLowerCase();
    }
    return card.text;
  };

  const draw = () => {
    const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set()]));
    for (const box of boxes) if (box.element.checked) chosen[box.facet].add(box.value);
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
    const left = new Set();
    const stale = new Set();
    let shown = 0;
    for (const card of cards) {
      const found = words.length === 0 || words.every((word) => textOf(card).includes(word));
      const fits = FACETS.map((facet) => chosen[facet].size === 0 || chosen[facet].has(card[facet]));
      const missed = fits.filter((fit) => !fit).length;
      const visible = found && missed === 0;
      // A number says how many there would be, were only this one box of its kind ticked.
      FACETS.forEach((facet, at) => {
        if (found && missed - !fits[at] === 0) {
          counts[facet].set(card[facet], (counts[facet].get(card[facet]) || 0) + 1);
        }
      });
      if (visible !== card.shown) {
        card.element.hidden = !(card.shown = visible);
        for (const mark of card.marks) stale.add(mark);
      }
      if (visible) { shown += 1; left.add(card.file); }
    }
    for (const mark of stale) {
      const active = mark.of.filter((of) => of.card && of.card.shown);
      const kind = Math.max(-1, ...active.map((of) => (of.related ? 0 : KINDS.indexOf(of.card.severity))));
      const name = kind < 0 ? "off" : KINDS[kind] + (mark.point ? " point" : "");
      if (name !== mark.name) mark.element.className = mark.name = name;
    }
    for (const [file, sheet] of sheets) {
      if (left.has(file) !== sheet.shown) sheet.element.hidden = !(sheet.shown = left.has(file));
    }
    for (const pair of pairs) pair.element.hidden = !(pair.card && pair.card.shown);
    for (const section of all(".pairs")) section.hidden = pairs.every((pair) => pair.element.hidden);
    for (const box of boxes) {
      const number = counts[box.facet].get(box.value) || 0;
      box.count.textContent = count.format(number);
      box.label.classList.toggle("empty", number === 0);
    }
    showing.textContent = told(showing.dataset.words, { shown, all: cards.length });
    for (const none of all(".none-left")) none.hidden = shown > 0;
  };

  let planned = 0;
  const redraw = () => {
    cancelAnimationFrame(planned);
    planned = requestAnimationFrame(draw);
  };
  if (search) {
    const form = search.form;
    form.addEventListener("input", redraw);
    form.addEventListener("reset", () => setTimeout(redraw));
    form.addEventListener("submit", (event) => { event.preventDefault(); move(1); });
    const filters = document.querySelector(".filters");
    if (matchMedia("(max-width: 60rem)").matches) filters.open = false;
    draw();
    for (const button of all("[data-pick]")) {
      button.addEventListener("click", () => {
        const { pick, value } = button.dataset;
        form.reset();
        const box = boxes.find((one) => one.facet === pick && one.value === value);
        if (box) box.element.checked = true;
        draw();
        byId("proofs").scrollIntoView({ block: "start" });
      });
    }
  }

  /* From finding to finding, in the order of the page. */
  let current = null;
  const go = (card) => {
    if (current) light(current, false);
    current = card;
    for (let fold = card.element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    card.element.scrollIntoView({ block: "center" });
    card.element.focus({ preventScroll: true });
    light(card, true);
  };
  const light = (card, on) => {
    for (const mark of card.marks) mark.element.toggleAttribute("data-lit", on);
  };
  const move = (step) => {
    const visible = cards.filter((card) => card.shown);
    if (!visible.length) return;
    const at = current ? visible.indexOf(current) : -1;
    let next = at + step;
    if (at < 0) {
      // After a filter has hidden the current one: the nearest that follows, or precedes.
      const place = current ? cards.indexOf(current) : -1;
      const after = visible.findIndex((card) => cards.indexOf(card) > place);
      next = step > 0 ? (after < 0 ? visible.length - 1 : after) : (after < 0 ? visible.length : after) - 1;
    }
    go(visible[Math.min(visible.length - 1, Math.max(0, next))]);
  };
  byId("next").addEventListener("click", () => move(1));
  byId("previous").addEventListener("click", () => move(-1));

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-of]");
    const link = event.target.closest("a[href^='#f']");
    if (link) {
      const card = byNumber.get(link.hash.slice(2));
      if (card) { event.preventDefault(); go(card); }
    } else if (mark) {
      const of = marks.find((one) => one.element === mark).of.map((one) => one.card);
      const visible = of.filter((card) => card && card.shown);
      // A second click goes on to the next finding of the same words.
      if (visible.length) go(visible[(visible.indexOf(current) + 1) % visible.length]);
    }
  });
  for (const type of ["mouseover", "mouseout"]) {
    document.addEventListener(type, (event) => {
      const element = event.target.closest && event.target.closest(".card");
      if (!element || (event.relatedTarget && element.contains(event.relatedTarget))) return;
      const card = byNumber.get(element.dataset.number);
      if (card !== current) light(card, type === "mouseover");
    });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search]");
    if (event.key === "Escape" && !help.open) {
      if (typing) event.target.blur();
      if (search && event.target.id !== "ledger-search") { search.form.reset(); }
      return;
    }
    if (typing || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      j: () => move(1),
      k: () => move(-1),
      "/": () => {
        if (!search) return;
        document.querySelector(".filters").open = true;
        search.focus();
        search.select();
      },
      "?": () => help.showModal(),
    }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  /* The ledger: sorted by any column, and searched. */
  const table = byId("figures");
  if (table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const order = new Intl.Collator("zh");
    const value = (row, at) => row.cells[at].dataset.sort ?? row.cells[at].textContent;
    const isNumber = (text) => text !== "" && !Number.isNaN(Number(text));
    const compare = (one, other) => {
      const numbers = [isNumber(one), isNumber(other)];
      if (numbers[0] && numbers[1]) return Number(one) - Number(other);
      return numbers[0] !== numbers[1] ? numbers[1] - numbers[0] : order.compare(one, other);
    };
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = rows.map((row) => [value(row, at), row]);
        keyed.sort((one, other) => (down ? -1 : 1) * compare(one[0], other[0]));
        body.append(...keyed.map(([, row]) => row));
      });
    });
    const texts = new Map();
    const shownRows = byId("ledger-shown");
    byId("ledger-search").addEventListener("input", (event) => {
      const word = event.target.value.toLowerCase();
      let shown = 0;
      for (const row of rows) {
        if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
        row.hidden = !texts.get(row).includes(word);
        shown += !row.hidden;
      }
      shownRows.textContent = told(shownRows.dataset.words, { shown, all: rows.length });
    });
  }
  root.dataset.ready = "";
})();
