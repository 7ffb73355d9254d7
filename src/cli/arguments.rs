//! The arguments, as clap reads them.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::{Accept, Lang};

/// Gộp báo cáo của các huyện thành một bảng tổng hợp (consolidates the workbooks that districts return)
#[derive(Debug, Parser)]
#[command(name = "tonghop", version, about, after_help = EXAMPLES)]
pub struct Arguments {
    /// Ngôn ngữ của kết quả (language of results)
    #[arg(long, global = true, value_enum, default_value_t = Language::Vi)]
    pub lang: Language,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "Ví dụ (examples):
  tonghop merge samples/round-1             gộp mọi tệp trong thư mục, kết quả ở samples/round-1-ket-qua
  tonghop merge quy-2 --previous quy-1-ket-qua/tong-hop.xlsx     so với kỳ trước
  tonghop check 178-lang-son.xlsx           kiểm tra một tệp trước khi gửi
  tonghop template --out bieu-mau           tạo biểu mẫu trống cho từng huyện
  tonghop explain id-shape                  giải thích một phép kiểm tra

Mã kết thúc (exit codes): 0 không có gì phải trả lại; 1 có tệp phải trả lại; 2 sai cách dùng hoặc sai biểu mẫu; 3 không đọc hoặc ghi được.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Gộp các tệp của huyện thành một bảng tổng hợp, kèm báo cáo trả lại từng huyện (merge a folder)
    Merge {
        /// What to judge and how.
        #[command(flatten)]
        judging: Judging,
        /// Thư mục kết quả; mặc định: <thư mục>-ket-qua (folder of results)
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Kiểm tra một tệp hoặc thư mục, không ghi gì (judge only)
    Check {
        /// What to judge and how.
        #[command(flatten)]
        judging: Judging,
    },
    /// Tạo biểu mẫu trống, mỗi huyện một tệp (blank workbooks, one a district)
    Template {
        /// Thư mục ghi biểu mẫu (folder to write to)
        #[arg(long)]
        out: PathBuf,
        /// Biểu mẫu: tên có sẵn hoặc thư mục (form: built-in name or folder)
        #[arg(long)]
        form: Option<String>,
        /// Ngày lấy danh mục có hiệu lực, dd/mm/yyyy; mặc định hôm nay (day the lists are valid on)
        #[arg(long, value_parser = date)]
        date: Option<NaiveDate>,
    },
    /// Kiểm tra định nghĩa biểu mẫu (judge a definition alone)
    Form {
        /// What to do with it.
        #[command(subcommand)]
        command: FormCommand,
    },
    /// Giải thích một phép kiểm tra (print the page of a check or kind)
    Explain {
        /// Mã phép kiểm tra hoặc loại (check id or kind)
        subject: String,
        /// Biểu mẫu: tên có sẵn hoặc thư mục (form: built-in name or folder)
        #[arg(long)]
        form: Option<String>,
    },
}

/// Commands on definitions.
#[derive(Debug, Subcommand)]
pub enum FormCommand {
    /// Nêu mọi lỗi của định nghĩa, có dòng và cột (show every mistake of a definition)
    Check {
        /// form.toml, thư mục của nó, hoặc tên có sẵn (form.toml, its folder, or a built-in name)
        path: Option<String>,
    },
}

/// What to judge and how.
#[derive(Debug, Args)]
pub struct Judging {
    /// Thư mục chứa các tệp của huyện, hoặc một tệp (folder of workbooks, or one)
    pub input: PathBuf,
    /// Biểu mẫu: tên có sẵn hoặc thư mục (form: built-in name or folder)
    #[arg(long)]
    pub form: Option<String>,
    /// Kỳ báo cáo cần gộp; mặc định: kỳ có nhiều tệp nhất (period asked for)
    #[arg(long)]
    pub period: Option<String>,
    /// Bảng tổng hợp kỳ trước, để nêu biến động: tệp tong-hop.xlsx (consolidated workbook of the last period)
    #[arg(long, value_name = "TONG-HOP.XLSX")]
    pub previous: Option<PathBuf>,
    /// Xử lý khi có lỗi (what an error costs)
    #[arg(long, value_enum)]
    pub accept: Option<Policy>,
    /// Ngày in trên biểu, dd/mm/yyyy; mặc định hôm nay (day printed on the sheets)
    #[arg(long, value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Không tự sửa giá trị nào; mỗi giá trị cần sửa thành một lỗi (repair nothing)
    #[arg(long)]
    pub no_repair: bool,
    /// In kết quả dạng JSON (machine-readable result on stdout)
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,
    /// Không in gì ngoài lỗi (print nothing but failures)
    #[arg(long, short)]
    pub quiet: bool,
}

/// Languages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Language {
    /// Tiếng Việt
    Vi,
    /// English
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Vi => Self::Vi,
            Language::En => Self::En,
        }
    }
}

/// What an error costs.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Policy {
    /// Giữ lại dòng có lỗi, nhận các dòng khác
    Rows,
    /// Giữ lại cả tệp nếu có lỗi
    Submissions,
    /// Nhận mọi dòng, chỉ liệt kê lỗi
    All,
}

impl From<Policy> for Accept {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::Rows => Self::Rows,
            Policy::Submissions => Self::Submissions,
            Policy::All => Self::All,
        }
    }
}

fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%d/%m/%Y").map_err(|_| "dd/mm/yyyy, ví dụ 30/06/2019".to_owned())
}
