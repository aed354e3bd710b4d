//! The model hub, over HTTPS.

use std::io::Read;
use std::time::Duration;

use super::KnownModel;
use super::placing::{Placing, SourceError};

/// The hub's address, unless `HF_ENDPOINT` names a mirror, as the hub's own tools have it.
const HUB: &str = "https://huggingface.co";
const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(30);
/// A slower line than this is taken for a dead one.
const BYTES_A_SECOND: u64 = 50_000;

/// Fetches every file of the model.
pub(crate) fn fetch(known: &KnownModel, placing: &mut Placing) -> Result<(), SourceError> {
    let agent = agent();
    for file in known.files {
        let address = address(known, file.name);
        let patience = ANSWER + Duration::from_secs(file.bytes / BYTES_A_SECOND);
        let answer = agent
            .get(&address)
            .config()
            .timeout_recv_body(Some(patience))
            .build()
            .call()
            .map_err(|error| SourceError::new(explain(&error, &host(&address))))?;
        let mut body: Box<dyn Read> = Box::new(answer.into_body().into_reader());
        placing.append(file.name, &mut body)?;
    }
    Ok(())
}

/// The name of the host that models come from.
pub(crate) fn name() -> String {
    host(&endpoint())
}

fn endpoint() -> String {
    let mirror = std::env::var("HF_ENDPOINT").ok().filter(|mirror| !mirror.trim().is_empty());
    mirror.unwrap_or_else(|| HUB.into()).trim().trim_end_matches('/').into()
}

fn address(known: &KnownModel, file: &str) -> String {
    format!("{}/{}/resolve/{}/{file}", endpoint(), known.repository, known.revision)
}

fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).into()
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_resolve(Some(CONNECT))
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(ANSWER))
        .user_agent(concat!("readback/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

fn explain(error: &ureq::Error, host: &str) -> String {
    match error {
        ureq::Error::HostNotFound => format!("the name {host} cannot be resolved"),
        ureq::Error::StatusCode(404) => format!("{host} has no such file (404)"),
        ureq::Error::StatusCode(code) => format!("{host} answers with status {code}"),
        ureq::Error::Timeout(_) => format!("{host} does not answer in time"),
        other => format!("cannot connect to {host}: {other}"),
    }
}
