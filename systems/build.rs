//! Puts the procedures of a system into the program, whatever files there are: the build script of
//! each system that ships some.

use std::{env, fmt::Write as _, fs, path::Path};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets the folder of the crate");
    let folder = Path::new(&root).join("procedures");
    println!("cargo:rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(&folder).expect("the folder of procedures");
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut out = String::from("&[\n");
    for path in paths {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "    include_str!({:?}),", path.display().to_string());
    }
    out.push(']');
    let target = env::var("OUT_DIR").expect("cargo sets the folder of what is built");
    fs::write(Path::new(&target).join("procedures.rs"), out).expect("the list can be written");
}
