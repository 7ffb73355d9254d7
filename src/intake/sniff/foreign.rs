//! Files that hold no table to be read: what each is, and what to do about it.

use crate::model::{Sentence, Text};
use crate::texts;

/// A file that is named for what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What it is: `một tệp PDF`.
    pub what: Text,
    remedy: &'static Text,
}

impl Foreign {
    /// What to do.
    pub fn remedy(self) -> Sentence {
        self.remedy.say()
    }
}

texts! {
    A_PDF = "một tệp PDF" / "a PDF file";
    A_WORD = "một văn bản Word" / "a Word document";
    A_RTF = "một văn bản RTF" / "an RTF document";
    AN_ODT = "một văn bản LibreOffice (ODT)" / "a LibreOffice document (ODT)";
    SOME_SLIDES = "một bản trình chiếu" / "a presentation";
    AN_ARCHIVE = "một tệp nén" / "an archive";
    AN_IMAGE = "một ảnh" / "an image";
    A_RECORDING = "một tệp âm thanh hoặc phim" / "a sound or film";
    A_MAIL = "một thư điện tử" / "an e-mail";
    A_PROGRAM = "một chương trình" / "a program";
    A_SHORTCUT = "một lối tắt (shortcut)" / "a shortcut";
    A_DATABASE = "một cơ sở dữ liệu (Access hoặc SQLite)" / "a database (Access or SQLite)";
    A_CLOUD_LINK = "một đường dẫn tới Google Trang tính" / "a link to Google Sheets";
    A_NUMBERS = "một bảng tính Apple Numbers" / "an Apple Numbers workbook";
    A_FLAT_WORKBOOK = "một bảng tính LibreOffice dạng XML (FODS)" / "a flat LibreOffice workbook (FODS)";
    A_WEB_ARCHIVE = "một trang web lưu thành một tệp (MHTML)" / "a single-file web page (MHTML)";
    A_PAGE = "một trang HTML không có bảng nào" / "an HTML page without a table";
    AN_XML = "một tệp XML không phải bảng tính" / "an XML file that is no workbook";
    A_JSON = "một tệp JSON" / "a JSON file";
    SOME_TEXT = "một tệp văn bản không có bảng" / "a plain text without a table";
    AN_OLD_WORKBOOK = "một bảng tính Excel quá cũ (trước Excel 5)" / "a workbook of an Excel older than Excel 5";
    AN_OFFICE_FILE = "một tệp Office kiểu cũ không phải bảng tính" / "an old Office file that is no workbook";
    NOTHING = "một tệp rỗng" / "an empty file";
    UNKNOWN_KIND = "một tệp không rõ loại" / "a file of unknown kind";

    SEND_ORIGINAL = "Gửi tệp bảng tính gốc (.xlsx) mà từ đó tệp này được in hoặc chụp." / "Send the workbook (.xlsx) that this was printed or photographed from.";
    COPY_TABLE = "Chép bảng vào biểu mẫu Excel trống rồi gửi tệp .xlsx." / "Copy the table into the blank Excel form and send the .xlsx file.";
    UNPACK = "Giải nén rồi bỏ từng tệp bên trong vào thư mục." / "Unpack it and put each file inside into the folder.";
    DETACH = "Mở thư, lưu tệp đính kèm vào thư mục." / "Open the mail and save the attached file into the folder.";
    TAKE_OUT = "Bỏ tệp này ra khỏi thư mục; gửi tệp bảng tính (.xlsx)." / "Take this file out of the folder; send the workbook (.xlsx).";
    SEND_TARGET = "Tìm tệp bảng tính mà lối tắt này trỏ tới rồi gửi chính tệp đó." / "Find the workbook that the shortcut points to and send that file.";
    EXPORT = "Xuất dữ liệu ra Excel (.xlsx) rồi gửi tệp đó." / "Export the data to Excel (.xlsx) and send that file.";
    DOWNLOAD = "Trong Google Trang tính chọn Tệp > Tải xuống > Microsoft Excel (.xlsx) rồi gửi tệp đó." / "In Google Sheets choose File > Download > Microsoft Excel (.xlsx) and send that file.";
    SAVE_AS_XLSX = "Mở bằng Excel, chọn Lưu thành (Save As) > Excel Workbook (.xlsx) rồi gửi lại." / "Open it in Excel, choose Save As > Excel Workbook (.xlsx) and send that.";
    SEND_AGAIN = "Gửi lại tệp bảng tính (.xlsx)." / "Send the workbook (.xlsx) again.";
}

/// Declares the kinds of files that are not read.
macro_rules! foreign {
    ($($(#[$meta:meta])* $name:ident = $what:ident, $remedy:ident;)+) => {
        $($(#[$meta])* pub const $name: Foreign = Foreign { what: $what, remedy: &$remedy };)+
    };
}

foreign! {
    /// PDF.
    PDF = A_PDF, SEND_ORIGINAL;
    /// DOC, DOCX.
    WORD = A_WORD, COPY_TABLE;
    /// RTF.
    RTF = A_RTF, COPY_TABLE;
    /// ODT.
    ODT = AN_ODT, COPY_TABLE;
    /// PPT, PPTX, ODP.
    SLIDES = SOME_SLIDES, COPY_TABLE;
    /// ZIP, RAR, 7Z, GZ and the like.
    ARCHIVE = AN_ARCHIVE, UNPACK;
    /// JPEG, PNG, HEIC and the like.
    IMAGE = AN_IMAGE, SEND_ORIGINAL;
    /// MP3, MP4 and the like.
    RECORDING = A_RECORDING, TAKE_OUT;
    /// MSG, EML.
    MAIL = A_MAIL, DETACH;
    /// EXE and the like.
    PROGRAM = A_PROGRAM, TAKE_OUT;
    /// LNK, URL.
    SHORTCUT = A_SHORTCUT, SEND_TARGET;
    /// MDB, ACCDB, SQLite.
    DATABASE = A_DATABASE, EXPORT;
    /// GSHEET.
    CLOUD_LINK = A_CLOUD_LINK, DOWNLOAD;
    /// NUMBERS.
    NUMBERS = A_NUMBERS, EXPORT;
    /// MHT.
    WEB_ARCHIVE = A_WEB_ARCHIVE, SAVE_AS_XLSX;
    /// FODS.
    FLAT_WORKBOOK = A_FLAT_WORKBOOK, EXPORT;
    /// HTML without a table; Excel's main page of several sheets is such a one.
    PAGE = A_PAGE, SAVE_AS_XLSX;
    /// XML.
    XML = AN_XML, SEND_AGAIN;
    /// JSON.
    JSON = A_JSON, TAKE_OUT;
    /// TXT.
    PROSE = SOME_TEXT, COPY_TABLE;
    /// BIFF2 to BIFF4.
    OLD_WORKBOOK = AN_OLD_WORKBOOK, SAVE_AS_XLSX;
    /// A compound file of another program.
    OFFICE = AN_OFFICE_FILE, SEND_AGAIN;
    /// No byte.
    EMPTY = NOTHING, SEND_AGAIN;
    /// Anything else.
    UNKNOWN = UNKNOWN_KIND, SEND_AGAIN;
}

/// What the first bytes of a binary file tell.
pub fn by_magic(bytes: &[u8]) -> Option<Foreign> {
    let at = |offset: usize, mark: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(mark));
    let any = |marks: &[&[u8]]| marks.iter().any(|mark| bytes.starts_with(mark));
    let starts = &bytes[..bytes.len().min(1024)];
    // Marks of plain letters may begin a text as well.
    let binary = starts.contains(&0);
    Some(match () {
        // Readers of PDF allow other bytes before its mark.
        () if starts.windows(5).any(|window| window == b"%PDF-") || any(&[b"%!PS"]) => PDF,
        () if any(&[
            b"\xFF\xD8\xFF",
            b"\x89PNG\r\n",
            b"GIF87a",
            b"GIF89a",
            b"II*\0",
            b"MM\0*",
            b"\0\0\x01\0",
            b"AT&TFORM",
        ]) =>
        {
            IMAGE
        }
        () if at(8, b"WEBP") && any(&[b"RIFF"]) => IMAGE,
        () if any(&[b"BM"]) && at(6, &[0, 0, 0, 0]) => IMAGE,
        () if at(4, b"ftyp") => match bytes.get(8..12) {
            Some(b"heic" | b"heix" | b"heif" | b"hevc" | b"mif1" | b"msf1" | b"avif") => IMAGE,
            _ => RECORDING,
        },
        () if binary && any(&[b"RIFF", b"ID3", b"OggS", b"fLaC", b"\x1A\x45\xDF\xA3", b"\xFF\xFB"]) => RECORDING,
        () if any(&[b"Rar!\x1A", b"7z\xBC\xAF", b"\x1F\x8B", b"\xFD7zXZ", b"MSCF\0", b"PK\x05\x06"]) => ARCHIVE,
        () if at(257, b"ustar") || at(4, b"1AY&SY") => ARCHIVE,
        () if any(&[b"\x4C\0\0\0\x01\x14\x02\0"]) => SHORTCUT,
        () if at(4, b"Standard Jet DB") || at(4, b"Standard ACE DB") || any(&[b"SQLite format 3\0"]) => DATABASE,
        () if binary && any(&[b"MZ", b"\x7FELF"]) => PROGRAM,
        () if any(&[b"{\\rtf"]) => RTF,
        () if any(&[b"\x09\0\x04\0", b"\x09\x02\x06\0", b"\x09\x04\x06\0", b"\x09\x08"]) && at(3, &[0]) => OLD_WORKBOOK,
        () => return None,
    })
}

/// What the beginning of a text file tells; `head` in lower case.
pub fn by_words(head: &str) -> Option<Foreign> {
    let first = head.lines().next().unwrap_or_default();
    let mail = ["return-path:", "received:", "from:", "delivered-to:", "x-", "message-id:", "date:", "subject:"];
    Some(match () {
        () if head.starts_with("[internetshortcut]") => SHORTCUT,
        () if head.starts_with("mime-version:") && head.contains("multipart/related") => WEB_ARCHIVE,
        () if first.contains(": ") && is_mail(head, &mail) => MAIL,
        () if head.starts_with("mime-version:") => MAIL,
        () if head.starts_with('{') && (head.contains("docs.google.com") || head.contains("\"doc_id\"")) => CLOUD_LINK,
        () if head.starts_with("{\"") || head.starts_with("{\n") || head.starts_with("{\r") => JSON,
        () if head.starts_with("[{") || head.starts_with("[\n") => JSON,
        () if head.starts_with("<?xml") && head.contains("<w:worddocument") => WORD,
        () if head.starts_with("<svg") || head.starts_with("<?xml") && head.contains("<svg") => IMAGE,
        () if head.starts_with("<?xml") && head.contains("opendocument.spreadsheet") => FLAT_WORKBOOK,
        () if head.starts_with("<?xml") => XML,
        () => return None,
    })
}

/// A mail begins with a header of several known lines.
fn is_mail(head: &str, known: &[&str]) -> bool {
    let header = head.lines().take_while(|line| !line.trim().is_empty());
    let named = header.filter(|line| known.iter().any(|name| line.starts_with(name)));
    known.iter().any(|name| head.starts_with(name)) && named.take(3).count() == 3
}
