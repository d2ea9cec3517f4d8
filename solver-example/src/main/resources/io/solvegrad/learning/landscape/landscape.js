'use strict';
// Draws one surface as a heat map and as a mesh; a slider chooses lambda. Needs the constant `data`:
// {low, high, surfaces: [{title, values: [row of w2 ascending][column of w1 ascending]}]}.
(function () {
  const surfaces = data.surfaces;
  const points = surfaces[0].values.length;
  const all = surfaces.flatMap(s => s.values.flat());
  const least = all.reduce((a, b) => Math.min(a, b));
  const range = (all.reduce((a, b) => Math.max(a, b)) - least) || 1;
  const stops = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
  const slider = document.getElementById('lambda');
  const title = document.getElementById('lambda-title');
  const readout = document.getElementById('readout');
  const heat = document.getElementById('heat');
  const mesh = document.getElementById('mesh');
  let turn = -0.7;
  let tilt = 0.65;
  let marked = null;

  const share = value => (value - least) / range;
  const coordinate = index => data.low + (data.high - data.low) * index / (points - 1);
  const shown = () => surfaces[+slider.value];

  function colour(part) {
    const place = Math.min(Math.max(part, 0), 1) * (stops.length - 1);
    const from = Math.min(stops.length - 2, Math.floor(place));
    const mix = stops[from].map((c, i) => Math.round(c + (place - from) * (stops[from + 1][i] - c)));
    return `rgb(${mix.join(',')})`;
  }

  function drawHeat() {
    const pen = heat.getContext('2d');
    const left = 56, top = 10, side = heat.width - left - 14;
    pen.clearRect(0, 0, heat.width, heat.height);
    shown().values.forEach((row, r) => row.forEach((value, c) => {
      const x = Math.floor(left + side * c / points);
      const y = Math.floor(top + side * (points - 1 - r) / points);
      pen.fillStyle = colour(share(value));
      pen.fillRect(x, y, Math.ceil(side / points) + 1, Math.ceil(side / points) + 1);
    }));
    pen.clearRect(left + side, 0, heat.width, heat.height);
    pen.clearRect(0, top + side, heat.width, heat.height);
    pen.strokeStyle = '#000';
    pen.strokeRect(left, top, side, side);
    pen.fillStyle = '#1a1a1a';
    pen.font = '18px sans-serif';
    for (let tick = 0; tick <= 2; tick++) {
      const text = String(+(data.low + (data.high - data.low) * tick / 2).toPrecision(4));
      pen.textAlign = 'center';
      pen.fillText(text, left + side * tick / 2, top + side + 22);
      pen.textAlign = 'right';
      pen.fillText(text, left - 8, top + side - side * tick / 2 + 6);
    }
    pen.textAlign = 'center';
    pen.fillText('w1', left + side / 4, top + side + 26);
    pen.fillText('w2', left - 28, top + side * 3 / 4);
    if (marked) {
      const x = left + side * (marked.c + 0.5) / points;
      const y = top + side * (points - 0.5 - marked.r) / points;
      pen.strokeStyle = '#fff';
      pen.lineWidth = 3;
      pen.strokeRect(x - 6, y - 6, 12, 12);
      pen.strokeStyle = '#000';
      pen.lineWidth = 1;
      pen.strokeRect(x - 8, y - 8, 16, 16);
    }
  }

  // A point of the unit cube on the screen, and how far it is from the eye.
  function project(x, y, z) {
    const a = x - 0.5, b = y - 0.5, h = z - 0.5;
    const right = a * Math.cos(turn) - b * Math.sin(turn);
    const away = a * Math.sin(turn) + b * Math.cos(turn);
    const scale = mesh.width * 0.62;
    return [
      mesh.width / 2 + scale * right,
      mesh.height / 2 + 10 - scale * (0.62 * h * Math.cos(tilt) + away * Math.sin(tilt)),
      away * Math.cos(tilt) - h * Math.sin(tilt)
    ];
  }

  function line(pen, from, to, text) {
    const a = project(...from), b = project(...to);
    pen.beginPath();
    pen.moveTo(a[0], a[1]);
    pen.lineTo(b[0], b[1]);
    pen.stroke();
    if (text) {
      const m = project(...from.map((v, i) => (v + to[i]) / 2 + (i < 2 ? 0.1 * (((from[i] + to[i]) / 2 > 0.5) ? 1 : ((from[i] + to[i]) / 2 < 0.5 ? -1 : 0)) : 0)));
      pen.fillText(text, m[0], m[1]);
    }
  }

  function drawMesh() {
    const pen = mesh.getContext('2d');
    pen.clearRect(0, 0, mesh.width, mesh.height);
    pen.lineWidth = 1;
    pen.strokeStyle = '#999';
    pen.fillStyle = '#1a1a1a';
    pen.font = '18px sans-serif';
    pen.textAlign = 'center';
    const base = [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]];
    line(pen, base[1], base[2], '');
    line(pen, base[2], base[3], '');
    const values = shown().values;
    const faces = [];
    const step = 1 / (points - 1);
    for (let r = 0; r + 1 < points; r++) {
      for (let c = 0; c + 1 < points; c++) {
        const heights = [values[r][c], values[r][c + 1], values[r + 1][c + 1], values[r + 1][c]].map(share);
        const corners = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1]]
            .map(([x, y], i) => project(x * step, y * step, heights[i]));
        const depth = corners.reduce((sum, p) => sum + p[2], 0);
        faces.push({corners, depth, colour: colour(heights.reduce((a, b) => a + b) / 4)});
      }
    }
    faces.sort((a, b) => b.depth - a.depth);
    for (const face of faces) {
      pen.beginPath();
      face.corners.forEach((p, i) => i ? pen.lineTo(p[0], p[1]) : pen.moveTo(p[0], p[1]));
      pen.closePath();
      pen.fillStyle = face.colour;
      pen.strokeStyle = face.colour;
      pen.fill();
      pen.stroke();
    }
    pen.strokeStyle = '#444';
    pen.fillStyle = '#1a1a1a';
    line(pen, base[0], base[1], 'w1');
    line(pen, base[0], base[3], 'w2');
    line(pen, base[0], [0, 0, 1], '');
    const head = project(0, 0, 1);
    pen.fillText(+slider.value ? 'f_λ' : 'f', head[0], head[1] - 8);
  }

  function tell() {
    if (!marked) {
      readout.textContent = 'Point at the map to read values; drag the surface to turn it.';
      return;
    }
    const at = surface => surface.values[marked.r][marked.c];
    readout.textContent = `w1 = ${coordinate(marked.c).toFixed(3)}, w2 = ${coordinate(marked.r).toFixed(3)}: `
        + `f = ${at(surfaces[0]).toPrecision(5)}`
        + (+slider.value ? `, ${shown().title}: ${at(shown()).toPrecision(5)}` : '');
  }

  function draw() {
    title.textContent = shown().title;
    drawHeat();
    drawMesh();
    tell();
  }

  heat.addEventListener('pointermove', event => {
    const box = heat.getBoundingClientRect();
    const left = 56, top = 10, side = heat.width - left - 14;
    const x = (event.clientX - box.left) * heat.width / box.width;
    const y = (event.clientY - box.top) * heat.height / box.height;
    const c = Math.floor((x - left) / side * points);
    const r = points - 1 - Math.floor((y - top) / side * points);
    marked = c >= 0 && r >= 0 && c < points && r < points ? {c, r} : null;
    drawHeat();
    tell();
  });
  mesh.addEventListener('pointermove', event => {
    if (event.buttons) {
      turn += event.movementX / 150;
      tilt = Math.min(1.5, Math.max(0.1, tilt + event.movementY / 200));
      drawMesh();
    }
  });
  slider.max = surfaces.length - 1;
  slider.addEventListener('input', draw);
  draw();
})();
