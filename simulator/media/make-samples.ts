/**
 * Draws and records the samples of `sample-bytes.ts` in the browser that the tests use:
 * `npx tsx simulator/media/make-samples.ts`. The video is taken as it stands; its frames came from
 * the same canvas and were encoded once with h264-mp4-encoder 1.0.12 (MIT).
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { browserLaunchOptions, unpackBrowser } from '../../e2e/support/browser.ts';
import { writeOggOpus } from './ogg-opus.ts';
import { samples } from './sample-bytes.ts';
import { readWebmOpus } from './webm-opus.ts';

const DRAW = `
  const canvas = (width, height) => Object.assign(document.createElement('canvas'), { width, height });
  const base64 = (c, type, quality) => c.toDataURL(type, quality).split(',')[1];
  window.photo = () => {
    const c = canvas(640, 480), g = c.getContext('2d');
    const wall = g.createLinearGradient(0, 0, 0, 320);
    wall.addColorStop(0, '#e9dfd0'); wall.addColorStop(1, '#cfc0aa');
    g.fillStyle = wall; g.fillRect(0, 0, 640, 320);
    const table = g.createLinearGradient(0, 320, 0, 480);
    table.addColorStop(0, '#8a6443'); table.addColorStop(1, '#5f432b');
    g.fillStyle = table; g.fillRect(0, 320, 640, 160);
    g.fillStyle = 'rgba(0,0,0,.25)'; g.beginPath(); g.ellipse(330, 400, 220, 28, 0, 0, 7); g.fill();
    g.fillStyle = '#c79a63'; g.fillRect(150, 170, 340, 220);
    g.fillStyle = '#b78a55'; g.beginPath(); g.moveTo(150,170); g.lineTo(200,120); g.lineTo(540,120); g.lineTo(490,170); g.fill();
    g.fillStyle = '#a4784a'; g.beginPath(); g.moveTo(490,170); g.lineTo(540,120); g.lineTo(540,335); g.lineTo(490,390); g.fill();
    g.fillStyle = '#e7d9b8'; g.fillRect(295, 120, 50, 50); g.fillRect(295, 170, 50, 220);
    g.fillStyle = '#3f2c1b'; g.beginPath(); g.moveTo(150,330); g.lineTo(205,345); g.lineTo(220,390); g.lineTo(150,390); g.fill();
    g.fillStyle = '#fff'; g.fillRect(375, 205, 95, 62);
    g.fillStyle = '#444'; for (let i = 0; i < 16; i++) g.fillRect(383 + i * 5, 213, 1 + (i * 7) % 3, 26);
    g.fillRect(383, 246, 60, 4); g.fillRect(383, 254, 44, 4);
    return base64(c, 'image/jpeg', 0.72);
  };
  const face = (g, squint) => {
    g.clearRect(0, 0, 512, 512);
    g.fillStyle = '#2f7f83'; g.beginPath(); g.moveTo(60, 210); g.lineTo(256, 70); g.lineTo(452, 210); g.fill();
    g.fillStyle = '#f3e7cf'; g.beginPath(); g.roundRect(90, 200, 332, 240, 36); g.fill();
    g.fillStyle = '#27363b';
    for (const x of [190, 322]) { g.beginPath(); g.ellipse(x, 300, 22, squint ? 5 : 28, 0, 0, 7); g.fill(); }
    g.lineWidth = 14; g.lineCap = 'round'; g.strokeStyle = '#27363b';
    g.beginPath(); g.arc(256, 340, 56, 0.3, Math.PI - 0.3); g.stroke();
  };
  window.sticker = (squint) => { const c = canvas(512, 512); face(c.getContext('2d'), squint); return base64(c, 'image/webp', 0.6); };
  window.voice = async () => {
    const audio = new AudioContext({ sampleRate: 48000 });
    await audio.resume();
    const out = new MediaStreamAudioDestinationNode(audio, { channelCount: 1 });
    const cord = new OscillatorNode(audio, { type: 'sawtooth', frequency: 120 });
    const mouth = new GainNode(audio, { gain: 0 });
    const vowels = [[700, 1200], [500, 1900], [300, 2300], [450, 850], [350, 700]];
    const formants = [0, 1].map((at) => new BiquadFilterNode(audio, { type: 'bandpass', Q: 9, frequency: vowels[0][at] }));
    for (const formant of formants) cord.connect(formant).connect(mouth);
    mouth.connect(out);
    const start = audio.currentTime + 0.2;
    for (let i = 0; i < 16; i++) {
      const at = start + i * 0.22 + (i > 7 ? 0.25 : 0);
      const vowel = vowels[(i * 7 + (i >> 2)) % 5];
      formants.forEach((formant, one) => formant.frequency.setTargetAtTime(vowel[one], at, 0.03));
      cord.frequency.setTargetAtTime(112 + 22 * Math.sin(i * 1.3), at, 0.05);
      mouth.gain.setTargetAtTime(1.6, at, 0.02); mouth.gain.setTargetAtTime(0.05, at + 0.14, 0.03);
    }
    cord.start();
    const recorder = new MediaRecorder(out.stream, { mimeType: 'audio/webm;codecs=opus', audioBitsPerSecond: 14000 });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.start();
    await new Promise((resolve) => setTimeout(resolve, 4200));
    const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
    recorder.stop(); await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  };
`;

/** Chunks of a still WebP from its first picture chunk on. */
function pictureChunks(webp: Buffer): Buffer {
  let at = 12;
  while (['VP8X', 'ICCP'].includes(webp.toString('latin1', at, at + 4))) {
    at += 8 + webp.readUInt32LE(at + 4) + (webp.readUInt32LE(at + 4) % 2);
  }
  return webp.subarray(at);
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

const threeBytes = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255];

function animate(frames: readonly Buffer[], msEach: number): Buffer {
  const size = [...threeBytes(511), ...threeBytes(511)];
  const chunks = [
    chunk('VP8X', Buffer.from([0x12, 0, 0, 0, ...size])),
    chunk('ANIM', Buffer.from([0, 0, 0, 0, 0, 0])),
    ...frames.map((frame) => {
      const head = Buffer.from([0, 0, 0, 0, 0, 0, ...size, ...threeBytes(msEach), 2]);
      return chunk('ANMF', Buffer.concat([head, pictureChunks(frame)]));
    }),
  ];
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks]);
  return chunk('RIFF', body);
}

async function draw(page: Page): Promise<Record<string, string>> {
  const run = async (expression: string) =>
    Buffer.from(String(await page.evaluate(expression)), 'base64');
  const [open, shut] = [await run('sticker(false)'), await run('sticker(true)')];
  const voice = writeOggOpus(readWebmOpus(await run('voice()')));
  const made = {
    photo: await run('photo()'),
    sticker: open,
    animatedSticker: animate([open, shut, open], 420),
    voice,
  };
  const texts = Object.entries(made).map(([name, bytes]) => [name, bytes.toString('base64')]);
  return { ...(Object.fromEntries(texts) as Record<string, string>), video: samples.video };
}

async function main(): Promise<void> {
  unpackBrowser();
  const browser = await chromium.launch(browserLaunchOptions());
  const page = await browser.newPage();
  await page.addScriptTag({ content: DRAW });
  const made = await draw(page);
  await browser.close();
  const lines = Object.entries(made).map(([name, text]) => `  ${name}: '${text}',`);
  const file = fileURLToPath(new URL('./sample-bytes.ts', import.meta.url));
  const head =
    '/** Base64 of small media made by `make-samples.ts`; in the code so that a bundle has them. */';
  writeFileSync(file, `${head}\nexport const samples = {\n${lines.join('\n')}\n};\n`);
}

await main();
