// Compresses what vite built and writes the table that the gateway embeds, one line a file:
//   CONSOLE_FILE(place, "assets/index-abc.js", "text/javascript; charset=utf-8", "etag", hashed)
// with the bytes of each in constants of the same place. usage: pack.mjs DIST FILES.inc
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [dist, output] = process.argv.slice(2);
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } };

function embed(name, file) {
  return `inline constexpr unsigned char ${name}[] = {\n#embed "${file}"\n};\n`;
}

function pack(file, place) {
  const path = relative(dist, file).split(sep).join("/");
  const type = types[extname(file)];
  if (!type) throw new Error(`${path} is of a kind that the gateway does not serve; add it to scripts/pack.mjs`);
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, brotli));
  const etag = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const hashed = path.startsWith("assets/");
  const constants_ = ["plain", "gzip", "brotli"].map((kind, i) => embed(`console_${kind}_${place}`, relative(dirname(output), file) + ["", ".gz", ".br"][i]));
  return { constants: constants_.join(""), row: `CONSOLE_FILE(${place}, "${path}", "${type}", "${etag}", ${hashed})\n` };
}

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && ![".gz", ".br"].includes(extname(entry.name)))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
const packed = files.map(pack);
writeFileSync(
  output,
  `${packed.map((file) => file.constants).join("")}#define CONSOLE_FILES \\\n${packed.map((file) => `    ${file.row.trim()} \\\n`).join("")}\n`,
);
