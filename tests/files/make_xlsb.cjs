// Makes short-records.xlsb and inline-texts.xlsb: one known table, with shared and with inline texts.
// The npm package `xlsx` writes a cell that follows another one as a short record (0x0C-0x12), which [MS-XLSB] leaves out.
// Run: npm install xlsx@0.18.5 && node make_xlsb.cjs <folder>
const XLSX = require("xlsx"), fs = require("fs"), path = require("path");
const rows = [
  ["TT", "Họ và tên", "CCCD", "Ngày sinh", "Hệ số", "Đảng viên", "Ghi chú"],
  [1, "Hoàng Văn Thụ", "020085000123", { t: "n", v: 31113, z: "dd/mm/yyyy" }, 2.34, true, "Ban CHQS xã\n(mới)"],
  [2, "Nông Thị Mẩy", "001190004567", { t: "n", v: 33238, z: "dd/mm/yyyy" }, 1234567.125, false, 7],
  [],
  [3, "Lý Ứng Quỳnh", null, { t: "n", v: 43646, z: "dd/mm/yyyy" }, -0.07, { t: "e", v: 0x17 }, "x"],
];
for (const bookSST of [true, false]) {
  const book = XLSX.utils.book_new();
  const sheet = XLSX.utils.aoa_to_sheet(rows, { sheetStubs: true });
  sheet["!cols"] = [{}, {}, { hidden: true }];
  XLSX.utils.book_append_sheet(book, sheet, "Ban CHQS");
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([["ẩn"]]), "Danh mục");
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 1 }] };
  const bytes = XLSX.write(book, { bookType: "xlsb", type: "buffer", bookSST, compression: true });
  fs.writeFileSync(path.join(process.argv[2], bookSST ? "short-records.xlsb" : "inline-texts.xlsb"), bytes);
}
