// Cites what it is given as JSON with the reference processor; oracle.py asks it.
const fs = require("fs");
const CSL = require(require.resolve("citeproc", { paths: [process.cwd()] }));

function cited({ item, style, locale, locales }) {
  const retrieveLocale = (name) => fs.readFileSync(`${locales}/locales-${name}.xml`, "utf8");
  const engine = new CSL.Engine({ retrieveLocale, retrieveItem: () => item }, fs.readFileSync(style, "utf8"), locale, true);
  engine.setOutputFormat("text");
  engine.updateItems([item.id]);
  return engine.makeBibliography()[1][0].trim().replace(/^1\. /, "");
}

console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(cited)));
