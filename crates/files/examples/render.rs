//! Renders a form from a template and a JSON file, to look at and to measure:
//! `cargo run --release -p files --example render -- FORM.typ DATA.json OUT.pdf [TIMES]`

use std::{env, error::Error, fs, time::Instant};

use files::Template;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [form, data, out, rest @ ..] = &args[..] else {
        return Err("usage: render FORM.typ DATA.json OUT.pdf [TIMES]".into());
    };
    let times: usize = rest.first().map_or(Ok(1), |n| n.parse())?;
    let mut data: Value = serde_json::from_str(&fs::read_to_string(data)?)?;
    let template = Template::new("form.typ", &fs::read_to_string(form)?);
    let mut spent = Vec::new();
    for turn in 0..times {
        // Each citizen is another one, so that nothing is merely remembered.
        data["dossier"]["applicant"]["name"] = format!("Nguyễn Thị Hoàng {turn}").into();
        let begun = Instant::now();
        let pdf = template.render(&data, kernel::from_micros(1_795_400_100_000_000))?;
        spent.push(begun.elapsed());
        if turn == 0 {
            fs::write(out, pdf.bytes())?;
            println!(
                "{} pages, {} bytes, warnings {:?}",
                pdf.pages(),
                pdf.bytes().len(),
                pdf.warnings()
            );
        }
    }
    let first = spent.remove(0);
    spent.sort();
    println!(
        "first {first:?}, then median {:?}, slowest {:?}",
        spent.get(spent.len() / 2),
        spent.last()
    );
    Ok(())
}
