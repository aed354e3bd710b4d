//! Products of a panel by the tiles of AMX: one instruction multiplies up to sixteen rows of sixteen
//! words with sixteen words of sixteen columns. Bytes are summed exactly, as by any other instruction.
//!
//! A thread is told the shapes of its tiles when these change and then keeps them: nothing else in the
//! program uses tiles.

use std::arch::asm;
use std::cell::Cell;
use std::mem::MaybeUninit;

use crate::gemm::{Rows, Sink, WIDTH, Word};
use crate::isa::Amx;
use crate::vector::LANES;

/// Most rows of a tile, and words of a row.
const SIDE: usize = 16;
/// Bytes from a step of a panel to the next.
const STRIDE: usize = 4 * WIDTH;

/// The sums of a group's rows, sixteen columns after sixteen; where lines of the cache begin.
#[repr(C, align(64))]
struct GroupSums<Sum>([MaybeUninit<[[Sum; LANES]; WIDTH / LANES]>; SIDE]);

/// A word of four bytes that tiles multiply.
pub(crate) trait TileWord: Word {
    /// What products are summed in, also four bytes.
    type Sum: Copy + Default;

    /// Computes the sums of one group of rows, and writes `WIDTH` of them for each row, `stride` apart.
    ///
    /// # Safety
    /// This thread's tiles must have the shapes of the group, which must point to what its fields say.
    /// There must be room for the sums of its rows.
    unsafe fn multiply_group(group: &Group, sums: *mut Self::Sum, stride: usize);
}

/// Up to sixteen rows to multiply with a panel.
pub(crate) struct Group {
    /// The first row, and the bytes from one to the next.
    rows: *const u8,
    row_stride: usize,
    /// The first step of the panel, whose tiles are as wide as itself.
    panel: *const u8,
    /// How many times sixteen steps there are, and how many more after that.
    whole: usize,
    rest: usize,
}

/// What `ldtilecfg` reads: tiles 0 to 3 are sums, 4 and 6 rows, 5 and 7 steps; the last two for what
/// remains of sixteen steps.
#[repr(C, align(64))]
struct Shapes {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    bytes: [u16; 16],
    rows: [u8; 16],
}

impl Shapes {
    /// For groups of `rows` rows, at least one, and `rest` steps that remain.
    fn new(rows: usize, rest: usize) -> Self {
        let (rows, side) = (rows as u8, SIDE as u8);
        // A tile cannot be without rows; where nothing remains, it is not used.
        let rest = rest.max(1) as u8;
        let mut shapes =
            Self { palette: 1, start_row: 0, reserved: [0; 14], bytes: [0; 16], rows: [0; 16] };
        shapes.bytes[..8].copy_from_slice(&[64, 64, 64, 64, 64, 64, 4 * u16::from(rest), 64]);
        shapes.rows[..8].copy_from_slice(&[rows, rows, rows, rows, rows, side, rows, rest]);
        shapes
    }
}

/// Gives this thread's tiles their shapes, unless they have them: doing it takes as long as a few
/// products.
#[inline(always)]
fn shape(_: Amx, rows: usize, rest: usize) {
    thread_local! {
        static SHAPED: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    }
    SHAPED.with(|shaped| {
        if shaped.get() != (rows, rest) {
            let shapes = Shapes::new(rows, rest);
            // SAFETY: the proof says that there are tiles. Reads the 64 bytes of `shapes`, which are
            // valid ones of palette 1, and changes nothing but tiles, which no compiled code knows of.
            unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const shapes, options(nostack)) };
            shaped.set((rows, rest));
        }
    });
}

/// `rows · panel`, rows of `depth` words, into `out`, in near-equal groups of at most sixteen rows. A
/// row's sums do not depend on what is in its group.
///
/// # Panics
/// When the panel is not packed in a tile as wide as itself.
#[inline(always)]
pub(crate) fn multiply_tiles<W: TileWord, S: Sink<W::Sum>>(
    amx: Amx,
    rows: Rows<W>,
    panel: &[W],
    depth: usize,
    mut out: S,
) {
    const { assert!(size_of::<W>() == 4 && size_of::<W::Sum>() == 4, "words of four bytes") };
    assert!(panel.len() == depth * WIDTH && W::tile_width() == WIDTH, "a panel in one tile");
    let mut sums = GroupSums::<W::Sum>([const { MaybeUninit::uninit() }; SIDE]);
    let mut first = 0;
    for groups in (1..=rows.count().div_ceil(SIDE)).rev() {
        let count = (rows.count() - first).div_ceil(groups);
        // Every row's words must be there, of which the last come last.
        let _ = rows.row(first + count - 1, depth);
        let group = Group {
            rows: rows.row(first, depth).as_ptr().cast(),
            row_stride: 4 * rows.stride(),
            panel: panel.as_ptr().cast(),
            whole: depth / SIDE,
            rest: depth % SIDE,
        };
        let place = out.place(first, count);
        let stored = place.is_some();
        let (place, stride) =
            place.map_or((sums.0.as_mut_ptr().cast(), WIDTH), |(place, stride)| {
                assert!(place.len() >= (count - 1) * stride + WIDTH, "room for all sums");
                (place.as_mut_ptr(), stride)
            });
        shape(amx, count, depth % SIDE);
        // SAFETY: tiles were just given the shapes of this group: `count` rows of `depth` words lie
        // `row_stride` bytes apart, and the panel has `depth` steps of `WIDTH` words. `sums` has room for
        // `SIDE` rows of sums, which `count` does not exceed, and the place for `count`, as was just seen.
        unsafe { W::multiply_group(&group, place, stride) };
        if !stored {
            for (row, sums) in (first..).zip(&sums.0[..count]) {
                // SAFETY: the sums of the group's rows were written.
                let sums = unsafe { sums.assume_init_ref() };
                for (vector, sums) in sums.iter().enumerate() {
                    out.take(row, vector * LANES, *sums);
                }
            }
        }
        first += count;
    }
}

/// Adds the products of a tile of rows, loaded to `$rows`, with the tile of each sixteen columns, loaded to
/// `$columns` one after the other.
macro_rules! multiply_step {
    ($multiply:literal, $rows:literal, $columns:literal) => {
        concat!(
            "tileloadd ",
            $rows,
            ", [{rows} + {row_stride}]\n",
            multiply_step!($multiply, "tmm0", $rows, $columns, "0"),
            multiply_step!($multiply, "tmm1", $rows, $columns, "64"),
            multiply_step!($multiply, "tmm2", $rows, $columns, "128"),
            multiply_step!($multiply, "tmm3", $rows, $columns, "192"),
        )
    };
    ($multiply:literal, $sums:literal, $rows:literal, $columns:literal, $at:literal) => {
        concat!(
            "tileloadd ",
            $columns,
            ", [{panel} + {stride} + ",
            $at,
            "]\n",
            $multiply,
            " ",
            $sums,
            ", ",
            $rows,
            ", ",
            $columns,
            "\n",
        )
    };
}

/// The body of [`TileWord::multiply_group`] with the instruction that multiplies two tiles.
macro_rules! multiply_group {
    ($group:ident, $sums:ident, $sums_stride:ident, $multiply:literal) => {
        // SAFETY: reads of each row 64 bytes `whole` times and the rest's, and of the panel `STRIDE`
        // bytes for each step; writes `STRIDE` bytes of sums for as many rows as the tiles have. Touches no
        // other memory, and no register that is not named but tiles, which compiled code does not use.
        unsafe {
            asm!(
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "test {whole}, {whole}",
                "jz 3f",
                "2:",
                multiply_step!($multiply, "tmm4", "tmm5"),
                "add {rows}, 64",
                "add {panel}, 4096",
                "dec {whole}",
                "jnz 2b",
                "3:",
                "test {rest}, {rest}",
                "jz 4f",
                multiply_step!($multiply, "tmm6", "tmm7"),
                "4:",
                "tilestored [{sums} + {sums_stride}], tmm0",
                "tilestored [{sums} + {sums_stride} + 64], tmm1",
                "tilestored [{sums} + {sums_stride} + 128], tmm2",
                "tilestored [{sums} + {sums_stride} + 192], tmm3",
                rows = inout(reg) $group.rows => _,
                row_stride = in(reg) $group.row_stride,
                panel = inout(reg) $group.panel => _,
                stride = in(reg) STRIDE,
                whole = inout(reg) $group.whole => _,
                rest = in(reg) $group.rest,
                sums = in(reg) $sums,
                sums_stride = in(reg) $sums_stride * 4,
                options(nostack),
            );
        }
    };
}

impl TileWord for [u8; 4] {
    type Sum = i32;

    #[inline]
    unsafe fn multiply_group(group: &Group, sums: *mut i32, stride: usize) {
        multiply_group!(group, sums, stride, "tdpbusd");
    }
}

impl TileWord for [u16; 2] {
    type Sum = f32;

    #[inline]
    unsafe fn multiply_group(group: &Group, sums: *mut f32, stride: usize) {
        multiply_group!(group, sums, stride, "tdpbf16ps");
    }
}
