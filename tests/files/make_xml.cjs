// Makes sheetjs-2003.xml from known.xlsx by the npm package `xlsx`.
// Run: npm install xlsx@0.18.5 && node make_xml.cjs <known.xlsx> <folder>
const XLSX = require("xlsx"), fs = require("fs"), path = require("path");
const book = XLSX.readFile(process.argv[2], { cellStyles: true, cellNF: true, cellFormula: true });
fs.writeFileSync(path.join(process.argv[3], "sheetjs-2003.xml"), XLSX.write(book, { bookType: "xlml", type: "buffer" }));
