import sharp from 'sharp';
import { seededRandom } from '#platform/shared/testing/seeded-random.ts';

const first = ['Ana', 'Bruno', 'Carla', 'Davi', 'Elisa', 'Fábio', 'Gina', 'Hugo', 'Iara', 'João'];
const last = ['Souza', 'Lima', 'Rocha', 'Prado', 'Moraes', 'Farias', 'Teles', 'Nunes', 'Braga'];
const words =
  'entrega pedido amanhã valor prazo caixa mesa nota loja hoje cliente frete troca boleto conta sala dia rua água azul'.split(
    ' ',
  );

type Random = () => number;
const pick = <T>(random: Random, list: readonly [T, ...T[]] | readonly T[]): T => {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) {
    throw new Error('nothing to pick from');
  }
  return one;
};
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
const person = (random: Random): string => `${pick(random, first)} ${pick(random, last)}`;
const money = (random: Random): string => `R$ ${digits(random, 3)},${digits(random, 2)}`;
const sentence = (random: Random, count: number): string =>
  Array.from({ length: count }, () => pick(random, words)).join(' ');

const write = (x: number, y: number, size: number, colour: string, text: string): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" font-family="sans-serif">${text}</text>`;

const page = (colour: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="540" height="960"><rect width="540" height="960" fill="${colour}"/>${body}</svg>`;

/** One layout, as of one bank: names, sums and numbers are others each time. */
const receipt = (random: Random): string => {
  const lines = [
    ['Valor', money(random)],
    [
      'Data',
      `${digits(random, 2)}/${digits(random, 2)}/2026 ${digits(random, 2)}:${digits(random, 2)}`,
    ],
    ['Para', person(random)],
    ['CPF', `***.${digits(random, 3)}.${digits(random, 3)}-**`],
    ['Instituição', pick(random, ['Banco Um', 'Banco Dois', 'Caixa Três', 'Conta Quatro'])],
    ['De', person(random)],
    ['Chave', digits(random, 11)],
    ['ID', `E${digits(random, 20)}`],
  ];
  const rows = lines.map(
    ([name, value], n) =>
      write(40, 300 + n * 74, 20, '#777', name ?? '') +
      write(40, 328 + n * 74, 24, '#111', value ?? '') +
      `<rect x="40" y="344" width="460" height="1" fill="#ddd"/>`,
  );
  return page(
    '#fff',
    `<rect width="540" height="150" fill="#0b6e4f"/><circle cx="270" cy="205" r="38" fill="#18a558"/>` +
      write(40, 90, 34, '#fff', 'Comprovante') +
      rows.join(''),
  );
};

/** A conversation as a phone shows it. */
const screen = (random: Random, isDark: boolean): string => {
  let y = 120;
  let body = `<rect width="540" height="90" fill="${isDark ? '#1f2c33' : '#075e54'}"/>${write(80, 56, 28, '#fff', person(random))}`;
  for (let n = 0; n < 11; n += 1) {
    const isOurs = n % 2 === 1;
    const width = 240 + Math.floor(random() * 140);
    const x = isOurs ? 520 - width : 20;
    const colour = isDark ? (isOurs ? '#005c4b' : '#202c33') : isOurs ? '#dcf8c6' : '#fff';
    body += `<rect x="${x}" y="${y}" width="${width}" height="62" rx="10" fill="${colour}"/>`;
    body += write(
      x + 12,
      y + 38,
      21,
      isDark ? '#e9edef' : '#111',
      sentence(random, 4).slice(0, Math.floor(width / 13)),
    );
    y += 76;
  }
  return page(isDark ? '#0b141a' : '#ece5dd', body);
};

/** A page of running text. */
const letter = (random: Random): string =>
  page(
    '#fdfdfb',
    write(60, 90, 26, '#111', sentence(random, 3)) +
      Array.from({ length: 30 }, (_, n) =>
        write(60, 140 + n * 26, 17, '#222', sentence(random, 7)),
      ).join(''),
  );

/** Flat colours, one drawn face, large words above and below. */
const meme = (random: Random): string => {
  const says = (y: number) =>
    `<text x="270" y="${y}" text-anchor="middle" font-size="46" font-weight="bold" font-family="sans-serif" fill="#fff" stroke="#000" stroke-width="2">${sentence(random, 3).toUpperCase()}</text>`;
  return page(
    '#f2b134',
    `<circle cx="270" cy="480" r="190" fill="#ffe0a3"/><circle cx="205" cy="430" r="26" fill="#222"/><circle cx="335" cy="430" r="26" fill="#222"/><path d="M180 560 Q270 640 360 560" stroke="#222" stroke-width="14" fill="none"/>` +
      says(110) +
      says(880),
  );
};

const layouts = [
  receipt,
  (random: Random) => screen(random, false),
  (random: Random) => screen(random, true),
  letter,
  meme,
];

/**
 * What looks alike and says other things: payment receipts of one layout, screens of conversations, pages of text, flat
 * memes. The same seed, the same picture.
 */
export const drawPaper = (seed: number): Promise<Buffer> => {
  const random = seededRandom(seed);
  const svg = pick(random, layouts)(random);
  // Only this test draws SVG: the product refuses to read it.
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] });
  return sharp(Buffer.from(svg)).flatten().jpeg({ quality: 85 }).toBuffer();
};
