// Labels of labella for the events on standard input, the CSV of peers.R; prints the same lines. labella is looked for where node
// looks, and in the folder that LABELLA names.
// usage: node peers.cjs WIDTH HEIGHT up|right < events.csv
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');
const from = process.env.LABELLA ? createRequire(path.join(process.env.LABELLA, 'x.js')) : require;
const labella = from('labella');
if (process.argv[2] === '--version') {
  console.log(from('labella/package.json').version);
  process.exit(0);
}
const [width, height, direction] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const rows = fs.readFileSync(0, 'utf8').trim().split('\n').slice(1).map((line) => {
  const [set, id, x, y, , w, h] = line.split(',');
  return { set, id, x: Number(x), y: Number(y), w: Number(w), h: Number(h) };
});

function draw(set, events) {
  const isUp = direction === 'up';
  const begin = process.hrtime.bigint();
  const gap = 3, layerGap = 18;
  const nodeHeight = isUp ? events[0].h : Math.max(...events.map((e) => e.w));
  const nodes = events.map((e) => new labella.Node(isUp ? e.x : height - e.y, isUp ? e.w : e.h, e));
  const force = new labella.Force({ minPos: 0, maxPos: isUp ? width : height, nodeSpacing: gap });
  force.nodes(nodes).compute();
  const renderer = new labella.Renderer({ layerGap, nodeHeight, direction });
  renderer.layout(force.nodes());
  const taken = Number(process.hrtime.bigint() - begin) / 1e9;
  for (const node of force.nodes()) {
    const e = node.data;
    // The renderer's plane: the axis at 0, away from it upwards (negative) or to the right.
    const at = isUp ? [node.x, e.y - node.y] : [node.x + e.w / 2, height - node.y];
    if (isUp) at[1] = e.y + Math.abs(node.y) - e.h / 2; // its far edge
    const way = renderer.getWaypoints(node).flat().flatMap(([x, y]) =>
      isUp ? [x, e.y + Math.abs(y)] : [x, height - y]);
    console.log(set, e.id, at[0], at[1], ...way);
  }
  console.log('time', set, taken);
}

for (const set of new Set(rows.map((r) => r.set))) draw(set, rows.filter((r) => r.set === set));
