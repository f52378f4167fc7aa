// Every page in every state in which it can be opened: what `checkAccess` is called with, on which route, in which dialog.
// The check `states/complete.test.mjs` holds this table against the routes and dialogs of the source, and against what the
// tests went through.

const list = "/regulations";
const created = "/regulations/add";
const order = "/regulations/:uuid";
const newMeasure = "/regulations/:uuid/mesures/nouvelle";
const measure = "/regulations/:uuid/mesures/:mid";
const map = "/carte";
const nowhere = "*";

const row = (route, names, dialog) => names.map((state) => ({ state, route, dialog }));

export const states = [
  ...row("/", ["/", "the menu"]),
  ...row("/login", ["/login", "the login form without anything typed", "the login form after a refusal", "the login form while the server is down"]),

  ...row(list, [
    "/regulations", "the list of a visitor", "the list of a member", "the list while it is loaded", "a list that did not come",
    "a page without a network", "an empty list", "a sorted list", "the filters of a phone", "the menu of the person",
    "the menu of a member", "a list after a deletion", "the list with all its filters",
  ]),
  ...row(list, ["the question before a deletion"], "supprimer-arrete"),

  ...row(created, [
    "/regulations/add", "the creation of an order", "the creation of an order with its mistakes", "an identifier that is taken",
    "a new order that was found again", "a new order that the server did not take", "an identifier that is said to be taken",
    "the creation of an order without an organization",
  ]),
  ...row(created, ["the question before a new order is left"], "quitter"),

  ...row(order, [
    "an order while it is loaded", "an order that did not come", "an order without measure", "a draft", "a published order",
    "a published order read by anybody", "an order with changes that wait", "a repealed order", "an imported order", "an order with its losses",
    "many measures, folded", "many measures, shown", "general information as a form", "general information with its mistakes",
    "general information that was found again", "a measure that is copied", "a link that is copied",
    "an order that becomes temporary", "a deletion that came too late", "a removal that came too late", "an order to download",
  ]),
  ...row(order, ["the question before general information is left"], "quitter"),
  ...row(order, ["a conflict on general information"], "conflit-general"),
  ...row(order, ["the question before a measure is deleted"], "supprimer-mesure"),
  ...row(order, ["the question before an order is deleted"], "supprimer"),
  ...row(order, [
    "the dialog of publication", "what is missing before a publication", "the differences before a publication",
    "a publication that came too late", "a publication while the server is down",
  ], "publier"),
  ...row(order, ["the repeal", "the repeal with its mistake"], "abroger"),
  ...row(order, [
    "a document to choose", "a document that is too large", "a document that is chosen", "a link that is refused",
    "a document that is being sent", "a document that did not arrive",
  ], "joindre"),
  ...row(order, ["the question before a document is removed"], "retirer"),

  ...row(newMeasure, [
    "a measure while it is loaded", "a measure that did not come", "a page that is refused", "a measure without anything typed",
    "the form of a measure", "a form with a wrong number", "a form with its mistakes", "a form with several mistakes",
    "a measure that the server did not take",
    "a departmental road", "a departmental road that is found", "a national road in winter", "a drawing and its points", "a drawing that cannot be read",
    "a whole city", "the vehicles with their mistakes", "every vehicle", "two periods and their calendar",
    "the periods of a permanent order", "two crossings to choose from", "a commune that was not chosen", "a place outside the territory",
    "a file that holds no line", "a line that came from a file", "the two ways round a loop", "a bound that waits for a click",
    "communes to choose from", "streets to choose from", "roads to choose from", "points of a road to choose from",
    "nothing to choose from", "a completion that failed",
    "a street with its mistakes", "a departmental road with its mistakes", "a national road with its mistakes", "a drawing with its mistakes",
    "a whole city with its mistakes", "a zone with its mistakes", "a location that can be put back",
  ]),
  ...row(newMeasure, ["the dialog of an expired session", "the dialog of an expired session after a refusal"], "session-expiree"),
  ...row(measure, ["a form that was found again", "a zone", "a measure that is edited", "thirty locations"]),
  ...row(measure, ["the question before leaving"], "quitter"),
  ...row(measure, ["the dialog of a conflict"], "conflit"),

  ...row(map, [
    "/carte", "the map with dates the wrong way round", "the map with its filters", "the map with places to choose from", "the map with a card",
    "the map with a draft", "the map with too many drafts", "the map within another site", "the map whose list did not come",
    "a search that failed", "a map that does not come", "a map without its background",
  ]),
  ...row(map, ["the dialog that shares the map", "the dialog that embeds the map"], "partager"),

  ...row("/contact", ["/contact", "a page whose part did not come"]),
  ...row("/accessibilite", ["/accessibilite"]),
  ...row("/mentions-legales", ["/mentions-legales"]),
  ...row("/politique-de-confidentialite", ["/politique-de-confidentialite"]),
  ...row("/conditions-generales-d-utilisation", ["/conditions-generales-d-utilisation"]),
  ...row("/ecoconception", ["/ecoconception"]),
  ...row("/documentation-api", ["/documentation-api", "the last tab"]),

  ...row(nowhere, ["/nulle-part"]),
  ...row(order, ["a page that does not exist"]),
  ...row(measure, ["a measure that does not exist"]),
];

// Routes of the router, those that only lead to another one left out.
export function routesOf(source) {
  return [...source.matchAll(/<Route\s+path=path!\("([^"]+)"\)\s+view=(\|\|\s*view!\s*\{\s*<Redirect)?/g)]
    .filter(([, , redirect]) => !redirect)
    .map(([, path]) => path);
}

// The route that an address has.
export function routeOf(routes, path) {
  const fits = (route) => {
    const [wanted, given] = [route.split("/"), path.split("/")];
    return wanted.length === given.length && wanted.every((part, rank) => part.startsWith(":") || part === given[rank]);
  };
  const parameters = (route) => route.split(":").length;
  return routes.filter(fits).sort((a, b) => parameters(a) - parameters(b))[0] ?? nowhere;
}

// Ids of the dialogs that a source can open.
export function dialogsOf(source) {
  return [...source.matchAll(/<Dialog\s[^>]*?\bid="([^"]+)"/g)].map(([, id]) => id);
}

// Ids of what a source shows and hides by a button.
export function openablesOf(source) {
  return [...source.matchAll(/\b(?:aria-controls|controls)="([^"]+)"/g)].map(([, id]) => id);
}
