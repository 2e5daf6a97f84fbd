// The list of agencies, filtered by name and year. Without script it is a plain list.
(() => {
  "use strict";
  const box = document.querySelector("[data-filter]");
  const list = document.querySelector(".agency-list");
  if (!box || !list) return;
  const [name, year] = [box.querySelector("input"), box.querySelector("select")];
  const [status, clear] = [box.querySelector("[role=status]"), box.querySelector("button")];
  const fold = (text) => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");
  const tell = (shown, all) => (status.textContent = status.dataset.text.replace("{shown}", shown).replace("{all}", all));

  /** A list that is on the page as a whole: what does not fit is hidden. */
  const filterPage = () => {
    const items = [...list.querySelectorAll("li")].filter((item) => item.querySelector(":scope > .agency"));
    const agencies = items.map((item) => ({
      item,
      name: fold(item.querySelector(":scope > .agency").textContent),
      years: [...item.querySelectorAll(":scope > .agency-years a")].map((link) => link.dataset.year),
    }));
    return (fits) => {
      const fitting = agencies.filter(fits);
      // An agency above one that fits stays, so that the other stands in its place.
      for (const { item } of agencies) item.hidden = !fitting.some((each) => item.contains(each.item));
      tell(fitting.length, agencies.length);
    };
  };

  /** A list that goes on over several pages: all agencies come from a script, which works from the disk too. */
  const filterIndex = async () => {
    await new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = box.dataset.filter;
      script.addEventListener("load", done);
      script.addEventListener("error", fail);
      document.head.append(script);
    });
    const MOST = 100;
    const agencies = window.gaisiteAgencies.map(([label, page, years, pages]) => ({ name: fold(label), label, page, years, pages }));
    const found = document.createElement("ul");
    found.className = "agency-list";
    list.before(found);
    const link = (text, page) => {
      const element = document.createElement("a");
      element.href = box.dataset.root + page;
      element.textContent = text;
      return element;
    };
    const write = (agency) => {
      const [item, head, years] = ["li", "p", "ul"].map((tag) => document.createElement(tag));
      [head.className, years.className] = ["agency", "agency-years"];
      head.append(link(agency.label, agency.page));
      agency.years.forEach((label, place) => {
        const each = document.createElement("li");
        each.append(link(label, agency.pages[place]));
        years.append(each);
      });
      item.append(head, years);
      return item;
    };
    return (fits, wanted) => {
      const fitting = wanted ? agencies.filter(fits) : [];
      list.hidden = wanted;
      for (const pages of document.querySelectorAll(".page-list")) pages.hidden = wanted;
      found.replaceChildren(...fitting.slice(0, MOST).map(write));
      if (wanted) tell(fitting.length, agencies.length);
      else status.textContent = "";
    };
  };

  let apply;
  const filter = async () => {
    apply ??= box.dataset.filter === "page" ? filterPage() : await filterIndex();
    const [text, of] = [fold(name.value), year.value];
    apply((agency) => agency.name.includes(text) && (!of || agency.years.includes(of)), Boolean(text || of));
  };

  // What an input method is still composing is no wish yet.
  name.addEventListener("input", (event) => event.isComposing || filter());
  name.addEventListener("compositionend", filter);
  year.addEventListener("change", filter);
  clear.addEventListener("click", () => {
    name.value = "";
    year.value = "";
    filter();
    name.focus();
  });
  box.hidden = false;
  if (name.value || year.value) filter();
})();
