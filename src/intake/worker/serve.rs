//! The worker: files in by stdin, cells out by stdout, until stdin ends.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::mpsc;

use super::frame::{self, Kind};
use super::report::{Asked, Refused, Sheet, properties};
use super::{CAPS, confine};
use crate::intake::compact::Compact;
use crate::intake::open;
use crate::model::{Refusal, Workbook};

/// Cells are sent when so many bytes of them are there.
const PIECE: usize = 64 * 1024;

/// Reads the files that come by stdin until it ends, as it does when the one who asks is gone.
pub fn serve() -> ExitCode {
    let (give, take) = mpsc::sync_channel(0);
    // The end of stdin is seen while a file is read: nothing outlives the one who asks.
    let listening = move || {
        let mut stdin = io::stdin().lock();
        while let Ok(request) = request(&mut stdin) {
            if give.send(request).is_err() {
                break;
            }
        }
        std::process::exit(0)
    };
    let ready = confine::memory(CAPS.memory).and_then(|()| std::thread::Builder::new().spawn(listening));
    if ready.is_err() {
        return ExitCode::FAILURE;
    }
    let mut stdout = io::stdout().lock();
    while let Ok((asked, bytes)) = take.recv() {
        if answer(&asked, bytes, &mut stdout).and_then(|()| stdout.flush()).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

fn request(from: &mut impl io::Read) -> io::Result<(Asked, Vec<u8>)> {
    let (_, asked) = frame::read(from, usize::MAX)?;
    let (_, bytes) = frame::read(from, usize::MAX)?;
    Ok((serde_json::from_slice(&asked)?, bytes))
}

/// Reads one file.
///
/// # Errors
/// When the one who asked is gone.
pub fn answer(asked: &Asked, bytes: Vec<u8>, to: &mut impl Write) -> io::Result<()> {
    let told = open::here(&asked.name, asked.format, bytes).map(|workbook| tell(workbook, to));
    match told {
        Ok(Ok(told)) => told,
        Ok(Err(refusal)) | Err(refusal) => {
            frame::write(to, Kind::Refused, &serde_json::to_vec(&Refused::new(&refusal))?)
        }
    }
}

/// Sends every sheet. Outside, whether the file could be read; inside, whether what was read could be sent.
fn tell(mut workbook: Box<dyn Workbook + Send>, to: &mut impl Write) -> Result<io::Result<()>, Refusal> {
    let seen = workbook.sheets().to_vec();
    for (sheet, seen) in seen.iter().enumerate() {
        let mut cells = Compact::default();
        let mut sent = Ok(());
        let hidden = workbook.cells(sheet, &mut |cell| {
            cells.push(cell);
            if cells.bytes().len() >= PIECE {
                sent = frame::write(to, Kind::Cells, cells.bytes());
                cells.clear();
            }
            if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let merged = workbook.merged(sheet)?;
        let whole = sent.and_then(|()| {
            frame::write(to, Kind::Cells, cells.bytes())?;
            frame::write(to, Kind::Sheet, &serde_json::to_vec(&Sheet::new(seen, hidden, &merged))?)
        });
        if whole.is_err() {
            return Ok(whole);
        }
    }
    let properties = serde_json::to_vec(&properties(workbook.as_ref())).map_err(io::Error::from);
    Ok(properties.and_then(|properties| frame::write(to, Kind::Book, &properties)))
}
