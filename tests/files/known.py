# The known table as known.xlsx, from which LibreOffice makes the files of the other formats (see convert.sh).
# Run: pip install openpyxl==3.1.5 && python3 known.py <folder>
import datetime, sys
from openpyxl import Workbook
from openpyxl.styles import Font

book = Workbook()
sheet = book.active
sheet.title = "Ban CHQS"
day = datetime.datetime
rows = [
    ["Danh sách Ban CHQS xã"],
    ["TT", "Họ và tên", "CCCD", "Ngày sinh", "Hệ số", "Đảng viên", "Ghi chú"],
    [1, "Hoàng Văn Thụ", "020085000123", day(1985, 3, 7), 2.34, True, "Ban CHQS xã\n(mới) <A&B>"],
    ["=A3+1", "Nông Thị Mẩy", "001190004567", day(1990, 12, 31), 1234567.125, False, None],
    [],
    [3, "Lý Ứng Quỳnh", None, day(2019, 6, 30), -0.07, None, "=1/0"],
]
for number, row in enumerate(rows, 1):
    for column, value in enumerate(row, 1):
        cell = sheet.cell(number, column, value)
        if isinstance(value, datetime.datetime):
            cell.number_format = "dd/mm/yyyy"
sheet.merge_cells("A1:G1")
sheet["B7"] = "Hoµng V¨n Thô"
sheet["B7"].font = Font(name=".VnTime")
sheet.row_dimensions[4].hidden = True
sheet.column_dimensions["E"].hidden = True
book.create_sheet("Danh mục").sheet_state = "hidden"
book["Danh mục"]["B2"] = "ẩn"
book.save(sys.argv[1] + "/known.xlsx")
