// People are dragged from group to group. The menu beside each name does the same, and is what is sent.
(() => {
  const all = (selector) => document.querySelectorAll(selector);
  const put = (pawn, group) => {
    const menu = pawn.querySelector("select");
    menu.value = group.dataset.group;
    pawn.classList.toggle("moves", menu.value !== pawn.dataset.pawn);
    group.querySelector("ul").append(pawn);
    for (const sum of all("[data-count]")) sum.textContent = all(sum.dataset.count).length;
    for (const each of all("[data-group]")) {
      each.classList.toggle("over", each.querySelectorAll("li").length > each.dataset.capacity);
    }
    const [name, where] = [pawn.querySelector(".pawn-name"), group.querySelector("h3")];
    all("[data-said]")[0].textContent = `${name.textContent}: ${where.textContent}`;
  };
  const on = (type, selector, act) =>
    document.addEventListener(type, (event) => act(event.target.closest?.(selector), event));
  let held;
  on("dragstart", "[data-pawn]", (pawn) => { held = pawn; });
  on("dragover", "[data-group]", (group, event) => { if (held && group) event.preventDefault(); });
  on("drop", "[data-group]", (group, event) => {
    if (!held || !group) return;
    event.preventDefault();
    put(held, group);
  });
  on("change", "[data-pawn]", (pawn, event) => {
    if (!pawn) return;
    put(pawn, all(`[data-group="${event.target.value}"]`)[0]);
    event.target.focus();
  });
})();
