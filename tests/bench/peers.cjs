// Labels of labella for the events on standard input, the CSV of peers.R; prints the same lines. labella is looked for
// where node looks, or in the folder that LABELLA names.
// usage: node peers.cjs WIDTH HEIGHT up|right < events.csv
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');
const from = process.env.LABELLA ? createRequire(path.resolve(process.env.LABELLA, 'x.js')) : require;
const labella = from('labella');
if (process.argv[2] === '--version') {
  process.stdout.write(from('labella/package.json').version);
  process.exit(0);
}
const [width, height, direction] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const isUp = direction === 'up';
const layerGap = 18; // not the 60 it has by itself: more layers fit the canvas
const rows = fs.readFileSync(0, 'utf8').trim().split('\n').slice(1).map((line) => {
  const [set, id, x, y, radius, w, h] = line.split(',');
  return { set, id, x: Number(x), y: Number(y), radius: Number(radius), w: Number(w), h: Number(h) };
});

// Labels are all on one side of the axis: a line across goes to the foot of the canvas, so that they have all of it.
function lines(events) {
  const axis = isUp ? events[0].radius : events[0].x;
  const begin = process.hrtime.bigint();
  const nodeHeight = Math.max(...events.map((e) => isUp ? e.h : e.w));
  const nodes = events.map((e) => new labella.Node(isUp ? e.x : height - e.y, isUp ? e.w : e.h, e));
  // Positions are rounded to whole px: without a px to spare, labels at the walls would be half a px off the canvas.
  const force = new labella.Force({ minPos: 1, maxPos: (isUp ? width : height) - 1 });
  force.nodes(nodes).compute();
  const renderer = new labella.Renderer({ layerGap, nodeHeight, direction });
  renderer.layout(force.nodes());
  const taken = Number(process.hrtime.bigint() - begin) / 1e9;
  // The renderer's plane has the axis at 0, and goes away from it upwards (negative y) or to the right.
  const at = (x, y) => isUp ? [x, axis - y] : [axis + x, height - y];
  const said = force.nodes().map((node) => {
    const e = node.data;
    const centre = isUp ? at(node.x, node.y + nodeHeight - e.h / 2) : at(node.x + e.w / 2, node.y);
    // The last way point is the far side of the label, where no leader goes. Curves are taken for straight lines.
    const way = renderer.getWaypoints(node).flat().slice(0, -1).flatMap(([x, y]) => at(x, y));
    return [e.set, e.id, ...centre, ...way].join(' ');
  });
  return [...said, `time ${events[0].set} ${taken}`];
}

lines(rows.slice(0, 2)); // the first run of a process pays for compilation
for (const set of new Set(rows.map((r) => r.set))) console.log(lines(rows.filter((r) => r.set === set)).join('\n'));
