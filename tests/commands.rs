//! Console blocks of `tests/cmd/*.md`, run and compared; the commands that the README shows are among them.

#[test]
fn the_console_shows_what_the_pages_say() {
    trycmd::TestCases::new().case("tests/cmd/*.md").run();
}

#[test]
fn the_readme_shows_the_two_commands_that_the_pages_run() {
    let readme = include_str!("../README.md");
    let page = include_str!("cmd/merge.md");
    for command in ["merge samples/round-1", "merge samples/round-2"] {
        assert!(readme.contains(command) && page.contains(command), "{command}");
    }
}
