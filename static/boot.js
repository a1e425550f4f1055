// Loads the program named by this script's own tag (Trunk.toml, pattern_script), then the part of it that a first visit
// can do without (src/tasks/split, src/app/later.rs), and says in words where that fails. Trunk's inline loader cannot be
// used: the Content-Security-Policy allows no inline script. Nothing else belongs here.

const tag = document.querySelector("script[data-js][data-wasm]");
const address = (name) => new URL(tag.dataset[name], document.baseURI).href;

function paragraph(text, name) {
  const element = document.createElement("p");
  element.textContent = text;
  if (name) element.className = name;
  return element;
}

function explain(error) {
  document.getElementById("boot-progress")?.remove();
  const box = document.getElementById("boot-failure");
  const reload = document.createElement("button");
  reload.type = "button";
  reload.textContent = "Reload";
  reload.addEventListener("click", () => location.reload());
  const [what, next] =
    typeof WebAssembly !== "object"
      ? ["This browser cannot run WebAssembly, which the simulated cloud is made of.",
         "Use a current Firefox, Chrome, Edge or Safari, with WebAssembly allowed."]
      : !navigator.onLine
        ? ["The page could not be loaded completely: this device is offline.", "Connect it and reload."]
        : ["The page could not be started.",
           "A part of it did not arrive, or the site was updated a moment ago. Reload; what you saved stays in this browser."];
  box.replaceChildren(
    paragraph("Stratus", "boot-name"),
    paragraph(what),
    paragraph(next),
    reload,
    paragraph(String(error), "boot-detail"),
  );
  box.hidden = false;
}

// The later part. Builds that were not cut have none: everything is here.
let exported;
let coming;

// What its functions find in memory, then they themselves, who say that they are here.
const parts = ["content", "later"];

async function fetchPart(name) {
  const answer = await fetch(address(name));
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return WebAssembly.compile(await answer.arrayBuffer());
}

async function fetchLater() {
  // Not `new WebAssembly.Instance`: Chromium takes no more than 8 MiB there. Whoever could not wait may have been first;
  // what the functions find in memory may come twice, since before them nobody changes it.
  for (const module of await Promise.all(parts.map(fetchPart))) {
    if (!stratusLater.isHere()) await WebAssembly.instantiate(module, { first: exported });
  }
}

function fetchPartNow(name) {
  const request = new XMLHttpRequest();
  request.open("GET", address(name), false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new Error(`The server answered ${request.status}`);
  return new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255));
}

globalThis.stratusLater = {
  isHere: () => !tag.dataset.later || exported?.later_is_here.value === 1,
  load() {
    coming ??= fetchLater().catch((error) => {
      coming = undefined;
      throw error;
    });
    return coming;
  },
  // Inside a call that cannot wait: the only way to fetch there and then. Binary, as text of which each code is a byte.
  loadNow() {
    // Everything that people do waits for load(): a browser test fails on this line.
    console.error("The later part of the program was needed before it had come");
    if (stratusLater.isHere()) return;
    for (const module of parts.map(fetchPartNow)) new WebAssembly.Instance(module, { first: exported });
  },
};

try {
  const program = await import(address("js"));
  exported = await program.default({ module_or_path: address("wasm") });
  program.start();
  const soon = globalThis.requestIdleCallback ?? ((task) => setTimeout(task, 200));
  // Where it does not come now, whatever needs it asks again and says so.
  if (tag.dataset.later) soon(() => stratusLater.load().catch(console.warn));
} catch (error) {
  console.error(error);
  explain(error);
}
