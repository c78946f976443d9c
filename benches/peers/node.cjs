// The hot paths by packages of npm, with what `hot-path` prints: `node.cjs lcov-parse FILE`. NODE_PATH says where they are.
const fs = require("fs");

const lines = (covered, count) => console.log(`${covered} of ${count} lines`);

const peers = {
  JSON(file) {
    const { covered, count } = JSON.parse(fs.readFileSync(file)).data[0].totals.lines;
    lines(covered, count);
  },
  "lcov-parse"(file) {
    require("lcov-parse")(file, (error, files) => {
      if (error) throw error;
      const sum = (key) => files.reduce((total, of) => total + of.lines[key], 0);
      lines(sum("hit"), sum("found"));
    });
  },
  "badge-maker"(file, out) {
    const { makeBadge } = require("badge-maker");
    const draw = (line) => {
      const [label, message, color] = line.split("\t");
      return makeBadge({ label, message, color });
    };
    const images = fs.readFileSync(file, "utf8").trimEnd().split("\n").map(draw);
    fs.writeFileSync(out, images.join("\n"));
    console.log(`${images.length} badges`);
  },
};

const [, , name, ...words] = process.argv;
peers[name](...words);
