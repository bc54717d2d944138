import { crc32, deflateSync } from 'node:zlib';
import { makeSample, type SampleName, sampleNames } from '../../simulator/media/make-media.ts';
import type { Random } from '../support/random.ts';

export interface TwistedFile {
  readonly what: string;
  readonly name: string;
  readonly bytes: Buffer;
}

const script = '<script>fetch("/api/v1/me")</script>';
const page = Buffer.from(`<!doctype html><html><body>${script}</body></html>`);
const svg = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`,
);

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.byteLength);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A valid picture of a gigapixel in a hundred kilobytes. */
const bomb = (side: number): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  // One bit a pixel, grey.
  head.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 9 });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Made on purpose: what wants to be shown as a page, and what wants to fill the memory. */
export const craftedFiles = (): TwistedFile[] => {
  const sample = (name: SampleName): Buffer => makeSample(name).bytes;
  const file = (what: string, name: string, ...parts: readonly Buffer[]): TwistedFile => ({
    ...{ what, name, bytes: Buffer.concat(parts) },
  });
  return [
    file('a page', 'foto.png', page),
    file('a page in capitals', 'nota.PDF', Buffer.from(page.toString().toUpperCase())),
    file('svg with script', 'desenho.svg', svg),
    file('svg with a declaration', 'desenho.png', Buffer.from('<?xml version="1.0"?>'), svg),
    file(
      'xhtml',
      'pagina.xhtml',
      Buffer.from('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'),
    ),
    file('a page after a picture', 'foto.png', sample('receipt'), page),
    file('a page after a photo', 'foto.html', sample('photo'), page),
    file('a page before a picture', 'foto.png', page, sample('receipt')),
    file('a page in a gif', 'a.gif', Buffer.from('GIF89a/*'), page, Buffer.from('*/')),
    file('a page before a PDF', 'nota.pdf', page, sample('pdf')),
    file('a page after a recording', 'voz.ogg', sample('voice'), page),
    file('a page in a film', 'filme.mp4', sample('video'), page),
    file('a script', 'foto.js', Buffer.from('alert(document.cookie)')),
    file('nothing', 'vazio.png'),
    file('one byte', 'um.png', Buffer.from([0x89])),
    file('zeros', 'zeros.mp4', Buffer.alloc(100_000)),
    file('a gigapixel', 'bomba.png', bomb(32_000)),
    file('a row without end', 'fita.png', bomb(1)),
    file('an odd name', '../../../etc/passwd', sample('receipt')),
    file('a name of marks', 'a"; filename="x.html\u202Egnp.png', sample('receipt')),
    file('a long name', `${'n'.repeat(250)}.png`, sample('receipt')),
  ];
};

const twists: Readonly<Record<string, (bytes: Buffer, random: Random) => Buffer>> = {
  truncated: (bytes, random) => bytes.subarray(0, random.between(1, bytes.byteLength - 1)),
  flipped: (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let n = random.between(1, 24); n > 0; n -= 1) {
      copy.writeUInt8(random.between(0, 255), random.between(0, copy.byteLength - 1));
    }
    return copy;
  },
  'flipped at its beginning': (bytes, random) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(random.between(0, 255), random.between(0, Math.min(64, copy.byteLength) - 1));
    return copy;
  },
  spliced: (bytes, random) => {
    const other = makeSample(random.pick(sampleNames)).bytes;
    const at = random.between(1, bytes.byteLength - 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(Math.min(at, other.byteLength))]);
  },
  'with a page inside': (bytes, random) => {
    const at = random.between(4, bytes.byteLength - 1);
    return Buffer.concat([bytes.subarray(0, at), page, bytes.subarray(at)]);
  },
};

/** A good file, broken somewhere. */
export const twistedFile = (random: Random): TwistedFile => {
  const sample = random.pick(sampleNames);
  const [what, twist] = random.pick(Object.entries(twists));
  const made = makeSample(sample, { seed: random.between(0, 100_000) });
  const ending = random.pick(['png', 'jpg', 'html', 'svg', 'mp4', 'ogg', 'pdf', 'exe']);
  return {
    what: `${sample}, ${what}`,
    name: `arquivo.${ending}`,
    bytes: twist(made.bytes, random),
  };
};
