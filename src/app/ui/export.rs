//! A drawing as a file: as it is (SVG), or painted by the browser (PNG). The picture comes from a blob of this
//! page, which the content security policy allows; nothing is fetched from anywhere.

use super::download;
use super::sheet::{self, Drawing};
use crate::session::action::ToastKind;
use crate::session::{Action, Toast, use_ctx};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Url};
use yew::prelude::*;

/// Pixels of the PNG to a CSS pixel.
const SCALE: u32 = 2;

#[wasm_bindgen]
extern "C" {
    /// A picture that is not in the document.
    #[wasm_bindgen(js_name = Image)]
    type Picture;
    #[wasm_bindgen(constructor, js_class = "Image", catch)]
    fn new() -> Result<Picture, JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_src(this: &Picture, address: &str);
    #[wasm_bindgen(method, catch)]
    async fn decode(this: &Picture) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = HTMLCanvasElement)]
    type Canvas;
    #[wasm_bindgen(method, setter)]
    fn set_width(this: &Canvas, pixels: u32);
    #[wasm_bindgen(method, setter)]
    fn set_height(this: &Canvas, pixels: u32);
    #[wasm_bindgen(method, js_name = getContext)]
    fn context(this: &Canvas, kind: &str) -> Option<Brush>;
    #[wasm_bindgen(method, js_name = toBlob, catch)]
    fn to_blob(this: &Canvas, done: &js_sys::Function, media_type: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(js_name = CanvasRenderingContext2D)]
    type Brush;
    #[wasm_bindgen(method, js_name = drawImage, catch)]
    fn draw(this: &Brush, picture: &Picture, x: f64, y: f64, width: f64, height: f64) -> Result<(), JsValue>;
}

/// Properties of [`Export`].
#[derive(Properties, PartialEq)]
pub struct ExportProps {
    /// What is exported, for those who hear it: "the path".
    pub of: AttrValue,
    /// The file's name without its ending; characters that not every system takes are replaced.
    pub name: AttrValue,
    /// Draws it as it is now.
    pub draw: Callback<(), Drawing>,
}

/// The two files.
#[component]
pub fn Export(props: &ExportProps) -> Html {
    let ctx = use_ctx();
    let svg = {
        let (draw, name) = (props.draw.clone(), file(&props.name, "svg"));
        Callback::from(move |_: MouseEvent| download::save(&name, "image/svg+xml", draw.emit(()).svg.as_bytes()))
    };
    let png = {
        let (ctx, draw, name) = (ctx.clone(), props.draw.clone(), file(&props.name, "png"));
        Callback::from(move |_: MouseEvent| {
            let (ctx, drawing, name) = (ctx.clone(), draw.emit(()), name.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match painted(&drawing).await {
                    Some(blob) => download::save_blob(&name, &blob),
                    None => ctx.act(Action::Toast(Toast::new(
                        ToastKind::Bad,
                        "No PNG",
                        "This browser could not paint the drawing. The SVG holds the same picture.",
                    ))),
                }
            });
        })
    };
    html! {
        <div class="row export" role="group" aria-label={format!("Export {}", props.of)}>
            <span class="soft">{ "Export" }</span>
            <button class="btn" onclick={svg} aria-label="Export as SVG">{ "SVG" }</button>
            <button class="btn" onclick={png} aria-label="Export as PNG">{ "PNG" }</button>
        </div>
    }
}

fn file(name: &str, ending: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    format!("{}.{ending}", name.chars().map(plain).take(80).collect::<String>())
}

/// The drawing as PNG; `None` where the browser refuses a step of it.
async fn painted(drawing: &Drawing) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let parts = js_sys::Array::of1(&JsValue::from_str(&drawing.svg));
    let source = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&source).ok()?;
    let blob = paint(&address, u32::try_from(drawing.height).ok()?).await;
    let _ = Url::revoke_object_url(&address);
    blob
}

async fn paint(address: &str, height: u32) -> Option<Blob> {
    let picture = Picture::new().ok()?;
    picture.set_src(address);
    picture.decode().await.ok()?;
    let (width, height) = (u32::try_from(sheet::WIDTH).ok()? * SCALE, height * SCALE);
    let element = gloo::utils::document().create_element("canvas").ok()?;
    let canvas = element.dyn_into::<Canvas>().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let brush = canvas.context("2d")?;
    brush
        .draw(&picture, 0.0, 0.0, f64::from(width), f64::from(height))
        .ok()?;
    let promise = js_sys::Promise::new(&mut |done, fail| {
        if canvas.to_blob(&done, "image/png").is_err() {
            let _ = fail.call0(&JsValue::NULL);
        }
    });
    let blob = wasm_bindgen_futures::JsFuture::from(promise).await.ok()?;
    blob.dyn_into::<Blob>().ok()
}
