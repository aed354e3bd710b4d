//! How many samples of an MP4 track an encoder put before the sound, as its edit list states (ISO/IEC
//! 14496-12, boxes `edts` and `elst`). It reads nothing else of the format.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// More than any encoder's delay: a larger edit cuts content, which is somebody else's business.
const LONGEST: u64 = 8_192;
/// Boxes looked at in one list, so that a hostile file cannot keep us here.
const MOST_BOXES: usize = 10_000;

/// A box: its kind and where its content lies.
#[derive(Clone, Copy)]
struct Area {
    kind: [u8; 4],
    start: u64,
    end: u64,
}

/// The delay of track number `track`, in units of its own time scale (samples, for sound).
/// `None` where the file has no such statement or is no MP4.
pub(crate) fn mp4_delay(path: &Path, track: u32) -> Option<u64> {
    let mut file = File::open(path).ok()?;
    let end = file.seek(SeekFrom::End(0)).ok()?;
    let file_area = Area { kind: *b"file", start: 0, end };
    let movie = inside(&mut file, file_area, *b"moov")?;
    let tracks = children(&mut file, movie).ok()?;
    let wanted = tracks.into_iter().filter(|area| area.kind == *b"trak");
    let wanted = wanted.into_iter().find(|area| number(&mut file, *area) == Some(track))?;
    let edits = inside(&mut file, wanted, *b"edts")?;
    let list = inside(&mut file, edits, *b"elst")?;
    first_edit(&mut file, list).filter(|&delay| delay <= LONGEST)
}

/// The boxes that lie directly in `area`.
fn children(file: &mut File, area: Area) -> io::Result<Vec<Area>> {
    let mut boxes = Vec::new();
    let mut at = area.start;
    while at + 8 <= area.end && boxes.len() < MOST_BOXES {
        file.seek(SeekFrom::Start(at))?;
        let head: [u8; 8] = take(file)?;
        let [a, b, c, d, kind @ ..] = head;
        let (length, content) = match u32::from_be_bytes([a, b, c, d]) {
            0 => (area.end - at, at + 8),
            1 => (u64::from_be_bytes(take(file)?), at + 16),
            length => (u64::from(length), at + 8),
        };
        let end = at.saturating_add(length).min(area.end);
        if end < content {
            break;
        }
        boxes.push(Area { kind, start: content, end });
        at = end;
    }
    Ok(boxes)
}

fn inside(file: &mut File, area: Area, kind: [u8; 4]) -> Option<Area> {
    children(file, area).ok()?.into_iter().find(|child| child.kind == kind)
}

/// The track number that a `trak` box's header states.
fn number(file: &mut File, track: Area) -> Option<u32> {
    let header = inside(file, track, *b"tkhd")?;
    file.seek(SeekFrom::Start(header.start)).ok()?;
    let [version, ..] = take::<4>(file).ok()?;
    let dates = if version == 1 { 16 } else { 8 };
    file.seek(SeekFrom::Current(dates)).ok()?;
    take(file).ok().map(u32::from_be_bytes)
}

/// Where the first edit that is not a pause starts in the track.
fn first_edit(file: &mut File, list: Area) -> Option<u64> {
    file.seek(SeekFrom::Start(list.start)).ok()?;
    let [version, ..] = take::<4>(file).ok()?;
    let count = u32::from_be_bytes(take(file).ok()?).min(MOST_BOXES as u32);
    (0..count).map_while(|_| edit(file, version).ok()).find_map(|start| u64::try_from(start).ok())
}

/// Reads one edit: its start in the track, -1 for a pause.
fn edit(file: &mut File, version: u8) -> io::Result<i64> {
    let start = if version == 1 {
        take::<8>(file)?;
        i64::from_be_bytes(take(file)?)
    } else {
        take::<4>(file)?;
        i64::from(i32::from_be_bytes(take(file)?))
    };
    take::<4>(file)?;
    Ok(start)
}

fn take<const N: usize>(file: &mut File) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
