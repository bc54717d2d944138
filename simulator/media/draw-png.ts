import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 480;
const HEIGHT = 360;

type Color = readonly [number, number, number];

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function encode(colorAt: (x: number, y: number) => Color): Buffer {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      rows.set(colorAt(x, y), y * (1 + WIDTH * 3) + 1 + x * 3);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const INK: Color = [70, 66, 60];
const PAPER: Color = [250, 248, 243];

/** A till receipt on a table whose colour hangs on the seed: every seed is another picture. */
export function drawReceipt(seed: number): Buffer {
  const table: Color = [120 + ((seed * 37) % 90), 96 + ((seed * 53) % 80), 84 + ((seed * 71) % 90)];
  const widthOf = (line: number) => 50 + ((line * 67 + seed * 29) % 90);
  return encode((x, y) => {
    const isPaper = x > 140 && x < 340 && y > 24 && y < 336;
    if (!isPaper) return x > 140 && x < 350 && y > 24 && y < 344 ? [60, 52, 46] : table;
    const line = Math.floor((y - 50) / 18);
    const isInkRow = (y - 50) % 18 < 6 && line >= 0 && line < 13;
    const isText = x > 160 && x < 160 + widthOf(line);
    const isPrice = x > 290 && x < 322 && line > 2;
    return isInkRow && (isText || isPrice) ? INK : PAPER;
  });
}
