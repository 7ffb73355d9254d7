//! Names of parts in a package (ECMA-376, part 2), as reading and marking compare them.

/// A name as it is compared: without case, with `/`, without a leading one.
pub fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The part that holds the relations of a part; those of the package itself where the name is empty.
pub fn relations(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The target of a relation as a name in the package: absolute ones begin with `/`, others at the folder of the part
/// they lead from.
pub fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_their_folder_or_from_the_top() {
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl", "worksheets\\sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("", "../../a/./b"), "a/b");
        assert_eq!(relations("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!([relations("book.xml"), relations("")], ["_rels/book.xml.rels", "_rels/.rels"]);
        assert_eq!(normal("\\XL\\Tệp.xml"), "xl/tệp.xml");
    }
}
