// Starts the application. The addresses in capitals are written by scripts/finish.mjs.

import init from "APP_SCRIPT";

// The map is a large module of its own: pages without a map never load it.
let map;
globalThis.dialogLoadMap = () => {
  if (!map) {
    const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "MAP_STYLES" });
    document.head.append(styles);
    map = import("MAP_SCRIPT").catch((error) => {
      map = undefined;
      styles.remove();
      throw error;
    });
  }
  return map;
};

init({ module_or_path: "APP_MODULE" }).catch((error) => {
  console.error(error);
  const message = document.getElementById("chargement");
  if (message) {
    message.textContent =
      "L’application n’a pas pu être chargée. Vérifiez votre connexion, puis rechargez la page. "
      + "Si le problème persiste, mettez à jour votre navigateur.";
  }
});
