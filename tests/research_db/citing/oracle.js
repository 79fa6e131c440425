// Writes oracle.json anew: what the reference processor (npm citeproc) makes of items.json in our own style files.
// npm install --no-save citeproc && node tests/research_db/citing/oracle.js <folder of citeproc-py's locales>
const fs = require("fs");
const path = require("path");
const CSL = require(require.resolve("citeproc", { paths: [process.cwd()] }));

const styles = path.join(__dirname, "../../../research_db/citing/styles");
const items = JSON.parse(fs.readFileSync(path.join(__dirname, "items.json"), "utf8"));
const locale = (name) => fs.readFileSync(path.join(process.argv[2], `locales-${name}.xml`), "utf8");

function cited(item, style) {
  const engine = new CSL.Engine({ retrieveLocale: locale, retrieveItem: () => item }, style, "en-GB", true);
  engine.setOutputFormat("text");
  engine.updateItems([item.id]);
  return engine.makeBibliography()[1][0].trim().replace(/^1\. /, "");
}

const expected = {};
for (const file of fs.readdirSync(styles).filter((name) => name.endsWith(".csl")).sort()) {
  const style = fs.readFileSync(path.join(styles, file), "utf8");
  expected[path.basename(file, ".csl")] = items.map((item) => cited(item, style));
}
fs.writeFileSync(path.join(__dirname, "oracle.json"), JSON.stringify(expected, null, 1) + "\n");
