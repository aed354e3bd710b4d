//! HTML as tokens: tags, and text with its references resolved. Tolerant as browsers are: what is no tag is
//! text, what is never closed ends with the source.

/// A part of a page.
pub(super) enum Token<'a> {
    Open(Tag<'a>),
    /// Name of the closed element, lower case.
    Close(String),
    Text(String),
    /// A comment, a declaration, a script: nothing of the page.
    Nothing,
}

/// An opening tag.
pub(super) struct Tag<'a> {
    /// Lower case.
    pub(super) name: String,
    attributes: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute, references resolved.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/');
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            if rest.is_empty() {
                return None;
            }
            let (value, after) = match after.trim_start().strip_prefix('=') {
                Some(value) => attribute_value(value.trim_start()),
                None => ("", after),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(resolved(value));
            }
            rest = after;
        }
    }

    /// Whether it is of a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split_whitespace().any(|it| it == class))
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    match text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

/// The tokens of `html`. What stands in scripts, styles and the title is left out.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut tokens = Tokens { rest: html, quotes: true, tags: true };
    std::iter::from_fn(move || tokens.next())
}

struct Tokens<'a> {
    rest: &'a str,
    /// Whether quotes hold a tag together; no longer so once one was never closed.
    quotes: bool,
    /// Whether any tag may follow.
    tags: bool,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if self.tags
            && self.rest.starts_with('<')
            && let Some(token) = self.markup()
        {
            return Some(token);
        }
        let next = self.rest.bytes().skip(1).position(|byte| byte == b'<' && self.tags);
        let (text, rest) = self.rest.split_at(next.map_or(self.rest.len(), |at| at + 1));
        self.rest = rest;
        Some(Token::Text(resolved(text)))
    }

    /// The markup at the beginning; `None` where it is text.
    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = self.rest;
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.rest = comment.split_once("-->").map_or("", |(_, after)| after);
            return Some(Token::Nothing);
        }
        let inner = &rest[1..];
        let is_letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
        let closing = inner.strip_prefix('/').filter(|name| is_letter(name));
        if closing.is_none() && !is_letter(inner) && !inner.starts_with(['!', '?']) {
            return None;
        }
        let end = self.tag_end(inner)?;
        let tag = &inner[..end];
        self.rest = &inner[end + 1..];
        if let Some(name) = closing {
            let name = name[..end - 1].split(|c: char| c.is_whitespace() || c == '/').next();
            return Some(Token::Close(name.unwrap_or_default().to_ascii_lowercase()));
        }
        if !is_letter(inner) {
            return Some(Token::Nothing);
        }
        let name_end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        let name = name.to_ascii_lowercase();
        if matches!(name.as_str(), "script" | "style" | "title" | "textarea") {
            self.skip_to_end_of(&name);
            return Some(Token::Nothing);
        }
        Some(Token::Open(Tag { name, attributes }))
    }

    /// Where the tag that begins `text` is closed.
    fn tag_end(&mut self, text: &str) -> Option<usize> {
        if self.quotes {
            let mut quote = None;
            for (at, byte) in text.bytes().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(at),
                    (None, b'"' | b'\'') => quote = Some(byte),
                    (Some(open), byte) if open == byte => quote = None,
                    _ => {}
                }
            }
            self.quotes = false;
        }
        let end = text.find('>');
        self.tags = end.is_some();
        end
    }

    fn skip_to_end_of(&mut self, name: &str) {
        while let Some((_, after)) = self.rest.split_once("</") {
            self.rest = after;
            if after.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name)) {
                self.rest = after.split_once('>').map_or("", |(_, after)| after);
                return;
            }
        }
        self.rest = "";
    }
}

/// `text` with its character references resolved; what is none stays.
fn resolved(text: &str) -> String {
    const LONGEST: usize = 12;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&rest[..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// The names of U+00A0 to U+00FF, in order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg \
plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc \
Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc \
Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig \
ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash \
ugrave uacute ucirc uuml yacute thorn yuml";

const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("hellip", '…'),
    ("bull", '•'),
    ("euro", '€'),
    ("trade", '™'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
];

fn character(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal
            .map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16))
            .ok()?;
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    let other = OTHERS.iter().find(|(name, _)| *name == reference).map(|(_, c)| *c);
    let latin = || LATIN.split(' ').position(|name| name == reference);
    other.or_else(|| char::from_u32(0xa0 + u32::try_from(latin()?).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let shown = |token| match token {
            Token::Open(tag) => format!("<{}>", tag.name),
            Token::Close(name) => format!("</{name}>"),
            Token::Text(text) => text,
            Token::Nothing => String::new(),
        };
        tokens(html).map(shown).collect()
    }

    #[test]
    fn what_is_no_tag_or_reference_is_text() {
        assert_eq!(
            shown("AT&T, 3 < 5 & a<3, R&B; <b>x</b> <"),
            "AT&T, 3 < 5 & a<3, R&B; <b>x</b> <"
        );
        assert_eq!(
            shown("caf&eacute;&nbsp;&#8217;&#x2019;&yuml;&nothing;"),
            "café\u{a0}’’ÿ&nothing;"
        );
    }

    #[test]
    fn comments_scripts_styles_and_declarations_say_nothing() {
        assert_eq!(
            shown("<!DOCTYPE html><!-- <p> --><SCRIPT>'<p>'</ScRiPt><style>p{}</style>a<?x?>b"),
            "ab"
        );
    }

    #[test]
    fn a_tag_or_quote_that_is_never_closed_costs_no_more_than_itself() {
        assert_eq!(shown("<p>a <b and \"c</p><p>d</p>"), "<p>a <b><p>d</p>");
        assert_eq!(shown("one <b two"), "one <b two");
        assert_eq!(shown(&"<a ".repeat(100_000)).len(), 300_000);
    }

    #[test]
    fn attributes_are_found_in_any_dress() {
        let html = r#"<a HREF='x"&amp;' b=1/2 c data-m = "3" / =>"#;
        let Some(Token::Open(tag)) = tokens(html).next() else { panic!("a tag") };
        let value = |name| tag.attribute(name);
        assert_eq!(value("href").as_deref(), Some("x\"&"));
        assert_eq!(value("b").as_deref(), Some("1/2"));
        assert_eq!(value("c").as_deref(), Some(""));
        assert_eq!(value("data-m").as_deref(), Some("3"));
        assert_eq!(value("d"), None);
    }
}
