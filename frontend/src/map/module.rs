//! What `js/map.js` offers.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlInputElement};

#[wasm_bindgen]
extern "C" {
    /// Loads the module once; given by `js/boot.js`.
    #[wasm_bindgen(js_name = dialogLoadMap)]
    fn load_map() -> Promise;

    type MapModule;

    #[wasm_bindgen(method, catch)]
    fn create(
        this: &MapModule,
        container: &HtmlElement,
        options: &JsValue,
        events: &JsValue,
    ) -> Result<MapHandle, JsValue>;

    #[wasm_bindgen(method, js_name = readShapes)]
    fn read_shapes(this: &MapModule, input: &HtmlInputElement, areas: bool) -> Promise;

    /// One map on the page.
    pub type MapHandle;

    #[wasm_bindgen(method, js_name = setRestrictions)]
    pub fn set_restrictions(this: &MapHandle, collection: &str) -> Promise;

    #[wasm_bindgen(method, js_name = setTiles)]
    pub fn set_tiles(this: &MapHandle, path: &str) -> Promise;

    #[wasm_bindgen(method, js_name = setDrafts)]
    pub fn set_drafts(this: &MapHandle, collection: &str) -> Promise;

    #[wasm_bindgen(method, js_name = goTo)]
    pub fn go_to(this: &MapHandle, longitude: f64, latitude: f64, zoom: f64);

    #[wasm_bindgen(method, js_name = setPoints)]
    pub fn set_points(this: &MapHandle, collection: &str) -> Promise;

    #[wasm_bindgen(method)]
    pub fn highlight(this: &MapHandle, id: Option<String>) -> Promise;

    #[wasm_bindgen(method)]
    pub fn fit(this: &MapHandle, collection: &str, first: bool, covered: bool);

    #[wasm_bindgen(method, js_name = startDrawing)]
    pub fn start_drawing(this: &MapHandle, collection: &str, area: bool) -> Promise;

    #[wasm_bindgen(method)]
    pub fn undo(this: &MapHandle);

    #[wasm_bindgen(method, js_name = stopDrawing)]
    pub fn stop_drawing(this: &MapHandle);

    #[wasm_bindgen(method)]
    pub fn retry(this: &MapHandle);

    #[wasm_bindgen(method)]
    pub fn destroy(this: &MapHandle);
}

/// How a map is made.
#[derive(Clone)]
pub struct Options {
    /// Name for screen readers.
    pub label: String,
    /// `zoom/lat/lng` at the start.
    pub view: Option<String>,
    /// Two fingers or Ctrl are needed to move it, so that the page can be scrolled over it.
    pub cooperative: bool,
    /// Restrictions come as vector tiles.
    pub tiled: bool,
}

/// What a map tells. Each closure lives as long as its map.
pub struct Events {
    /// Identifiers under a click, separated by commas; empty for none.
    pub select: Closure<dyn FnMut(String)>,
    /// Identifier under the pointer; empty for none.
    pub hover: Closure<dyn FnMut(String)>,
    /// Bounds (west, south, east, north) and view after a move.
    pub moved: Closure<dyn FnMut(f64, f64, f64, f64, String)>,
    /// Longitude and latitude of a click.
    pub point: Closure<dyn FnMut(f64, f64)>,
    /// GeoJSON geometry that was drawn, or `null`.
    pub draw: Closure<dyn FnMut(String)>,
}

/// Creates a map; `trouble` is told the sources whose tiles cannot be had, separated by commas.
///
/// # Errors
/// What the browser said: no network, no WebGL.
pub async fn create(
    container: &HtmlElement,
    options: &Options,
    events: &Events,
    trouble: &Closure<dyn FnMut(String)>,
) -> Result<MapHandle, JsValue> {
    let module: MapModule = JsFuture::from(load_map()).await?.unchecked_into();
    let js_options = Object::new();
    set(&js_options, "label", &JsValue::from_str(&options.label))?;
    let base = Object::new();
    set(&base, "description", &JsValue::from_str("/api/map/base.json"))?;
    set(&base, "tiles", &JsValue::from_str("/api/map/base/{z}/{x}/{y}.mvt"))?;
    set(&js_options, "base", &base)?;
    set(&js_options, "view", &options.view.as_deref().map_or(JsValue::UNDEFINED, JsValue::from_str))?;
    set(&js_options, "cooperative", &JsValue::from_bool(options.cooperative))?;
    set(&js_options, "tiled", &JsValue::from_bool(options.tiled))?;
    let js_events = Object::new();
    set(&js_events, "select", function(&events.select))?;
    set(&js_events, "hover", function(&events.hover))?;
    set(&js_events, "move", function(&events.moved))?;
    set(&js_events, "point", function(&events.point))?;
    set(&js_events, "draw", function(&events.draw))?;
    set(&js_events, "trouble", function(trouble))?;
    module.create(container, &js_options, &js_events)
}

/// The GeoJSON text of the lines, or of the areas, of the file that was chosen.
///
/// # Errors
/// What is wrong with the file, in French.
pub async fn read_shapes(input: &HtmlInputElement, areas: bool) -> Result<String, String> {
    let said = |error: JsValue| {
        let message = Reflect::get(&error, &JsValue::from_str("message")).ok().and_then(|text| text.as_string());
        message.unwrap_or_else(|| "Ce fichier ne peut pas être lu.".to_owned())
    };
    let module: MapModule = JsFuture::from(load_map()).await.map_err(said)?.unchecked_into();
    let text = JsFuture::from(module.read_shapes(input, areas)).await.map_err(said)?;
    Ok(text.as_string().unwrap_or_default())
}

fn function<T: ?Sized>(closure: &Closure<T>) -> &JsValue {
    let function: &Function = closure.as_ref().unchecked_ref();
    function
}

fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(object, &JsValue::from_str(name), value).map(drop)
}
