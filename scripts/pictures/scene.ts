/** What a drawn camera shows: a hall with so many people at its tables, or one person at home. */
export interface Scene {
  readonly kind: 'hall' | 'person';
  readonly people: number;
  /** The same number draws the same people. */
  readonly seed: number;
  readonly banner: string;
}

/**
 * Runs in the page before its own scripts: the camera is a drawing, since Chromium's fake one shows a test pattern and
 * no picture of real people belongs into a repository. Reads its scene from nowhere but its argument.
 */
export function drawCamera(scene: Scene): void {
  let seed = scene.seed;
  const random = () => {
    seed = (seed * 1664525 + 1013904223) % 4294967296;
    return seed / 4294967296;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const shirts = ['#f4f6f8', '#e9eef4', '#b9cbe0', '#8fa9c6', '#dcd3c2', '#7d8a78', '#5d6f86', '#f1ead9'];
  const skins = ['#e3b58f', '#d9a67e', '#cf9a70', '#e8c09c'];
  const hairs = ['#1d1a19', '#26211f', '#332b27', '#8d8a87', '#b9b6b2'];
  const ownShirts = scene.kind === 'person' ? shirts.slice(2) : shirts;
  const people = Array.from({ length: scene.people }, () => ({
    shirt: pick(ownShirts),
    skin: pick(skins),
    hair: pick(hairs),
    long: random() < 0.4,
    glasses: random() < 0.3,
    phase: random() * 6,
  }));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = scene.kind === 'hall' ? [1280, 720] : [960, 540];
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  if (!context) return;
  const box = (colour: string, x: number, y: number, w: number, h: number, radius = 0) => {
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(x, y, w, h, radius);
    context.fill();
  };
  const oval = (colour: string, x: number, y: number, rx: number, ry: number) => {
    context.fillStyle = colour;
    context.beginPath();
    context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    context.fill();
  };
  const person = (who: (typeof people)[number], x: number, y: number, size: number, time: number) => {
    const sway = Math.sin(time / 900 + who.phase) * size * 0.03;
    const head = x + sway;
    if (who.long) oval(who.hair, head, y - size * 0.55, size * 0.42, size * 0.62);
    box(who.shirt, x - size * 0.85, y + size * 0.12, size * 1.7, size * 1.7, size * 0.5);
    box(who.skin, head - size * 0.16, y - size * 0.2, size * 0.32, size * 0.5, size * 0.1);
    context.fillStyle = 'rgba(40,50,60,0.18)';
    context.beginPath();
    context.moveTo(head - size * 0.22, y + size * 0.12);
    context.lineTo(head, y + size * 0.45);
    context.lineTo(head + size * 0.22, y + size * 0.12);
    context.fill();
    oval(who.hair, head, y - size * 0.66, size * 0.36, size * 0.4);
    oval(who.skin, head, y - size * 0.5, size * 0.32, size * 0.4);
    context.fillStyle = who.hair;
    context.beginPath();
    context.ellipse(head, y - size * 0.7, size * 0.34, size * 0.24, 0, Math.PI, 2 * Math.PI);
    context.fill();
    const eyes = y - size * 0.5;
    oval('#2b2320', head - size * 0.12, eyes, size * 0.035, size * 0.04);
    oval('#2b2320', head + size * 0.12, eyes, size * 0.035, size * 0.04);
    if (who.glasses) {
      context.strokeStyle = '#3a3a3a';
      context.lineWidth = size * 0.025;
      for (const side of [-1, 1]) {
        context.beginPath();
        context.ellipse(head + side * size * 0.13, eyes, size * 0.1, size * 0.08, 0, 0, 2 * Math.PI);
        context.stroke();
      }
    }
    context.strokeStyle = '#9c5f4b';
    context.lineWidth = size * 0.035;
    context.beginPath();
    context.arc(head, y - size * 0.36, size * 0.1, 0.3, Math.PI - 0.3);
    context.stroke();
  };
  const star = (x: number, y: number, radius: number) => {
    context.fillStyle = '#ffd94a';
    context.beginPath();
    for (let point = 0; point < 10; point += 1) {
      const angle = (point * Math.PI) / 5 - Math.PI / 2;
      const far = point % 2 === 0 ? radius : radius * 0.4;
      context.lineTo(x + far * Math.cos(angle), y + far * Math.sin(angle));
    }
    context.fill();
  };
  const hall = (time: number) => {
    box('#e9dfcb', 0, 0, width, height);
    box('#d8cbb2', 0, 470, width, 250);
    for (const x of [40, width - 230]) {
      box('#b9d7e6', x, 110, 190, 250, 6);
      box('#8f7a5c', x + 90, 110, 10, 250);
      box('#8f7a5c', x - 8, 104, 206, 10);
      box('#8f7a5c', x - 8, 356, 206, 12);
    }
    box('#a61e2a', 300, 60, 680, 100, 4);
    context.fillStyle = '#ffe27a';
    context.font = '700 44px "Be Vietnam Pro", sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(scene.banner, 640, 112);
    box('#c8202f', 590, 185, 100, 66);
    star(640, 218, 22);
    const back = Math.ceil(people.length / 2);
    const place = (index: number, count: number) => (width * (index + 1)) / (count + 1);
    people.slice(0, back).forEach((who, index) => {
      person(who, place(index, back), 390, 66, time);
    });
    box('#7a4a2c', 60, 478, width - 120, 16, 4);
    const front = people.slice(back);
    front.forEach((who, index) => {
      person(who, place(index, front.length), 530, 86, time);
    });
    box('#8a5632', 0, 640, width, 80);
    box('#9c6540', 0, 632, width, 14);
    front.forEach((_, index) => {
      box('#fbfaf6', place(index, front.length) - 40, 652, 80, 20, 3);
      box('#d7e6ee', place(index, front.length) + 56, 618, 16, 34, 4);
    });
  };
  const home = (time: number) => {
    box('#c9d4cf', 0, 0, width, height);
    box('#b88d62', 610, 60, 290, 300, 4);
    for (const [row, y] of [76, 174, 272].entries()) {
      for (let book = 0; book < 11; book += 1) {
        const colour =
          ['#9c3f3a', '#3f6a7d', '#d3b15f', '#5b7250', '#84546b'][(book * 3 + row) % 5] ?? '#555';
        box(colour, 624 + book * 24, y, 19, 76);
      }
    }
    box('#c4dbe4', 70, 70, 230, 220, 6);
    box('#f5f3ec', 180, 70, 10, 220);
    const [who] = people;
    if (who) person(who, width / 2, 300, 150, time);
  };
  const draw = (time: number) => (scene.kind === 'hall' ? hall(time) : home(time));
  draw(0);
  setInterval(() => draw(performance.now()), 150);
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (wanted) =>
    wanted?.video ? Promise.resolve(canvas.captureStream(8)) : real(wanted);
}
