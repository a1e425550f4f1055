// Loads the program named by this script's own tag (Trunk.toml, pattern_script) and, where that fails, says so in words.
// Trunk's inline loader cannot be used: the Content-Security-Policy allows no inline script. Nothing else belongs here.

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

try {
  const program = await import(address("js"));
  await program.default({ module_or_path: address("wasm") });
} catch (error) {
  console.error(error);
  explain(error);
}
