//! What is on screen as data: a link carries it (selection, panel, path question), so that a colleague sees the same.

use super::State;
use super::action::{Panel, PathQuestion, PathView, Selection};
use super::cheat::Cheat;
use serde_json::{Value as Json, json};
use std::rc::Rc;
use stratus_engine::base::ids::ResourceId;
use stratus_engine::catalog::Region;

/// The screen as JSON. What is not worth sharing (messages, dialogs) is left out.
pub fn save(state: &State) -> Json {
    let screen = &state.screen;
    let mut out = serde_json::Map::new();
    out.insert("panel".into(), json!(screen.panel.name()));
    if state.region != Region::US_EAST_1 {
        out.insert("region".into(), json!(state.region.name()));
    }
    // It is looked for in the Region that is shown.
    if let Some(Selection::Resource(region, id)) = &screen.selection
        && *region == state.region
    {
        out.insert("selected".into(), json!(id.to_string()));
    }
    if !screen.path.destination.is_empty() {
        let path = &screen.path;
        let asked = path.asked > 0;
        let mut parts = vec![
            json!(path.source),
            json!(path.destination),
            json!(path.protocol),
            json!(path.port),
            json!(asked),
        ];
        parts.extend(path.cheat.iter().map(|cheat| cheat.save()));
        out.insert("path".into(), Json::Array(parts));
    }
    Json::Object(out)
}

/// Shows what a link says; what it says wrongly is passed over.
pub fn restore(state: &mut State, screen: &Json) {
    let text = |name: &str| screen.get(name).and_then(Json::as_str);
    if let Some(region) = text("region").and_then(Region::find) {
        state.region = region;
    }
    let region = state.region;
    let panel = text("panel").and_then(Panel::find);
    let selected = text("selected")
        .and_then(ResourceId::parse)
        .map(|id| Selection::Resource(region, id));
    let path = screen.get("path").and_then(Json::as_array).map(|parts| {
        let part = |at: usize| parts.get(at).and_then(Json::as_str).unwrap_or_default().to_owned();
        let asked = u32::from(parts.get(4).and_then(Json::as_bool).unwrap_or(false));
        PathQuestion {
            source: part(0),
            destination: part(1),
            protocol: part(2),
            port: part(3),
            asked,
            cheat: parts.get(5).and_then(Cheat::restore).map(Rc::new),
        }
    });
    state.edit(|screen| {
        screen.panel = panel.unwrap_or(screen.panel);
        screen.selection = selected;
        screen.path = path.unwrap_or_default();
        screen.path_view = PathView::One;
    });
}
