//! Finding things as people do who see or hear the page: by role and accessible name, as Chromium itself computes them,
//! inside a region or a dialog. A locator is a description; it is looked up anew whenever it is used, and waits.

use std::time::Instant;

use fantoccini::elements::Element;
use serde_json::{Value, json};

use crate::page::PATIENCE;
use crate::{Outcome, Page, Trouble, trouble};

/// Roles of what the design calls regions: landmarks of any kind.
const REGIONS: [&str; 8] = [
    "region",
    "complementary",
    "navigation",
    "main",
    "banner",
    "contentinfo",
    "form",
    "search",
];
const DIALOGS: [&str; 2] = ["dialog", "alertdialog"];
const FIELDS: [&str; 10] = [
    "textbox",
    "searchbox",
    "combobox",
    "listbox",
    "spinbutton",
    "slider",
    "checkbox",
    "radio",
    "switch",
    "radiogroup",
];

/// A description of one thing on the page.
#[derive(Clone)]
pub struct Locator {
    page: Page,
    steps: Vec<Step>,
}

/// One step inwards.
#[derive(Clone, Debug)]
enum Step {
    /// A thing of one of these roles with exactly this accessible name.
    Named { roles: Vec<String>, name: String },
    /// A thing that a selector matches, for what has no role of its own.
    Css(String),
}

/// What was found: DevTools' number of the node.
type Node = u64;

/// Things that others can be found in: a page, or what a locator describes.
pub trait Find {
    /// The way to here, as a page and the steps from it.
    #[doc(hidden)]
    fn start(&self) -> Locator;

    /// A thing of this ARIA role with exactly this accessible name.
    fn role(&self, role: &str, name: &str) -> Locator {
        self.start().then(Step::Named {
            roles: vec![role.to_owned()],
            name: name.to_owned(),
        })
    }

    /// A landmark: "Map", "Path", "Terminal".
    fn region(&self, name: &str) -> Locator {
        self.start().then(Step::one_of(&REGIONS, name))
    }

    /// An open dialog: "Launch instance", "Share".
    fn dialog(&self, name: &str) -> Locator {
        self.start().then(Step::one_of(&DIALOGS, name))
    }

    /// A labelled control that takes a value: "AMI", "Port".
    fn field(&self, name: &str) -> Locator {
        self.start().then(Step::one_of(&FIELDS, name))
    }

    /// A button.
    fn button(&self, name: &str) -> Locator {
        self.role("button", name)
    }

    /// A link.
    fn link(&self, name: &str) -> Locator {
        self.role("link", name)
    }

    /// What a CSS selector matches: for what has neither role nor name.
    fn css(&self, selector: &str) -> Locator {
        self.start().then(Step::Css(selector.to_owned()))
    }
}

impl Find for Page {
    fn start(&self) -> Locator {
        Locator {
            page: self.clone(),
            steps: Vec::new(),
        }
    }
}

impl Find for Locator {
    fn start(&self) -> Locator {
        self.clone()
    }
}

impl Step {
    fn one_of(roles: &[&str], name: &str) -> Self {
        Self::Named {
            roles: roles.iter().map(ToString::to_string).collect(),
            name: name.to_owned(),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Named { roles, name } => format!("{} {name:?}", roles.first().map_or("thing", String::as_str)),
            Self::Css(selector) => format!("`{selector}`"),
        }
    }
}

impl Locator {
    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// The description in words, for messages.
    #[must_use]
    pub fn text_of_itself(&self) -> String {
        self.steps.iter().map(Step::text).collect::<Vec<_>>().join(" > ")
    }

    /// How many things fit the description now, without waiting.
    pub async fn count(&self) -> Outcome<usize> {
        Ok(self.nodes().await?.len())
    }

    /// Whether something fits the description now, without waiting.
    pub async fn exists(&self) -> Outcome<bool> {
        Ok(self.count().await? > 0)
    }

    /// Waits until exactly one thing fits the description.
    pub async fn wait(&self) -> Outcome {
        self.insist("wait for", async |_| Ok(())).await
    }

    /// Waits until nothing fits the description any more.
    pub async fn wait_gone(&self) -> Outcome {
        let began = Instant::now();
        while self.exists().await? {
            if began.elapsed() > PATIENCE {
                return trouble(format!("{} is still there", self.text_of_itself()));
            }
            breathe().await;
        }
        Ok(())
    }

    /// Clicks it, once it is there, alone, and not covered.
    pub async fn click(&self) -> Outcome {
        self.insist("click", async |element| Ok(element.click().await?)).await
    }

    /// Puts the focus on it.
    pub async fn focus(&self) -> Outcome {
        self.call("this.focus()", Vec::new()).await.map(drop)
    }

    /// Replaces what the field holds, key by key.
    pub async fn fill(&self, text: &str) -> Outcome {
        self.insist("fill", async |element| Ok(element.click().await?)).await?;
        self.page.press("Ctrl+a").await?;
        if text.is_empty() {
            self.page.press("Delete").await
        } else {
            self.page.type_text(text).await
        }
    }

    /// Chooses the option with this label; where none has exactly this one, the only one that contains it. Works for a
    /// `<select>`, and for a combobox that opens a list.
    pub async fn choose(&self, label: &str) -> Outcome {
        let select = "if (!(this instanceof HTMLSelectElement)) return 'no select';\
            const tidy = text => text.replace(/\\s+/g, ' ').trim();\
            const options = [...this.options].filter(option => !option.disabled);\
            const exact = options.filter(option => tidy(option.label) === given[0]);\
            const fitting = exact.length ? exact : options.filter(option => tidy(option.label).includes(given[0]));\
            if (fitting.length !== 1) return fitting.length + ' of ' + options.map(option => tidy(option.label)).join(' | ');\
            this.focus(); this.value = fitting[0].value;\
            this.dispatchEvent(new Event('input', { bubbles: true }));\
            this.dispatchEvent(new Event('change', { bubbles: true }));\
            return 'chosen'";
        let began = Instant::now();
        loop {
            let answer = self.call(select, vec![json!(label)]).await?;
            match answer.as_str().unwrap_or_default() {
                "chosen" => return Ok(()),
                "no select" => {
                    self.click().await?;
                    return self.page.role("option", label).click().await;
                }
                options if began.elapsed() > PATIENCE => {
                    return trouble(format!("{}: {label:?} fits {options}", self.text_of_itself()));
                }
                _ => breathe().await,
            }
        }
    }

    /// Focuses it and presses keys there: "Enter", "Ctrl+Z".
    pub async fn press(&self, keys: &str) -> Outcome {
        self.focus().await?;
        self.page.press(keys).await
    }

    /// The text that is shown in it.
    pub async fn text(&self) -> Outcome<String> {
        self.insist("read", async |element| Ok(element.text().await?)).await
    }

    /// What the field holds.
    pub async fn value(&self) -> Outcome<String> {
        let value = self
            .call("return String(this.value ?? this.textContent)", Vec::new())
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// An attribute.
    pub async fn attribute(&self, name: &str) -> Outcome<Option<String>> {
        self.insist("read", async |element| Ok(element.attr(name).await?)).await
    }

    /// Waits until its text contains this.
    pub async fn wait_text(&self, part: &str) -> Outcome<String> {
        let began = Instant::now();
        loop {
            let text = self.text().await?;
            if text.contains(part) {
                return Ok(text);
            }
            if began.elapsed() > PATIENCE {
                return trouble(format!("{} does not say {part:?} but {text:?}", self.text_of_itself()));
            }
            breathe().await;
        }
    }

    /// Whether it can be used.
    pub async fn enabled(&self) -> Outcome<bool> {
        let body = "return !this.disabled && this.getAttribute('aria-disabled') !== 'true'";
        Ok(self.call(body, Vec::new()).await? == Value::Bool(true))
    }

    /// Whether it has the focus.
    pub async fn focused(&self) -> Outcome<bool> {
        Ok(self.call("return document.activeElement === this", Vec::new()).await? == Value::Bool(true))
    }

    /// Runs a function body with the thing as `this` and its arguments as `given`; answers with what it returns.
    pub async fn call(&self, body: &str, given: Vec<Value>) -> Outcome<Value> {
        let script = format!("return (function (given) {{ {body}\n}}).call(given[0], given.slice(1))");
        let page = &self.page;
        self.insist("look into", async |element| {
            let mut all = vec![serde_json::to_value(&element)?];
            all.extend(given.iter().cloned());
            page.script(&script, all).await
        })
        .await
    }

    /// Tries until it works or patience ends: the page may still be drawing, or draw the thing anew meanwhile.
    async fn insist<T>(&self, attempt: &str, work: impl AsyncFn(Element) -> Outcome<T>) -> Outcome<T> {
        let began = Instant::now();
        loop {
            let result = match self.element().await {
                Ok(element) => work(element).await,
                Err(error) => Err(error),
            };
            match result {
                Err(error) if began.elapsed() > PATIENCE => {
                    return Err(error.during(format_args!("could not {attempt} {}", self.text_of_itself())));
                }
                Err(_) => breathe().await,
                done => return done,
            }
        }
    }

    async fn element(&self) -> Outcome<Element> {
        let nodes = self.nodes().await?;
        let [node] = nodes[..] else {
            return if nodes.is_empty() {
                trouble(format!("nothing fits; there are {}", self.alternatives().await?))
            } else {
                trouble(format!("{} things fit", nodes.len()))
            };
        };
        // From DevTools' world into WebDriver's: through a variable of the page's.
        let object = self.object(node).await?;
        self.call_on(&object, "function () { globalThis.foundByTest = this }", Vec::new())
            .await?;
        let client = self.page.client().await?;
        let found = client
            .execute(
                "const it = foundByTest; delete globalThis.foundByTest; return it",
                Vec::new(),
            )
            .await?;
        Ok(Element::from_element_id(client.clone(), element_reference(&found)?))
    }

    /// The nodes that fit, following the steps from the document inwards. Every step but the last must be unique.
    async fn nodes(&self) -> Outcome<Vec<Node>> {
        let document = self.page.devtools("DOM.getDocument", json!({ "depth": 0 })).await?;
        let mut nodes: Vec<Node> = number(&document, "/root/backendNodeId").into_iter().collect();
        for step in &self.steps {
            let [node] = nodes[..] else { return Ok(Vec::new()) };
            nodes = match step {
                Step::Named { roles, name } => self
                    .named(node, roles, Some(name))
                    .await?
                    .into_iter()
                    .map(|n| n.0)
                    .collect(),
                Step::Css(selector) => self.selected(node, selector).await?,
            };
        }
        Ok(nodes)
    }

    /// What the accessibility tree holds below `node` of these roles: the nodes and their names.
    async fn named(&self, node: Node, roles: &[String], name: Option<&str>) -> Outcome<Vec<(Node, String)>> {
        let mut query = json!({ "backendNodeId": node });
        if let (Some(query), Some(name)) = (query.as_object_mut(), name) {
            query.insert("accessibleName".into(), json!(name));
        }
        let answer = self.page.devtools("Accessibility.queryAXTree", query).await?;
        let nodes = answer.get("nodes").and_then(Value::as_array).into_iter().flatten();
        let seen = nodes.filter(|node| node.get("ignored") != Some(&Value::Bool(true)));
        let text = |node: &Value, path: &str| {
            node.pointer(path)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Ok(seen
            .filter(|node| roles.contains(&text(node, "/role/value")))
            .filter_map(|node| Some((number(node, "/backendDOMNodeId")?, text(node, "/name/value"))))
            .collect())
    }

    async fn selected(&self, node: Node, selector: &str) -> Outcome<Vec<Node>> {
        let object = self.object(node).await?;
        let list =
            "function (selector) { return [...this.querySelectorAll(selector)].filter(e => e.checkVisibility()) }";
        let found = self.call_on(&object, list, vec![json!(selector)]).await?;
        let parameters = json!({ "objectId": found, "ownProperties": true });
        let properties = self.page.devtools("Runtime.getProperties", parameters).await?;
        let mut nodes = Vec::new();
        for property in properties.get("result").and_then(Value::as_array).into_iter().flatten() {
            let is_item = property
                .get("name")
                .and_then(Value::as_str)
                .is_some_and(|name| name.parse::<u32>().is_ok());
            if let (true, Some(item)) = (is_item, property.pointer("/value/objectId")) {
                let described = self
                    .page
                    .devtools("DOM.describeNode", json!({ "objectId": item }))
                    .await?;
                nodes.extend(number(&described, "/node/backendNodeId"));
            }
        }
        Ok(nodes)
    }

    /// What stands in the same place under other names, for messages.
    async fn alternatives(&self) -> Outcome<String> {
        let Some((Step::Named { roles, .. }, before)) = self.steps.split_last() else {
            return Ok("none".into());
        };
        let place = Self {
            page: self.page.clone(),
            steps: before.to_vec(),
        };
        // Not `nodes`, whose unfitting step would say nothing.
        for length in (0..=before.len()).rev() {
            let outer = Self {
                page: place.page.clone(),
                steps: before[..length].to_vec(),
            };
            if let [node] = Box::pin(outer.nodes()).await?[..] {
                let names: Vec<String> = self.named(node, roles, None).await?.into_iter().map(|n| n.1).collect();
                return Ok(format!(
                    "{names:?} in {}",
                    if length == 0 {
                        "the page".into()
                    } else {
                        outer.text_of_itself()
                    }
                ));
            }
        }
        Ok("none".into())
    }

    async fn object(&self, node: Node) -> Outcome<Value> {
        let resolved = self
            .page
            .devtools("DOM.resolveNode", json!({ "backendNodeId": node }))
            .await?;
        Ok(resolved.pointer("/object/objectId").cloned().unwrap_or_default())
    }

    async fn call_on(&self, object: &Value, function: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let arguments: Vec<Value> = arguments.into_iter().map(|value| json!({ "value": value })).collect();
        let call = json!({ "objectId": object, "functionDeclaration": function, "arguments": arguments });
        let answer = self.page.devtools("Runtime.callFunctionOn", call).await?;
        match answer
            .pointer("/exceptionDetails/exception/description")
            .and_then(Value::as_str)
        {
            Some(problem) => trouble(problem),
            None => Ok(answer.pointer("/result/objectId").cloned().unwrap_or_default()),
        }
    }
}

fn number(value: &Value, path: &str) -> Option<u64> {
    value.pointer(path).and_then(Value::as_u64)
}

/// The element in WebDriver's JSON (<https://www.w3.org/TR/webdriver2/#elements>).
fn element_reference(value: &Value) -> Outcome<fantoccini::elements::ElementRef> {
    let reference = value.get("element-6066-11e4-a52e-4f735466cecf").and_then(Value::as_str);
    let gone = || -> Trouble { std::io::Error::other("what was found is gone").into() };
    Ok(reference.map(str::to_owned).ok_or_else(gone)?.into())
}

async fn breathe() {
    tokio::time::sleep(std::time::Duration::from_millis(40)).await;
}
