//! An operation that answers in pages: all of them asked for, their items counted and merged, and the token with which one
//! goes on later, in botocore's encoding.

use crate::customised;
use crate::data::{Data, Dict, int};
use crate::fault::Fault;
use crate::jmespath::Expression;
use crate::reading;
use crate::request::{Caller, Refusal};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use stratus_model::{Operation, Pagination};

/// More than any world has: an end for a service that never stops.
const PAGES: usize = 100_000;

/// All pages of an answer.
pub struct Pages {
    pub pages: Vec<Dict>,
    /// What belongs to all pages.
    pub beside: Dict,
    /// Where the pages have their items.
    pub results: Vec<Expression>,
    /// The token with which one goes on.
    pub resume: Option<String>,
}

struct Reader<'a> {
    pagination: &'a Pagination,
    outputs: Vec<Expression>,
    more: Option<Expression>,
    results: Vec<Expression>,
}

fn expressions(texts: &[&str]) -> Result<Vec<Expression>, Fault> {
    texts
        .iter()
        .map(|text| Expression::parse(text).map_err(Fault::other))
        .collect()
}

fn search(expression: &Expression, page: &Dict) -> Result<Data, Fault> {
    expression.search(&Data::Dict(page.clone())).map_err(Fault::other)
}

/// Puts a value where a dotted path says.
pub fn set(target: &mut Dict, path: &str, value: Data) {
    match path.split_once('.') {
        None => target.set(path, value),
        Some((first, rest)) => {
            if !matches!(target.get(first), Some(Data::Dict(_))) {
                target.set(first, Data::Dict(Dict::new()));
            }
            if let Some(Data::Dict(inner)) = target.get_mut(first) {
                set(inner, rest, value);
            }
        }
    }
}

/// Asks for all pages, or for as many as `MaxItems` of the `PaginationConfig` wants.
pub fn fetch(
    operation: &'static Operation,
    pagination: &'static Pagination,
    mut params: Dict,
    caller: &mut Caller<'_>,
) -> Result<Pages, Refusal> {
    let config = match params.remove("PaginationConfig") {
        Some(Data::Dict(config)) => config,
        _ => Dict::new(),
    };
    let most = number(&config, "MaxItems")?;
    let reader = Reader {
        pagination,
        outputs: expressions(&pagination.output_tokens)?,
        more: pagination
            .more_results
            .map(Expression::parse)
            .transpose()
            .map_err(Fault::other)?,
        results: expressions(&pagination.results)?,
    };
    let (mut next, start) = begin(pagination, &config, &mut params)?;
    let Some(primary) = reader.results.first().cloned() else {
        return Err(Fault::other("An operation without results cannot be paged").into());
    };
    let mut done = Pages {
        pages: Vec::new(),
        beside: Dict::new(),
        results: reader.results.clone(),
        resume: None,
    };
    let mut total = 0;
    let mut previous: Option<Vec<(String, Data)>> = None;
    for number in 0..PAGES {
        let mut page = caller.request(params.clone())?;
        let mut skipped = 0;
        if number == 0 {
            if let Some(skip) = start {
                skipped = skip;
                reader.skip(&mut page, skipped)?;
            }
            for path in customised::non_aggregate(operation.name) {
                let value = page.get(path).cloned().unwrap_or(Data::Null);
                done.beside.set(path, value);
            }
        }
        let count = match search(&primary, &page)? {
            Data::List(items) => items.len(),
            Data::Text(text) => text.chars().count(),
            _ => 0,
        };
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if let Some(most) = most.filter(|most| total + count > *most) {
            let keep = most - total;
            truncate(&mut page, &primary, keep)?;
            next.push(("boto_truncate_amount".into(), Data::Int(keep + skipped)));
            done.pages.push(page);
            done.resume = Some(encoded(next, &pagination.input_tokens)?);
            return Ok(done);
        }
        total += count;
        next = reader.next(&page)?;
        done.pages.push(page);
        if next.iter().all(|(_, token)| *token == Data::Null) {
            return Ok(done);
        }
        if most == Some(total) {
            done.resume = Some(encoded(next, &pagination.input_tokens)?);
            return Ok(done);
        }
        if previous.as_ref() == Some(&next) {
            let tokens = Data::Dict(next.into_iter().collect()).repr();
            return Err(Fault::other(format_args!(
                "Error during pagination: The same next token was received twice: {tokens}"
            ))
            .into());
        }
        inject(&mut params, &next);
        previous = Some(next.clone());
    }
    Ok(done)
}

fn number(config: &Dict, name: &str) -> Result<Option<i64>, Fault> {
    match config.get(name) {
        None | Some(Data::Null) => Ok(None),
        Some(Data::Int(number)) => Ok(Some(*number)),
        Some(other) => int(&other.text()).map(Some).map_err(Fault::other),
    }
}

type Tokens = Vec<(String, Data)>;

/// Puts where one starts, and how much comes at a time, into the parameters: the tokens, and how many items of the first page
/// have been shown before.
fn begin(pagination: &Pagination, config: &Dict, params: &mut Dict) -> Result<(Tokens, Option<i64>), Fault> {
    let given = |name: &str| config.get(name).filter(|value| **value != Data::Null);
    let start = match given("StartingToken") {
        Some(token) => Some(starting(&token.text(), &pagination.input_tokens)?),
        None => None,
    };
    if let (Some(size), Some(limit)) = (given("PageSize"), pagination.limit) {
        params.set(limit, size.clone());
    }
    Ok(match start {
        Some((tokens, skip)) => {
            inject(params, &tokens);
            (tokens, Some(skip))
        }
        None => (Vec::new(), None),
    })
}

fn inject(params: &mut Dict, tokens: &[(String, Data)]) {
    for (name, token) in tokens {
        if *token == Data::Null || token.as_text() == Some("None") {
            params.remove(name);
        } else {
            params.set(name, token.clone());
        }
    }
}

/// Keeps the first results of a page; with a negative number, as in Python, all but so many of the last.
fn truncate(page: &mut Dict, primary: &Expression, keep: i64) -> Result<(), Fault> {
    let of = |count: usize| {
        usize::try_from(keep).unwrap_or_else(|_| {
            let left_out = usize::try_from(keep.unsigned_abs()).unwrap_or(usize::MAX);
            count.saturating_sub(left_out)
        })
    };
    let kept = match search(primary, page)? {
        Data::List(mut items) => {
            items.truncate(of(items.len()));
            Data::List(items)
        }
        Data::Text(text) => {
            let keep = of(text.chars().count());
            Data::Text(text.chars().take(keep).collect())
        }
        _ => Data::List(Vec::new()),
    };
    set(page, &primary.text, kept);
    Ok(())
}

impl Reader<'_> {
    /// Leaves out what an earlier command has shown of the first page.
    fn skip(&self, page: &mut Dict, skipped: i64) -> Result<(), Fault> {
        let skipped = usize::try_from(skipped).unwrap_or(0);
        for (at, result) in self.results.iter().enumerate() {
            let rest = match (at, search(result, page)?) {
                (0, Data::List(items)) => Data::List(items.into_iter().skip(skipped).collect()),
                (0, Data::Text(text)) => Data::Text(text.chars().skip(skipped).collect()),
                (0, _) => Data::Null,
                (_, Data::List(_)) => Data::List(Vec::new()),
                (_, Data::Text(_)) => Data::from(""),
                (_, Data::Int(_) | Data::Float(_)) => Data::Int(0),
                _ => Data::Null,
            };
            set(page, &result.text, rest);
        }
        Ok(())
    }

    fn next(&self, page: &Dict) -> Result<Vec<(String, Data)>, Fault> {
        if let Some(more) = &self.more
            && !search(more, page)?.is_true()
        {
            return Ok(Vec::new());
        }
        let mut next = Vec::new();
        for (output, input) in self.outputs.iter().zip(&self.pagination.input_tokens) {
            let token = search(output, page)?;
            let token = if token.is_true() { token } else { Data::Null };
            next.push(((*input).to_owned(), token));
        }
        Ok(next)
    }
}

fn encoded(tokens: Vec<(String, Data)>, inputs: &[&str]) -> Result<String, Fault> {
    let mut dict: Dict = Dict::new();
    // On the first page there was no token yet: it is written down as none.
    if tokens.iter().all(|(name, _)| name == "boto_truncate_amount") {
        for input in inputs {
            dict.set(input, Data::Null);
        }
    }
    for (name, token) in tokens {
        dict.set(&name, token);
    }
    Ok(BASE64.encode(Data::Dict(dict).compact(", ", ": ")))
}

type Start = (Tokens, i64);

/// What a token of ours, or a service's own, says.
fn starting(token: &str, inputs: &[&str]) -> Result<Start, Fault> {
    let decoded = BASE64
        .decode(token)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| reading::json(&text).ok());
    if let Some(Data::Dict(mut dict)) = decoded {
        let skipped = match dict.remove("boto_truncate_amount") {
            Some(Data::Int(number)) => number,
            _ => 0,
        };
        return Ok((
            dict.iter()
                .map(|(name, token)| (name.to_owned(), token.clone()))
                .collect(),
            skipped,
        ));
    }
    let mut parts: Vec<&str> = token.split("___").collect();
    let mut skipped = 0;
    if parts.len() == inputs.len() + 1 {
        match parts.pop().map(int) {
            Some(Ok(number)) => skipped = number,
            _ => parts = vec![token],
        }
    }
    if parts.len() > inputs.len() {
        return Err(Fault::other(format_args!("Bad starting token: {token}")));
    }
    let mut parts = parts.into_iter();
    let tokens = inputs.iter().map(|input| {
        let token = match parts.next() {
            None | Some("None") => Data::Null,
            Some(part) => Data::from(part),
        };
        ((*input).to_owned(), token)
    });
    Ok((tokens.collect(), skipped))
}

impl Pages {
    /// All pages as one answer.
    pub fn merged(&self) -> Result<Dict, Fault> {
        let mut whole = Dict::new();
        for page in &self.pages {
            for result in &self.results {
                let value = search(result, page)?;
                if value == Data::Null {
                    continue;
                }
                let sum = match (search(result, &whole)?, value) {
                    (Data::Null, value) => value,
                    (Data::List(mut items), Data::List(more)) => {
                        items.extend(more);
                        Data::List(items)
                    }
                    (Data::Text(text), Data::Text(more)) => Data::Text(text + &more),
                    (Data::Int(one), Data::Int(other)) => Data::Int(one.saturating_add(other)),
                    (before, _) => before,
                };
                set(&mut whole, &result.text, sum);
            }
        }
        for (name, value) in self.beside.iter() {
            merge(&mut whole, name, value);
        }
        if let Some(token) = &self.resume {
            whole.set("NextToken", Data::from(token.as_str()));
        }
        Ok(whole)
    }
}

fn merge(whole: &mut Dict, name: &str, value: &Data) {
    match (whole.get_mut(name), value) {
        (Some(Data::Dict(inside)), Data::Dict(more)) => {
            for (name, value) in more.iter() {
                merge(inside, name, value);
            }
        }
        _ => whole.set(name, value.clone()),
    }
}
