//! What is the same when spoken, and what is not.

use super::*;

fn english(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let tokens = tokens(&words, "en");
    tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Every text in the row gives the tokens that stand first.
fn same(rows: &[&[&str]]) {
    for row in rows {
        for text in &row[1..] {
            assert_eq!(english(text), row[0], "from {text:?}");
        }
    }
}

#[test]
fn case_quotes_dashes_and_accents_are_not_heard() {
    same(&[
        &["the cafe was carvalho's", "The café was Carvalho’s.", "“The cafe, – was CARVALHO'S”"],
        &["all out war", "all-out war", "all‑out, war!", "All out ... war"],
        &["hello", "'hello'", "‘Hello’", "hel\u{ad}lo", "hel\u{200b}lo"],
        &["", "—", "-- ... ♪ ***", "’"],
        &["workers pay", "workers' pay"],
        &["strasse naive", "straße naïve"],
        &["and or", "and/or", "& or"],
    ]);
}

#[test]
fn cardinals_read_alike_in_words_in_digits_and_mixed() {
    same(&[
        &[
            "43000",
            "43,000",
            "43000",
            "forty-three thousand",
            "forty three thousand",
            "43 thousand",
        ],
        &["100", "a hundred", "one hundred", "100"],
        &["205", "two hundred and five", "two hundred five"],
        &["2500", "twenty-five hundred", "2,500", "two thousand five hundred", "25 hundred"],
        &["250000", "two hundred and fifty thousand", "250 thousand"],
        &["1234567", "one million, two hundred thirty-four thousand five hundred and sixty-seven"],
        &["1000000", "a million", "one million", "1 million"],
        &["500000", "half a million"],
        &["1 of 2", "one of two"],
        &["0", "zero"],
    ]);
}

#[test]
fn numbers_that_only_stand_together_stay_apart() {
    same(&[
        &["1 2 3", "one two three", "1 2 3", "one, two, three"],
        &["100 and 200", "one hundred and two hundred"],
        &["1000 and 2000", "one thousand and two thousand"],
        &["in 2000 19 people", "in 2000 nineteen people"],
        &["20 30 people", "twenty, thirty people", "20 30 people"],
        &["9 a hundred", "nine. a. hundred"],
        &["several hundred thousand", "several hundred thousand"],
        &["this point 5 people", "this point five people"],
    ]);
}

#[test]
fn decimals_are_exact() {
    same(&[
        &["18.5", "18.5", "eighteen point five"],
        &["2400000", "2.4 million", "two point four million"],
        &["0.25", ".25", "zero point two five", "0.25", "zero point twenty-five"],
        &["2.0", "two point oh", "2.0"],
        &["1234567.89", "1.23456789 million", "1,234,567.89"],
        &["minus 5", "-5", "minus five", "−5"],
    ]);
}

#[test]
fn years_and_times_read_in_halves_are_one_number() {
    same(&[
        &["1998", "1998", "nineteen ninety-eight", "nineteen ninety eight"],
        &["2009", "2009", "two thousand nine", "two thousand and nine", "twenty oh nine"],
        &["1905", "nineteen oh five", "nineteen hundred and five"],
        &["2022", "twenty twenty-two"],
        &["1990s", "1990s", "nineteen nineties", "1990's"],
        &["90s", "nineties", "’90s", "'90s"],
        &["730 pm", "7:30 p.m.", "seven thirty pm", "seven-thirty P.M."],
        &["7 pm", "7 PM", "seven p.m."],
        &["7:00 pm", "7:00 PM", "7:00 p.m."],
        &["705", "7:05", "seven oh five"],
    ]);
}

#[test]
fn ordinals_and_units_follow_the_number() {
    same(&[
        &["9th", "9th", "ninth", "NINTH."],
        &["21st", "twenty-first", "21st"],
        &["101st", "one hundred and first", "101st"],
        &["100th", "hundredth", "one hundredth", "100th"],
        &["6 year old", "6-year-old", "six-year-old"],
        &["5 percent", "5%", "five per cent", "5 percent"],
        &["10 kilometers", "10km", "ten kilometres", "10 km"],
        &["60 miles per hour", "60 mph", "sixty miles per hour", "60mph"],
        &["20 degrees celsius", "20°C", "twenty degrees Celsius"],
        &["number 5", "No. 5", "#5", "number five"],
        &["covid 19", "COVID-19", "covid nineteen"],
    ]);
}

#[test]
fn money_is_an_amount_and_a_currency() {
    same(&[
        &[
            "2400000 dollars",
            "$2.4 million",
            "2.4 million dollars",
            "two point four million dollars",
            "$2.4m",
        ],
        &["85 dollars", "$85", "85 dollars", "eighty-five dollars"],
        &["18.50 dollars", "$18.50", "eighteen dollars and fifty cents"],
        &["50 cents", "$0.50", "50¢", "fifty cents"],
        &["5 dollars bill", "$5 bill", "five-dollar bill"],
        &["3000000000 euros", "€3bn", "three billion euros"],
        &["5 us dollars", "US$5", "five US dollars"],
        &["5 dollars k", "$5 k"],
    ]);
}

#[test]
fn contractions_and_their_long_forms_are_the_same() {
    same(&[
        &["it is", "it's", "It is", "it’s"],
        &["do not", "don't", "do not"],
        &["will not", "won't", "will not"],
        &["can not", "can't", "cannot", "can not"],
        &["i am we have they will", "I'm we've they'll"],
        &["let us", "let's"],
        &["going to want to got to", "gonna wanna gotta"],
        &["would not have", "wouldn't've"],
        &["he'd dog's ain't its", "he'd dog's ain't its"],
        &["tell them until", "tell 'em 'til"],
    ]);
}

#[test]
fn titles_and_abbreviations_have_one_form() {
    same(&[
        &["mr smith dr who mrs x", "Mr. Smith Doctor Who Missus X", "Mister Smith Dr. Who Mrs. X"],
        &["us", "U.S.", "US", "U. S.", "U S", "u.s."],
        &["un chief", "U.N. chief", "UN chief", "U. N. chief"],
        &["us's", "U.S.'s"],
        &["general smith", "Gen. Smith", "Gen Smith", "General Smith"],
        &["gen z", "Gen Z"],
        &["ok", "OK", "okay", "O.K.", "ok"],
        &["a vs b etc", "a vs. b etc.", "a versus b et cetera"],
        &["plan b i went", "Plan B I went"],
        &["st paul", "St. Paul", "Saint Paul"],
        &["phd", "Ph.D.", "PhD"],
        &["npr dot org", "npr.org", "NPR dot org"],
        &["jd vance", "J.D. Vance", "JD Vance", "J. D. Vance"],
    ]);
}

#[test]
fn spelling_variants_have_one_form() {
    same(&[
        &[english("color").as_str(), "colour", "color"],
        &["alright", "all right", "alright"],
        &["until towards", "till toward"],
        &["email website healthcare nonprofit", "e-mail web site health care non-profit"],
        &["airplane mom", "aeroplane mum"],
        &["chile", "Chile"],
    ]);
}

#[test]
fn hesitations_are_fillers_but_emergency_rooms_are_not() {
    let kinds =
        |word: &str| tokens(&[word], "en").iter().map(|token| token.kind).collect::<Vec<_>>();
    for filler in ["um", "Uh,", "mm-hmm.", "uh-huh", "Er..."] {
        assert_eq!(kinds(filler), [TokenKind::Filler], "{filler}");
    }
    assert_eq!(kinds("ER"), [TokenKind::Word]);
    assert_eq!(english("5 mm"), "5 millimeters");
}

#[test]
fn tokens_say_which_words_they_stand_for() {
    let of = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        tokens(&words, "en").into_iter().map(|token| (token.text, token.words)).collect::<Vec<_>>()
    };
    let owned = |pairs: &[(&str, Range<usize>)]| {
        pairs.iter().map(|(text, words)| ((*text).to_owned(), words.clone())).collect::<Vec<_>>()
    };
    assert_eq!(
        of("an all-out forty three thousand — U. N."),
        owned(&[("an", 0..1), ("all", 1..2), ("out", 1..2), ("43000", 2..5), ("un", 6..8)])
    );
    assert_eq!(of("$2.4 million"), owned(&[("2400000", 0..2), ("dollars", 0..2)]));
}

#[test]
fn other_languages_keep_their_accents_and_cut_unspaced_scripts_into_characters() {
    let of = |text: &str, language: &str| {
        tokens(&[text], language).into_iter().map(|token| token.text).collect::<Vec<_>>()
    };
    assert_eq!(of("L’Été,", "fr"), ["l", "été"]);
    assert_eq!(of("ＡＢ東京へ", "ja"), ["ab", "東", "京", "へ"]);
    assert_eq!(of("한국어", "ko"), ["한국어"]);
    assert_eq!(of("हिन्दी", "hi"), ["हिन्दी"]);
}

#[test]
fn sides_cut_differently_are_equal_when_joined() {
    let of = |text: &str| tokens(&text.split(' ').collect::<Vec<_>>(), "en");
    assert!(joined_equal(&of("snowplow"), &of("snow plough")));
    assert!(joined_equal(&of("nine one one"), &of("911")));
    assert!(!joined_equal(&of("sea"), &of("see")));
    assert!(!joined_equal(&[], &[]));
}

#[test]
fn an_amount_is_one_wherever_it_is_cut_into_words() {
    let of = |words: &[&str]| tokens(words, "en");
    let rows: [(&[&str], &[&[&str]]); 5] = [
        (
            &["$1.1", "million"],
            &[&["$1.", "1", "million"], &["$1", ".1", "million"], &["$1.", "1 million"]],
        ),
        (
            &["two", "point", "five", "million", "dollars"],
            &[&["$2.", "5", "million"], &["$2", ".5 million"]],
        ),
        (&["$43,000"], &[&["$43,", "000"], &["$43", ",000"]]),
        (&["10:30"], &[&["10:", "30"], &["10", ":30"], &["ten", "thirty"]]),
        (&["10%"], &[&["10", "%"], &["ten", "per", "cent"]]),
    ];
    for (whole, ways) in rows {
        for cut in ways {
            assert!(joined_equal(&of(whole), &of(cut)), "{whole:?} and {cut:?}: {:?}", of(cut));
        }
    }
    assert!(!joined_equal(&of(&["$1.1", "million"]), &of(&["$1.", "2", "million"])));
    assert!(!joined_equal(&of(&["$1.1", "million"]), &of(&["$1", "million"])));
}

#[test]
fn tokens_of_what_is_written_in_another_order_cover_all_of_it() {
    let of = |text: &str| {
        let words: Vec<&str> = text.split(' ').collect();
        tokens(&words, "en").into_iter().map(|token| (token.text, token.words)).collect::<Vec<_>>()
    };
    let owned = |pairs: &[(&str, Range<usize>)]| {
        pairs.iter().map(|(text, words)| ((*text).to_owned(), words.clone())).collect::<Vec<_>>()
    };
    assert_eq!(
        of("on the fourth of July"),
        owned(&[("on", 0..1), ("the", 1..2), ("july", 2..5), ("4th", 2..5)])
    );
    assert_eq!(of("July the fourth"), owned(&[("july", 0..1), ("4th", 1..3)]));
    assert_eq!(
        of("the Second World War"),
        owned(&[("the", 0..1), ("world", 1..4), ("war", 1..4), ("2", 1..4)])
    );
    assert_eq!(of("at half past ten"), owned(&[("at", 0..1), ("1030", 1..4)]));
}

#[test]
fn words_beside_a_sign_are_read_with_it() {
    let text = "It was 20 °C, a .45, 10 % (of it), Q & A.";
    let mut words = Vec::new();
    for word in ["It", "was", "20", "C", "a", "45", "10", "of", "it", "Q", "A"] {
        let from = words.last().map_or(0, |last: &Span| last.end);
        let at = from + text[from..].find(word).unwrap();
        words.push(Span::new(at, at + word.len()));
    }
    let tokens = tokens_within(text, &words, "en");
    let shown: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let expected = "it was 20 degrees celsius a 0.45 10 percent of it q and a";
    assert_eq!(shown.join(" "), expected);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    const VOCABULARY: &[&str] = &[
        "one",
        "two",
        "nine",
        "ten",
        "nineteen",
        "twenty",
        "ninety",
        "hundred",
        "thousand",
        "million",
        "point",
        "oh",
        "and",
        "a",
        "half",
        "first",
        "second",
        "hundredth",
        "nineties",
        "$5",
        "2.4",
        "43,000",
        "1990s",
        "dollars",
        "dollar",
        "cents",
        "percent",
        "per",
        "cent",
        "U.S.",
        "N",
        "I",
        "all",
        "right",
        "don't",
        "colour",
        "7:30",
        "-5",
        "minus",
        "web",
        "site",
        "e",
        "mail",
        "mm",
        "er",
        "km",
        "No.",
    ];

    proptest! {
        #[test]
        fn ranges_are_in_bounds_and_never_go_back(words in prop::collection::vec(any::<String>(), 0..12), language in "(en|ja|fr)") {
            let mut last = 0..0;
            for token in tokens(&words, &language) {
                prop_assert!(!token.text.is_empty());
                prop_assert!(token.words.start < token.words.end && token.words.end <= words.len());
                prop_assert!(last.start <= token.words.start && last.end <= token.words.end);
                last = token.words;
            }
        }

        #[test]
        fn tokens_of_tokens_are_the_same(words in prop::collection::vec(prop::sample::select(VOCABULARY), 0..10)) {
            let once: Vec<String> = tokens(&words, "en").into_iter().map(|token| token.text).collect();
            let twice: Vec<String> = tokens(&once, "en").into_iter().map(|token| token.text).collect();
            prop_assert_eq!(once, twice);
        }
    }
}

#[test]
fn a_number_below_a_hundred_is_spelt_out_as_it_is_read() {
    for value in 0..100 {
        let spelt = spelt_out(&value.to_string()).unwrap();
        assert_eq!(english(&spelt), value.to_string());
    }
    for ordinal in ["1st", "2nd", "13th", "20th", "42nd", "99th"] {
        let spelt = spelt_out(ordinal).unwrap();
        assert_eq!(english(&spelt), ordinal);
    }
    for other in ["100", "18.5", "1990s", "2th", ""] {
        assert_eq!(spelt_out(other), None);
    }
}
